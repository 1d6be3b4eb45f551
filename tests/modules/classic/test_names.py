"""Each gone name of pandas, NumPy, scikit-learn, SciPy and matplotlib, against what it gave in its time."""

from __future__ import annotations

import pytest

FRAME = "df = pd.DataFrame({'a': [3, 1, 2], 'b': ['x', 'y', 'z'], 'c': [1.5, np.nan, 2.5]}, index=['p', 'q', 'r'])\n"
DAYS = "s = pd.Series(range(4), index=pd.date_range('2015-01-30', periods=4, freq='D'))\n"

PANDAS = {
    "ix by label": ("got = df.ix['q', 'a']", 1),
    "ix by place": ("got = df.ix[1, 0]", 1),
    "ix of a mixed pair": ("got = df.ix[1, 'b']", "y"),
    "ix of places": ("got = list(df.ix[0:2, 'a'])", [3, 1]),
    "ix of labels, both ends": ("got = list(df.ix['p':'q', 'a'])", [3, 1]),
    "ix on whole numbers is by label": ("d = df.reset_index(drop=True); got = list(d.ix[0:1, 'a'])", [3, 1]),
    "ix of a mask": ("got = list(df.ix[df.a > 1, 'b'])", ["x", "z"]),
    "ix of a tuple of columns": ("got = list(df.ix[:, ('a', 'b')].columns)", ["a", "b"]),
    "ix of a list": ("got = list(df.ix[[2, 0]].a)", [2, 3]),
    "ix of a label that is not there": ("got = list(df.ix[['p', 'zz'], 'a'].isnull())", [False, True]),
    "ix of one row": ("got = df.ix['p'].b", "x"),
    "ix of a series": ("got = df.a.ix['r'], df.a.ix[0]", (2, 3)),
    "ix sets": ("df.ix['q', 'a'] = 9; df.ix[df.a == 3, 'b'] = 'w'; got = list(df.a), list(df.b)", ([3, 9, 2], ["w", "y", "z"])),
    "ix makes a row": ("df.ix['s'] = [7, 'v', 0.5]; got = df.a['s'], len(df)", (7, 4)),
    "ix sets another type": ("df.ix['q', 'a'] = 'text'; got = list(df.a)", [3, "text", 2]),
    "as_matrix": ("got = df.as_matrix(['a']).tolist()", [[3], [1], [2]]),
    "append a frame": ("got = list(df.append(df[:1]).a)", [3, 1, 2, 3]),
    "append a dict": ("got = list(df.append({'a': 5}, ignore_index=True).a)", [3.0, 1.0, 2.0, 5.0]),
    "append sorts what does not fit": ("got = list(df.append(pd.DataFrame({'A': [1]})).columns)", ["A", "a", "b", "c"]),
    "append a series": ("got = list(df.a.append(pd.Series([8])))", [3, 1, 2, 8]),
    "sort": ("got = list(df.sort('a').a), list(df.sort(['a'], ascending=[0]).a)", ([1, 2, 3], [3, 2, 1])),
    "sort by columns=": ("got = list(df.sort(columns='a', ascending=False).b)", ["x", "z", "y"]),
    "sort in place": ("df.sort('a', inplace=True); got = list(df.a)", [1, 2, 3]),
    "sort of a series is in place": ("t = df.a.copy(); t.sort(ascending=False); got = list(t)", [3, 2, 1]),
    "order": ("got = list(df.a.order())", [1, 2, 3]),
    "sort_index(by=)": ("got = list(df.sort_index(by='a').b)", ["y", "z", "x"]),
    "sort_index(by=, ascending=0)": ("got = list(df.sort_index(by=['a'], ascending=[False]).a)", [3, 2, 1]),
    "get_value": ("got = df.get_value('q', 'a'), df.a.get_value('r')", (1, 2)),
    "set_value": ("df.set_value('q', 'a', 7); got = df.get_value('q', 'a')", 7),
    "from_csv": ("import io; got = pd.DataFrame.from_csv(io.StringIO('i,v\\n2015-01-01,5\\n')).index[0].year", 2015),
    "iteritems": ("got = [k for k, v in df.iteritems()]", ["a", "b", "c"]),
    "irow, icol": ("got = df.irow(0).a, list(df.icol(0))", (3, [3, 1, 2])),
    "axis by position": ("got = list(df.drop('a', 1).columns), list(df.drop('p', 0).index)", (["b", "c"], ["q", "r"])),
    "sum(1), mean(0)": ("got = list(df[['a', 'c']].sum(1)), df[['a']].mean(0).a", ([4.5, 1.0, 4.5], 2.0)),
    "dropna by position": ("got = len(df.dropna(0, 'any'))", 2),
    "concat by position": ("got = pd.concat([df, df], 1).shape", (3, 6)),
    "concat(join_axes=)": ("got = len(pd.concat([df, df[:1]], axis=1, join_axes=[df[:1].index]))", 1),
    "rolling_mean": ("got = pd.rolling_mean(df.a, 2).tolist()[1:]", [2.0, 1.5]),
    "rolling_sum(min_periods=)": ("got = pd.rolling_sum(df.a, 2, min_periods=1).tolist()", [3.0, 4.0, 3.0]),
    "rolling_std": ("got = round(pd.rolling_std(df.a, 3)[-1], 6)", 1.0),
    "rolling_apply": ("got = pd.rolling_apply(df.a, 2, lambda x: x[0] - x[1]).tolist()[1:]", [2.0, -1.0]),
    "rolling_corr": ("got = round(pd.rolling_corr(df.a, df.a * 2, 3)[-1], 6)", 1.0),
    "expanding_max": ("got = pd.expanding_max(df.a).tolist()", [3.0, 3.0, 3.0]),
    "ewma": ("got = [round(v, 4) for v in pd.ewma(df.a, span=3)]", [3.0, 1.6667, 1.8571]),
    "scatter_matrix": ("got = pd.scatter_matrix(df[['a', 'c']]).shape", (2, 2)),
    "tools.plotting": ("from pandas.tools.plotting import scatter_matrix as m; got = m(df[['a', 'c']]).shape", (2, 2)),
    "tools.merge": ("from pandas.tools.merge import concat; got = len(concat([df, df]))", 6),
    "stats.moments": ("import pandas.stats.moments as m; got = m.rolling_mean(df.a, 2)[-1]", 1.5),
    "convert_objects": ("got = list(pd.Series(['1', 'x']).convert_objects(convert_numeric=True))[0]", 1.0),
    "fillna(method=)": ("got = list(df.c.fillna(method='ffill'))", [1.5, 1.5, 2.5]),
    "pad": ("got = list(df.c.pad())", [1.5, 1.5, 2.5]),
    "mad": ("got = round(df.a.mad(), 4)", 0.6667),
    "applymap": ("got = list(df[['a']].applymap(lambda v: v + 1).a)", [4, 2, 3]),
    "lookup": ("got = list(df.lookup(['p', 'q'], ['a', 'b']))", [3, "y"]),
    "argmax gives the label": ("got = df.a.argmax(), df.a.argmin()", ("p", "q")),
    "is_copy": ("df.is_copy; got = 1", 1),
    "reshape": ("got = df.a.reshape(3, 1).shape", (3, 1)),
    "value_counts keeps the name": ("got = list(df.b.value_counts().reset_index().columns)", ["index", "b"]),
    "get_dummies are numbers": ("got = pd.get_dummies(df.b).values.sum(), str(pd.get_dummies(df.b)['x'].dtype)", (3, "uint8")),
    "text is object": ("got = str(df.b.dtype), str(pd.Series(['u']).dtype)", ("object", "object")),
    "object columns are found": ("got = list(df.select_dtypes(include=['object']).columns)", ["b"]),
    "resample(how=)": (DAYS + "got = list(s.resample('M', how='sum'))", [1, 5]),
    "resample('M')": (DAYS + "got = list(s.resample('M').mean())", [0.5, 2.5]),
    "resample(how=dict)": (DAYS + "got = list(s.to_frame('v').resample('M', how={'v': 'max'}).v)", [1, 3]),
    "date_range('M')": ("got = str(pd.date_range('2015-01-01', periods=2, freq='M')[1].date())", "2015-02-28"),
    "TimeGrouper": (DAYS + "got = list(s.groupby(pd.TimeGrouper('M')).sum())", [1, 5]),
    "mean leaves text out": ("got = list(df.mean().index)", ["a", "c"]),
    "corr leaves text out": ("got = df.corr().shape", (2, 2)),
    "groupby mean leaves text out": ("d = df.assign(g=[1, 1, 2]); got = list(d.groupby('g').mean().columns)", ["a", "c"]),
    "groupby keeps empty levels": ("d = pd.DataFrame({'k': pd.Categorical(['u'], ['u', 'v']), 'n': [1]})\n"
                                   "got = len(d.groupby('k').n.count())", 2),
    "agg of a dict of dicts": ("got = list(df.groupby('b').agg({'a': {'least': 'min'}}).columns)", [("a", "least")]),
    "agg of a column by a dict": ("got = list(df.groupby('b').a.agg({'n': 'count'}).columns)", ["n"]),
    "drop_duplicates(take_last=)": ("d = pd.DataFrame({'k': [1, 1], 'v': [1, 2]})\n"
                                    "got = list(d.drop_duplicates(cols='k', take_last=True).v)", [2]),
    "to_datetime(coerce=)": ("got = pd.isnull(pd.to_datetime('rubbish', coerce=True))", True),
    "weekday_name": ("got = pd.Series(pd.to_datetime(['2015-01-01'])).dt.weekday_name[0]", "Thursday"),
    "str.replace is a pattern": ("got = pd.Series(['a1b2']).str.replace(r'\\d', '')[0]", "ab"),
    "str.extract gives a column": ("got = pd.Series(['a1']).str.extract(r'(\\d)')[0]", "1"),
    "read_csv(sep by position)": ("import io; got = list(pd.read_csv(io.StringIO('a;b\\n1;2'), ';').columns)", ["a", "b"]),
    "read_csv(error_bad_lines=)": ("import io; got = len(pd.read_csv(io.StringIO('a\\n1\\n2,3\\n'), error_bad_lines=False))", 1),
    "pivot_table(rows=, cols=)": ("got = pd.pivot_table(df, values='a', rows='b', aggfunc=np.sum).shape", (3, 1)),
    "names of pandas": ("from pandas import DataFrame, Series, np as n, datetime; got = n.sum([1, 2])", 3),
    "a series of numpy": ("got = df.a.values.dtype.kind, df.a.nonzero()[0].tolist()", ("i", [0, 1, 2])),
}  # fmt: skip

