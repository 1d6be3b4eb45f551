"""Rarer names of the libraries of 2014–2018, against what they gave: see `test_names`."""

from __future__ import annotations

import pytest

from modules.classic.python2 import rewrite

FRAME = "df = pd.DataFrame({'a': [3, 1, 2], 'b': ['x', 'y', 'x'], 'c': [1.5, np.nan, 2.5]})\n"
X = "X = np.array([[0., 1.], [1., 0.], [2., 1.], [13., 0.], [14., 1.], [15., 0.]]); y = np.array([0, 0, 0, 1, 1, 1])\n"

PANDAS = {
    "value_counts": ("got = pd.value_counts(df.b).to_dict()", {"x": 2, "y": 1}),
    "groupby": ("got = pd.groupby(df, 'b').a.sum().to_dict()", {"x": 5, "y": 1}),
    "TimeSeries": ("got = isinstance(df.a, pd.TimeSeries), pd.TimeSeries([1]).sum()", (True, 1)),
    "tools without an import": ("got = pd.tools.plotting.scatter_matrix(df[['a', 'c']]).shape", (2, 2)),
    "stats without an import": ("got = pd.stats.moments.rolling_mean(df.a, 2).tolist()[1:]", [2.0, 1.5]),
    "tseries.tools": ("import pandas.tseries.tools as t; got = t.to_datetime('2015-02-01').month", 2),
    "set_printoptions": ("pd.set_printoptions(precision=3); got = pd.get_option('display.precision'); pd.reset_printoptions()", 3),
    "save and load": ("pd.save(df.a, 'kept'); got = pd.load('kept').tolist()", [3, 1, 2]),
    "to_sparse, to_dense": ("got = df.a.to_sparse().to_dense().tolist()", [3, 1, 2]),
    "from_array": ("got = pd.Series.from_array([1, 2], index=['p', 'q'])['q']", 2),
    "compat": ("from pandas.compat import StringIO, lmap, range, u, iteritems\n"
               "got = pd.read_csv(StringIO('k\\n4')).k[0], lmap(str, range(2)), u('é'), list(iteritems({1: 2}))",
               (4, ["0", "1"], "é", [(1, 2)])),
    "core.common": ("from pandas.core.common import isnull, SettingWithCopyWarning; got = list(isnull(df.c))", [False, True, False]),
    "io.sql": ("import sqlite3, pandas.io.sql as sql; c = sqlite3.connect(':memory:'); sql.write_frame(df, 't', c)\n"
               "got = sql.read_frame('select sum(a) s from t', c).s[0]", 6),
    "io.json": ("from pandas.io.json import json_normalize; got = list(json_normalize([{'p': {'q': 1}}]).columns)", ["p.q"]),
    "types": ("from pandas.types.common import is_numeric_dtype; got = is_numeric_dtype(df.a)", True),
    "parser": ("from pandas.parser import CParserError\n"
               "try:\n  pd.read_csv(__import__('io').StringIO('p\\n1\\n2,3'))\n  got = 0\nexcept CParserError:\n  got = 1", 1),
    "tools.util": ("from pandas.tools.util import cartesian_product as c; got = [list(p) for p in c([[1, 2], [3]])]", [[1, 2], [3, 3]]),
    "an index of dates": ("got = pd.Index(['2015-01-02']).to_datetime().day[0], df.index.is_monotonic, df.index.is_all_dates",
                          (2, True, False)),
    "levels": ("m = pd.MultiIndex.from_product([['p'], [1, 2]]); got = [list(v) for v in m.labels], m.is_lexsorted()",
               ([[0, 0], [0, 1]], True)),
    "sym_diff": ("got = sorted(pd.Index([1, 2]).sym_diff(pd.Index([2, 3])))", [1, 3]),
    "durations in days": ("d = pd.Series(pd.to_datetime(['2015-01-01', '2015-01-03 12:00', None]))\n"
                          "got = list((d - d[0]).astype('timedelta64[D]'))[:2], list(d[:2].astype('datetime64[D]').dt.hour)",
                          ([0.0, 2.0], [0, 0])),
    "mad of groups": ("got = df.groupby('b').a.mad().to_dict()", {"x": 0.5, "y": 0.0}),
    "ols": ("m = pd.ols(y=pd.Series([1., 2., 4.]), x=pd.Series([0., 1., 2.]))\n"
            "got = m.beta.round(3).to_dict(), round(m.r2, 4), 'R-squared' in m.summary", ({"x": 1.5, "intercept": 0.833}, 0.9643, True)),
    "stats.api": ("from pandas.stats.api import ols; got = round(ols(y=df.a, x=df.c, intercept=False).std_err['x'], 4)", 0.5294),
    "labels that are not there": ("got = df.loc[[0, 9], 'a'].isnull().tolist(), df.loc[:, ['a', 'z']].shape", ([False, True], (3, 2))),
    "rename_axis of labels": ("got = list(df.rename_axis({'a': 'p'}, axis=1)), list(df.rename_axis(str.upper, axis='columns'))",
                              (["p", "b", "c"], ["A", "B", "C"])),
    "level=": ("got = df.set_index('b').sum(level=0).a.to_dict()", {"x": 5, "y": 1}),
    "options that are gone": ("pd.options.display.mpl_style = 'default'; pd.set_option('display.line_width', 5000); got = 1", 1),
    "DatetimeIndex(start=)": ("got = len(pd.DatetimeIndex(start='2015-01-01', periods=3, freq='D')), len(pd.DatetimeIndex(['2015-01-01']))", (3, 1)),
    "labels of categories": ("got = list(pd.Categorical(df.b).labels)", [0, 1, 0]),
    "a flavor of SQL": ("import sqlite3; c = sqlite3.connect(':memory:'); df.to_sql('t', c, flavor='sqlite'); got = len(pd.read_sql('select * from t', c))", 3),
    "the mode U": ("open('u.txt', 'w').write('p\\r\\nq'); got = open('u.txt', 'rU').readlines()", ["p\n", "q"]),
    "fillna of groups": ("got = df.groupby('b').c.fillna(0).tolist()", [1.5, 0.0, 2.5]),
}  # fmt: skip
NUMPY = {
    "irr, npv, pmt": ("got = round(np.irr([-100, 39, 59, 55, 20]), 5), round(np.npv(0.281, [-100, 39, 59, 55, 20]), 4),"
                      " round(np.pmt(0.075 / 12, 12 * 15, 200000), 4)", (0.28095, -0.0085, -1854.0247)),
    "fv, pv, nper, rate": ("got = round(np.fv(0.05 / 12, 120, -100, -100), 4), round(np.pv(0.05 / 12, 120, -100, 15692.93), 2),"
                           " round(np.nper(0.07 / 12, -150, 8000), 4), round(np.rate(10, 0, -3500, 10000), 6)",
                           (15692.9289, -100.0, 64.0733, 0.110691)),
    "ipmt, ppmt, mirr": ("got = round(np.ipmt(0.0824 / 12, 1, 12, 2500), 4), round(np.ppmt(0.0824 / 12, 1, 12, 2500), 4),"
                         " round(np.mirr([-4500, -800, 800, 800, 600, 600, 800, 800, 700, 3000], 0.08, 0.055), 4)",
                         (-17.1667, -200.5819, 0.0666)),
    "cast, nbytes": ("got = np.cast['int32']([1.7]).tolist(), np.nbytes[np.float64]", ([1], 8)),
    "inner modules": ("from numpy.core.umath_tests import inner1d; from numpy.linalg.linalg import LinAlgError\n"
                      "got = inner1d(np.eye(2), np.eye(2)).tolist()", [1.0, 1.0]),
}  # fmt: skip
SKLEARN = {
    "std_": (X + "from sklearn.preprocessing import StandardScaler; got = StandardScaler().fit(X).std_.shape", (2,)),
    "sigma_": (X + "from sklearn.naive_bayes import GaussianNB; got = GaussianNB().fit(X, y).sigma_.shape", (2, 2)),
    "min_samples_split of 1": (X + "from sklearn.tree import DecisionTreeClassifier as T; t = T(min_samples_split=1).fit(X, y); got = t.n_features_", 2),
    "jaccard_similarity_score": ("from sklearn.metrics import jaccard_similarity_score as j; got = j([0, 2, 1, 3], [0, 1, 2, 3])", 0.5),
    "auc_score, zero_one_score": ("from sklearn.metrics import auc_score, zero_one_score\n"
                                  "got = auc_score([0, 1], [.1, .9]), zero_one_score([0, 1], [0, 0])", (1.0, 0.5)),
    "Ward": (X + "from sklearn.cluster import Ward; got = len(set(Ward(n_clusters=2).fit(X).labels_[:3]))", 1),
    "GraphLasso": (X + "from sklearn.covariance import GraphLasso; got = GraphLasso(0.5).fit(X).covariance_.shape", (2, 2)),
    "ProbabilisticPCA, NMF": (X + "from sklearn.decomposition import ProbabilisticPCA, ProjectedGradientNMF\n"
                              "got = ProbabilisticPCA(1).fit_transform(X).shape", (6, 1)),
    "GaussianProcess": ("from sklearn.gaussian_process import GaussianProcess\nX = np.array([[1.], [3.], [5.], [6.], [7.], [8.]])\n"
                        "y = (X * np.sin(X)).ravel(); gp = GaussianProcess(theta0=1e-1, thetaL=1e-3, thetaU=1.).fit(X, y)\n"
                        "p, m = gp.predict(X, eval_MSE=True); got = bool(abs(p - y).max() < 1e-2), m.shape, bool((m >= 0).all())",
                        (True, (6,), True)),
    "RandomizedLasso": ("from sklearn.linear_model import RandomizedLasso\nr = np.random.RandomState(0); X = r.randn(80, 4)\n"
                        "m = RandomizedLasso(alpha=0.1, random_state=0, n_resampling=30).fit(X, 3 * X[:, 1] + .1 * r.randn(80))\n"
                        "got = m.get_support().tolist(), float(m.scores_[1]), m.transform(X).shape",
                        ([False, True, False, False], 1.0, (80, 1))),
    "RandomizedLogisticRegression": (
        "from sklearn.linear_model import RandomizedLogisticRegression as R\nr = np.random.RandomState(0); X = r.randn(80, 3)\n"
        "m = R(C=.3, random_state=0, n_resampling=30).fit(X, X[:, 2] > 0); got = int(np.argmax(m.scores_))", 2),
    "partial dependence": (
        X + "from sklearn.ensemble import GradientBoostingRegressor\n"
        "from sklearn.ensemble.partial_dependence import partial_dependence, plot_partial_dependence\n"
        "g = GradientBoostingRegressor(random_state=0).fit(X, y)\n"
        "v, axes = partial_dependence(g, [0], X=X, grid_resolution=4)\n"
        "at, none = partial_dependence(g, [0], grid=[0., 15.])\nfig, drawn = plot_partial_dependence(g, X, [0, 1])\n"
        "got = v.shape, len(axes), bool(at[0, 1] > at[0, 0]), none, len(drawn)", ((1, 4), 1, True, None, 2)),
    "LSHForest": (X + "from sklearn.neighbors import LSHForest; got = LSHForest().fit(X).kneighbors(X[:1], 2)[1].shape", (1, 2)),
    "utils": (X + "from sklearn.utils import check_arrays, array2d; from sklearn.utils.extmath import logsumexp\n"
              "from sklearn.utils.testing import assert_equal; assert_equal(1, 1)\n"
              "got = len(check_arrays(X, y)), array2d([1, 2]).shape", (2, (1, 2))),
    "modules of old": ("from sklearn.feature_extraction.stop_words import ENGLISH_STOP_WORDS; from sklearn.pls import PLSRegression\n"
                       "from sklearn.neural_network.multilayer_perceptron import MLPClassifier; from sklearn.manifold.t_sne import TSNE\n"
                       "from sklearn.tree.export import export_graphviz; got = 'the' in ENGLISH_STOP_WORDS", True),
}  # fmt: skip
SCIPY = {
    "fft is called": ("from scipy import fft, ifft; got = fft([1, 0]).tolist(), ifft([1, 1]).real.tolist()", ([1, 1], [1, 0])),
    "spline": ("from scipy.interpolate import spline; got = [round(float(v), 6) for v in spline([0, 1, 2, 3], [0, 1, 4, 9], [1.5])]", [2.25]),
    "interp2d": ("from scipy.interpolate import interp2d; f = interp2d([0, 1], [0, 1, 2], [[0, 1], [2, 3], [4, 5]])\n"
                 "got = f(0.5, 1).tolist(), f([0, 1], [0, 2]).tolist()", ([2.5], [[0.0, 1.0], [4.0, 5.0]])),
    "derivative": ("from scipy.misc import derivative; got = round(derivative(lambda x: x ** 3, 1.0, dx=1e-3), 4)", 3.0),
    "romberg, quadrature": ("from scipy.integrate import romberg, quadrature\n"
                            "got = round(romberg(lambda x: x, 0, 2), 6), round(quadrature(np.sin, 0, np.pi)[0], 6)", (2.0, 2.0)),
    "ricker, cwt": ("from scipy.signal import ricker, cwt; got = cwt(np.ones(20), ricker, [1, 2]).shape, len(ricker(9, 1))", ((2, 20), 9)),
    "threshold, matching": ("from scipy.stats import threshold; from scipy.spatial.distance import matching\n"
                            "got = threshold([1, 5, 9], 2, 8, 0).tolist(), float(matching([1, 0], [1, 1]))", ([0, 5, 0], 0.5)),
    "modules of old": ("from scipy.sparse.linalg.eigen.arpack import eigsh; from scipy.maxentropy import logsumexp\n"
                       "from scipy.stats.stats import nanmean; from scipy.constants import C2K\ngot = float(C2K(0))", 273.15),
}  # fmt: skip
MATPLOTLIB = {
    "draggable": ("l = plt.plot([1], label='a') and plt.legend(); l.draggable(); got = l.get_draggable(); plt.close()", True),
    "w_xaxis, frameon": ("a = plt.figure().gca(projection='3d'); a.w_xaxis.set_ticklabels([]); plt.savefig('p.png', frameon=False)\n"
                         "got = a.name; plt.close()", "3d"),
    "griddata": ("from matplotlib.mlab import griddata\n"
                 "got = float(griddata([0, 0, 1, 1], [0, 1, 0, 1], [0, 1, 1, 2], np.array([.5]), np.array([.5]), interp='linear')[0, 0])", 1.0),
    "PCA": ("from matplotlib.mlab import PCA; p = PCA(np.array([[1., 2.], [2., 4.1], [3., 5.9], [4., 8.]]))\n"
            "got = p.Y.shape, bool(p.fracs[0] > 0.99)", ((4, 2), True)),
    "prctile, movavg": ("from matplotlib.mlab import prctile, movavg; got = float(prctile([1, 2, 3], 50)), movavg([1, 3], 2).tolist()",
                        (2.0, [2.0])),
    "strpdate2num": ("from matplotlib.dates import strpdate2num; d = strpdate2num('%Y-%m-%d'); got = d('2015-01-02') - d('2015-01-01')", 1.0),
    "cbook, nxutils": ("from matplotlib.cbook import is_string_like, iterable; from matplotlib.nxutils import points_inside_poly as p\n"
                       "got = is_string_like('a'), iterable(1), p([[.5, .5], [2, 2]], [[0, 0], [1, 0], [1, 1], [0, 1]]).tolist()",
                       (True, False, [True, False])),
    "axes_grid": ("from mpl_toolkits.axes_grid import make_axes_locatable; plt.spectral(); got = plt.gci()", None),
}  # fmt: skip
TABLES = (PANDAS, NUMPY, SKLEARN, SCIPY, MATPLOTLIB)
CASES = [pytest.param(*case, id=name) for table in TABLES for name, case in table.items()]