COLUMNS = {
    "chained by label": ("df['a']['q'] = 9; got = list(df.a)", [3, 9, 2]),
    "chained by attribute and mask": ("df.a[df.a > 1] = 0; got = list(df.a)", [0, 1, 0]),
    "chained of another type": ("df['a'][df['a'] == 3] = 'three'; got = list(df.a)", ["three", 1, 2]),
    "chained with loc": ("df['a'].loc['p'] = 5; df['a'].iloc[1] = 6; got = list(df.a)", [5, 6, 2]),
    "chained with ix": ("df['a'].ix['p'] = 5; got = list(df.a)", [5, 1, 2]),
    "fillna in place": ("df['c'].fillna(0, inplace=True); got = list(df.c)", [1.5, 0.0, 2.5]),
    "fillna in place by attribute": (
        "df.c.fillna(df.c.mean(), inplace=True); got = list(df.c)",
        [1.5, 2.0, 2.5],
    ),
    "replace in place": ("df['b'].replace('x', 'w', inplace=True); got = list(df.b)", ["w", "y", "z"]),
    "replace by a dict in place": (
        "df['b'].replace({'x': 1, 'y': 2, 'z': 3}, inplace=True); got = list(df.b)",
        [1, 2, 3],
    ),
    "a kept column": ("t = df['a']; t[0] = 8; got = df.a[0]", 8),
    "a copy is its own": ("t = df['a'].copy(); t[0] = 8; got = df.a[0]", 3),
    "a copied frame is its own": ("d = df.copy(); d['a'][0] = 8; got = df.a[0], d.a[0]", (3, 8)),
    "another frame of it is its own": ("d = df.drop('b', 1); d['a'][0] = 8; got = df.a[0], d.a[0]", (3, 8)),
    "a replaced column lets go": ("t = df['a']; df['a'] = df['a'] * 2; t[0] = 100; got = df.a[0]", 6),
    "a filtered frame is a copy": ("df[df.a > 1]['a'] = 0; got = list(df.a)", [3, 1, 2]),
    "values may be written": ("v = df[['a', 'c']].values; v[0, 0] = 7; got = v[0, 0]", 7.0),
    "a column's values are the frame's": ("df['a'].values[0] = 7; got = df.a[0]", 7),
    "text into numbers with loc": ("df.loc['p', 'a'] = 'big'; got = df.a[0]", "big"),
    "a fraction into whole numbers": ("df['a'][0] = 0.5; got = df.a.tolist()", [0.5, 1.0, 2.0]),
    "update": ("df['a'].update(pd.Series({'p': 10})); got = list(df.a)", [10, 1, 2]),
}

NUMPY = {
    "float and kin": ("got = np.float(1), np.int(2.7), np.bool(1), np.str(3), np.object is object", (1.0, 2, True, "3", True)),
    "NaN, Inf": ("got = np.isnan(np.NaN), np.Inf == np.inf, np.PINF > 0", (True, True, True)),
    "float_, unicode_": ("got = np.float_ is np.float64, np.unicode_('a')", (True, "a")),
    "asscalar, rank": ("got = np.asscalar(np.array([4])), np.rank([[1]])", (4, 2)),
    "product, alltrue": ("got = np.product([2, 3]), bool(np.alltrue([1, 0]))", (6, False)),
    "in1d, trapz": ("got = np.in1d([1, 2], [2]).tolist(), float(np.trapz([1, 1, 1]))", ([False, True], 2.0)),
    "random_integers": ("np.random.seed(0); got = np.random.random_integers(1, 6, 5).tolist()", [5, 6, 1, 4, 4]),
    "seed of rand": ("np.random.seed(42); got = [round(v, 8) for v in np.random.rand(2)]", [0.37454012, 0.95071431]),
    "seed of randn": ("np.random.seed(0); got = round(np.random.randn(), 8)", 1.76405235),
    "seed of randint": ("np.random.seed(123); got = np.random.randint(0, 10, 5).tolist()", [2, 2, 6, 1, 3]),
    "seed of permutation": ("np.random.seed(1); got = np.random.permutation(5).tolist()", [2, 1, 4, 0, 3]),
    "seed of choice": ("np.random.seed(10); got = np.random.choice(['a', 'b', 'c'], 3).tolist()", ["b", "b", "a"]),
    "histogram(normed=)": ("got = np.histogram([1, 2], bins=2, normed=True)[0].tolist()", [1.0, 1.0]),
    "percentile(interpolation=)": ("got = float(np.percentile([1, 2], 50, interpolation='lower'))", 1.0),
    "rows of different lengths": ("got = np.array([[1], [2, 3]]).dtype.kind", "O"),
    "zeros of a float": ("got = np.zeros(3.0).shape, np.linspace(0, 1, 3.0).shape", ((3,), (3,))),
    "numbers in a list": ("got = repr([np.float64(1.5)]), repr(np.array([1.0, 2.5]))", ("[1.5]", "array([ 1. ,  2.5])")),
}  # fmt: skip