@pytest.mark.parametrize(("code", "expected"), CASES)
def test_a_rarer_name_does_what_it_did(old, code, expected):
    assert old(FRAME + code) == expected


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("df.to_panel()", "two levels"),
        ("pd.read_gbq('select 1')", "upload the data"),
        (
            "from sklearn.datasets import fetch_mldata; fetch_mldata('MNIST original')",
            "upload the data as a dataset",
        ),
        ("import scipy.weave", "numba"),
        ("from scipy.optimize import anneal; anneal(None, 0)", "dual_annealing"),
        ("pd.nowhere", "no attribute 'nowhere'"),
    ],
)
def test_what_has_no_equal_says_so(old, code, says):
    with pytest.raises((ImportError, AttributeError), match=says):
        old(FRAME + code)


@pytest.mark.parametrize(
    "source",
    [
        "from itertools import izip\nx = 7 / 2\n",
        "import sys\nbiggest = sys.maxint\n",
        "import string\nall = string.letters\n",
        "import urllib\nquery = urllib.urlencode({'a': 1})\n",
        "import types\nis_text = types.StringType\n",
    ],
)
def test_a_script_that_python_3_could_read_is_known_by_its_names(source):
    assert rewrite(source).python2


@pytest.mark.parametrize(
    "source", ["import string\nx = string.ascii_letters\n", "def izip(): pass\nizip()\n"]
)
def test_a_script_of_today_is_left_alone(source):
    assert not rewrite(source).python2