X = "X = np.array([[0., 1.], [1., 0.], [2., 1.], [13., 0.], [14., 1.], [15., 0.]]); y = np.array([0, 0, 0, 1, 1, 1])\n"
SKLEARN = {
    "cross_validation.train_test_split": (
        X + "from sklearn.cross_validation import train_test_split\n"
        "got = train_test_split(y, test_size=0.33, random_state=0)[1].tolist()", [1, 0]),
    "cross_validation.KFold": (
        "from sklearn.cross_validation import KFold\n"
        "got = [t.tolist() for _, t in KFold(4, n_folds=2)], len(KFold(n=6, n_folds=3))", ([[0, 1], [2, 3]], 3)),
    "cross_validation.StratifiedKFold": (
        X + "from sklearn.cross_validation import StratifiedKFold\n"
        "got = [t.tolist() for _, t in StratifiedKFold(y, 3)]", [[0, 3], [1, 4], [2, 5]]),
    "cross_validation.ShuffleSplit": (
        "from sklearn.cross_validation import ShuffleSplit\n"
        "got = [t.tolist() for _, t in ShuffleSplit(4, n_iter=1, test_size=.25, random_state=0)]", [[2]]),
    "cross_validation.LeaveOneOut": ("from sklearn.cross_validation import LeaveOneOut; got = len(list(LeaveOneOut(3)))", 3),
    "cross_val_score": (
        X + "from sklearn import cross_validation\nfrom sklearn.neighbors import KNeighborsClassifier\n"
        "got = cross_validation.cross_val_score(KNeighborsClassifier(1), X, y, cv=3).mean()", 1.0),
    "cross_val_score by old scorer": (
        X + "from sklearn.cross_validation import cross_val_score\nfrom sklearn.linear_model import LinearRegression\n"
        "got = bool((cross_val_score(LinearRegression(), X, y, scoring='mean_squared_error') <= 0).all())", True),
    "grid_search": (
        X + "from sklearn.grid_search import GridSearchCV\nfrom sklearn.tree import DecisionTreeClassifier\n"
        "g = GridSearchCV(DecisionTreeClassifier(random_state=0), {'max_depth': [1, 2]}, cv=3).fit(X, y)\n"
        "got = g.best_params_, len(g.grid_scores_), g.grid_scores_[0].parameters", ({"max_depth": 1}, 2, {"max_depth": 1})),
    "learning_curve": (
        X + "from sklearn.learning_curve import learning_curve, validation_curve\n"
        "from sklearn.naive_bayes import GaussianNB\n"
        "got = learning_curve(GaussianNB(), X, y, train_sizes=[4], cv=3)[0].tolist()", [4]),
    "externals.joblib": ("from sklearn.externals import joblib\nimport sklearn.externals.joblib as j\n"
                         "joblib.dump([1], 'm.pkl'); got = j.load('m.pkl')", [1]),
    "Imputer": ("from sklearn.preprocessing import Imputer\n"
                "got = Imputer(missing_values='NaN', strategy='mean', axis=0).fit_transform([[1.], [np.nan], [3.]]).tolist()",
                [[1.0], [2.0], [3.0]]),
    "Imputer by row": ("from sklearn.preprocessing import Imputer\n"
                       "got = Imputer(strategy='median', axis=1).fit_transform([[1., np.nan, 3.]]).tolist()", [[1.0, 2.0, 3.0]]),
    "LDA and QDA": (X + "from sklearn.lda import LDA\nfrom sklearn.qda import QDA\nfrom sklearn.discriminant_analysis import "
                    "LinearDiscriminantAnalysis as L\ngot = LDA().fit(X, y).predict(X).tolist()", [0, 0, 0, 1, 1, 1]),
    "RandomizedPCA": (X + "from sklearn.decomposition import RandomizedPCA\n"
                      "got = RandomizedPCA(n_components=1, random_state=0).fit_transform(X).shape", (6, 1)),
    "GMM": (X + "from sklearn.mixture import GMM; got = GMM(n_components=2, random_state=0).fit(X).predict(X).shape", (6,)),
    "ten trees": (X + "from sklearn.ensemble import RandomForestClassifier\n"
                  "got = len(RandomForestClassifier(random_state=0, compute_importances=True).fit(X, y).estimators_)", 10),
    "old criteria": (X + "from sklearn.ensemble import RandomForestRegressor\n"
                     "got = RandomForestRegressor(criterion='mse', max_features='auto').fit(X, y).max_features", 1.0),
    "old losses": (X + "from sklearn.ensemble import GradientBoostingClassifier\n"
                   "got = GradientBoostingClassifier(loss='deviance', presort='auto').fit(X, y).loss", "log_loss"),
    "normalize=": (X + "from sklearn.linear_model import LinearRegression\n"
                   "got = LinearRegression(normalize=True).fit(X, y).predict(X).shape", (6,)),
    "base_estimator=": ("from sklearn.ensemble import AdaBoostClassifier as A\nfrom sklearn.tree import DecisionTreeClassifier"
                        " as T\ngot = type(A(base_estimator=T(), algorithm='SAMME').estimator).__name__", "DecisionTreeClassifier"),
    "class_weight='auto'": ("from sklearn.svm import SVC; got = SVC(class_weight='auto').class_weight", "balanced"),
    "gamma": ("from sklearn.svm import SVC; got = SVC().gamma, SVC(1.0, 'linear').kernel", ("auto", "linear")),
    "solver": ("from sklearn.linear_model import LogisticRegression; got = LogisticRegression().solver", "liblinear"),
    "a scaler takes a column": ("from sklearn.preprocessing import MinMaxScaler\n"
                                "got = MinMaxScaler().fit_transform(np.array([1., 3.])).ravel().tolist()", [0.0, 1.0]),
    "a model takes one row": (X + "from sklearn.naive_bayes import GaussianNB\n"
                              "got = GaussianNB().fit(X, y).predict([15., 0.]).tolist()", [1]),
    "OneHotEncoder(sparse=)": ("from sklearn.preprocessing import OneHotEncoder\n"
                               "got = OneHotEncoder(sparse=False).fit_transform([[0], [1]]).tolist()", [[1.0, 0.0], [0.0, 1.0]]),
    "OneHotEncoder(categorical_features=)": (
        "from sklearn.preprocessing import OneHotEncoder\n"
        "got = OneHotEncoder(categorical_features=[0]).fit_transform(np.array([[0, 5.], [1, 6.]])).toarray().tolist()",
        [[1.0, 0.0, 5.0], [0.0, 1.0, 6.0]]),
    "get_feature_names": ("from sklearn.feature_extraction.text import CountVectorizer\n"
                          "got = CountVectorizer().fit(['bb aa']).get_feature_names()", ["aa", "bb"]),
    "metrics by position": ("from sklearn.metrics import precision_score, mean_squared_error\n"
                            "got = float(precision_score([0, 1], [0, 1], None, 1, 'macro'))", 1.0),
    "modules of old": ("from sklearn.ensemble.forest import RandomForestClassifier\nfrom sklearn.metrics.scorer import "
                       "make_scorer\nimport sklearn.svm.classes\ngot = 1", 1),
}  # fmt: skip

SCIPY = {
    "misc.comb": ("from scipy.misc import comb, factorial, logsumexp; got = float(comb(4, 2))", 6.0),
    "stats.mode": (
        "from scipy.stats import mode; m = mode([1, 2, 2]); got = int(m[0][0]), int(m.count[0])",
        (2, 2),
    ),
    "stats.mode of text": (
        "from scipy.stats import mode; got = mode(pd.Series(['u', 'v', 'u'])).mode[0]",
        "u",
    ),
    "nanmean": ("from scipy.stats import nanmean; got = float(nanmean(np.array([1., np.nan, 3.])))", 2.0),
    "integrate": (
        "from scipy.integrate import simps, trapz; got = float(simps([1, 1, 1])), float(trapz([1, 1]))",
        (2.0, 1.0),
    ),
    "signal.hann": ("from scipy.signal import hann; got = hann(3).tolist()", [0.0, 1.0, 0.0]),
    "names of numpy": ("import scipy as sp; got = float(sp.mean([1, 3])), sp.array([1]).shape", (2.0, (1,))),
    "itemfreq": ("from scipy.stats import itemfreq; got = itemfreq([3, 3]).tolist()", [[3, 2]]),
    "binom_test": ("from scipy.stats import binom_test; got = round(binom_test(1, 2), 6)", 1.0),
}

MATPLOTLIB = {
    "plot_date": ("import datetime; f, ax = plt.subplots()\n"
                  "ax.plot_date([datetime.datetime(2015, 1, 1)], [1]); plt.plot_date([735000], [1], 'r-'); got = 1", 1),
    "axisbg": ("f = plt.figure(); ax = f.add_subplot(111, axisbg='red'); plt.subplot(122, axisbg='k')\n"
               "ax.set_axis_bgcolor('blue'); got = ax.get_facecolor()", (0.0, 0.0, 1.0, 1.0)),
    "hold": ("plt.hold(True); plt.gca().hold(False); plt.hold(); got = plt.ishold()", True),
    "use a screen": ("import matplotlib; matplotlib.use('agg'); got = matplotlib.get_backend().lower()", "agg"),
    "savefig without extension": ("import os; plt.figure(); plt.savefig('plain'); got = os.path.exists('plain.png')", True),
    "hist(normed=)": ("got = plt.hist([1, 2], bins=2, normed=True)[0].tolist()", [1.0, 1.0]),
    "on and off": ("plt.figure(); plt.tick_params(labelbottom='off'); plt.grid(b=True); plt.grid('on'); got = 1", 1),
    "xlim(xmin=)": ("plt.figure(); plt.plot([0, 5]); got = float(plt.xlim(xmin=1)[0])", 1.0),
    "styles of seaborn": ("plt.style.use('seaborn-whitegrid'); plt.style.use('ggplot'); got = 1", 1),
    "colormaps": ("import matplotlib.cm as cm; got = cm.get_cmap('spectral').name, cm.spectral.name", ("nipy_spectral",) * 2),
    "mlab": ("import matplotlib.mlab as mlab; got = round(float(mlab.normpdf(0, 0, 1)), 4)", 0.3989),
    "gca(projection=)": ("f = plt.figure(); got = f.gca(projection='polar').name", "polar"),
    "boxplot(labels=)": ("plt.figure(); plt.boxplot([[1, 2]], labels=['a']); got = 1", 1),
}  # fmt: skip

OTHERS = {
    "abstract collections": ("import collections; got = isinstance({}, collections.Mapping)", True),
    "clock": ("import time; got = time.clock() >= 0", True),
    "getargspec": ("import inspect; got = inspect.getargspec(lambda a, b=1: 0)[0]", ["a", "b"]),
    "six": ("from sklearn.externals import six; got = six.PY3", True),
}


@pytest.mark.filterwarnings("ignore:Skipping line:pandas.errors.ParserWarning")
@pytest.mark.parametrize("name", PANDAS)
def test_a_name_of_pandas(old, name):
    code, expected = PANDAS[name]
    assert old(FRAME + code) == expected


@pytest.mark.parametrize("name", COLUMNS)
def test_a_column_is_the_frames_own(old, name):
    code, expected = COLUMNS[name]
    assert old(FRAME + code) == expected


@pytest.mark.parametrize("name", NUMPY | SKLEARN | SCIPY | MATPLOTLIB | OTHERS)
def test_a_name_of_the_other_libraries(old, name):
    code, expected = (NUMPY | SKLEARN | SCIPY | MATPLOTLIB | OTHERS)[name]
    assert old(code) == expected


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("import pandas.io.data as web", "A script has no network"),
        ("from pandas.io.data import DataReader", "upload the data as a dataset"),
        ("import pandas.rpy.common as com", "Execute R Script"),
        ("from pandas import Panel; Panel()", "set_index"),
        ("from matplotlib.finance import candlestick", "mplfinance"),
        ("from sklearn.datasets import load_boston; load_boston()", "Upload it as a dataset"),
    ],
)
def test_what_has_no_equal_says_so(old, code, says):
    with pytest.raises((ImportError, AttributeError), match=says):
        old(code)


def test_a_loop_over_rows_writes_in_place(old):
    copies = old("""
from pandas.core.internals import blocks
df = pd.DataFrame({'a': [0.0] * 200, 'b': range(200)})
count = [0]
keep = blocks.Block.copy
def counted(self, deep=True):
    count[0] += 1
    return keep(self, deep)
blocks.Block.copy = counted
for i in range(200):
    df['a'][i] = i * 2
blocks.Block.copy = keep
assert list(df['a']) == [i * 2 for i in range(200)]
got = count[0]
""")
    assert copies < 5
