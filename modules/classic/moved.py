"""Modules that have another name today, found under the old one; and those that are gone, with a sentence."""

from __future__ import annotations

import importlib
import importlib.abc
import importlib.machinery
import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any

from modules.classic import notes
from modules.classic.patches import Patches

MOVED: dict[str, tuple[str, ...]] = {
    # Python 2
    "urllib2": ("urllib.request", "urllib.error"),
    "urlparse": ("urllib.parse",),
    "StringIO": ("io",),
    "cStringIO": ("io",),
    "cPickle": ("pickle",),
    "ConfigParser": ("configparser",),
    "Queue": ("queue",),
    "httplib": ("http.client",),
    "HTMLParser": ("html.parser",),
    "htmlentitydefs": ("html.entities",),
    "cookielib": ("http.cookiejar",),
    "Cookie": ("http.cookies",),
    "commands": ("subprocess",),
    "exceptions": ("builtins",),
    "__builtin__": ("builtins",),
    "copy_reg": ("copyreg",),
    "thread": ("_thread",),
    "xmlrpclib": ("xmlrpc.client",),
    "SocketServer": ("socketserver",),
    "BaseHTTPServer": ("http.server",),
    "UserDict": ("collections",),
    # pandas
    "pandas.tools": ("pandas",),
    "pandas.tools.plotting": ("pandas.plotting",),
    "pandas.tools.merge": ("pandas",),
    "pandas.tools.pivot": ("pandas",),
    "pandas.tools.tile": ("pandas",),
    "pandas.tools.util": ("pandas", "pandas.core.reshape.util"),
    "pandas.stats": ("pandas",),
    "pandas.stats.moments": ("pandas",),
    "pandas.lib": ("pandas._libs.lib",),
    "pandas.tslib": ("pandas._libs.tslib", "pandas"),
    "pandas.algos": ("pandas._libs.algos",),
    "pandas.core.index": ("pandas",),
    "pandas.core.datetools": ("pandas.tseries.offsets", "pandas"),
    "pandas.core.reshape": ("pandas", "pandas.core.reshape.api"),
    "pandas.core.categorical": ("pandas",),
    "pandas.core.format": ("pandas.io.formats.format",),
    "pandas.formats": ("pandas.io.formats",),
    "pandas.formats.style": ("pandas.io.formats.style",),
    "pandas.util.testing": ("pandas.testing", "pandas._testing"),
    "pandas.io.json.normalize": ("pandas",),
    "pandas.tseries.index": ("pandas",),
    "pandas.tseries.tools": ("pandas",),
    "pandas.tseries.period": ("pandas",),
    "pandas.tseries.resample": ("pandas", "pandas.core.resample"),
    "pandas.indexes.api": ("pandas",),
    "pandas.json": ("json",),
    # scikit-learn
    "sklearn.externals.joblib": ("joblib",),
    "sklearn.externals.six": ("six",),
    "sklearn.preprocessing.data": ("sklearn.preprocessing",),
    "sklearn.preprocessing.label": ("sklearn.preprocessing",),
    "sklearn.preprocessing.imputation": ("sklearn.preprocessing",),
    "sklearn.metrics.scorer": ("sklearn.metrics",),
    "sklearn.metrics.classification": ("sklearn.metrics",),
    "sklearn.metrics.ranking": ("sklearn.metrics",),
    "sklearn.metrics.regression": ("sklearn.metrics",),
    "sklearn.metrics.metrics": ("sklearn.metrics",),
    "sklearn.ensemble.forest": ("sklearn.ensemble",),
    "sklearn.ensemble.gradient_boosting": ("sklearn.ensemble",),
    "sklearn.ensemble.weight_boosting": ("sklearn.ensemble",),
    "sklearn.ensemble.bagging": ("sklearn.ensemble",),
    "sklearn.tree.tree": ("sklearn.tree",),
    "sklearn.svm.classes": ("sklearn.svm",),
    "sklearn.linear_model.logistic": ("sklearn.linear_model",),
    "sklearn.linear_model.base": ("sklearn.linear_model",),
    "sklearn.linear_model.ridge": ("sklearn.linear_model",),
    "sklearn.linear_model.coordinate_descent": ("sklearn.linear_model",),
    "sklearn.linear_model.stochastic_gradient": ("sklearn.linear_model",),
    "sklearn.neighbors.classification": ("sklearn.neighbors",),
    "sklearn.neighbors.unsupervised": ("sklearn.neighbors",),
    "sklearn.cluster.k_means_": ("sklearn.cluster",),
    "sklearn.cluster.bicluster": ("sklearn.cluster",),
    "sklearn.decomposition.pca": ("sklearn.decomposition",),
    "sklearn.feature_selection.univariate_selection": ("sklearn.feature_selection",),
    "sklearn.feature_selection.rfe": ("sklearn.feature_selection",),
    "sklearn.naive_bayes.base": ("sklearn.naive_bayes",),
    "sklearn.utils.testing": ("sklearn.utils._testing",),
    "sklearn.utils.linear_assignment_": ("scipy.optimize",),
    "sklearn.cross_validation": ("modules.classic.sklearn_splits", "sklearn.model_selection"),
    "sklearn.grid_search": ("modules.classic.sklearn_search", "sklearn.model_selection"),
    "sklearn.learning_curve": ("modules.classic.sklearn_search", "sklearn.model_selection"),
    "sklearn.lda": ("modules.classic.sklearn_estimators", "sklearn.discriminant_analysis"),
    "sklearn.qda": ("modules.classic.sklearn_estimators", "sklearn.discriminant_analysis"),
    # scipy and matplotlib
    "scipy.misc.common": ("scipy.special",),
    "scipy.misc.pilutil": ("scipy.misc",),
    "scipy.fftpack.basic": ("scipy.fftpack",),
}
"""The names of an old module are looked for in these, in this order."""

NO_NETWORK = "A script has no network: upload the data as a dataset."
R = "it called R; use an Execute R Script node."
FITS = "sklearn.linear_model.LinearRegression fits the same model."
GONE: dict[str, str] = {
    "pandas.io.data": f"it fetched prices from the Internet, as pandas_datareader did after it. {NO_NETWORK}",
    "pandas.io.wb": f"it fetched data from the World Bank. {NO_NETWORK}",
    "pandas.io.ga": f"it fetched data from Google Analytics. {NO_NETWORK}",
    "pandas.io.gbq": f"it fetched data from BigQuery. {NO_NETWORK}",
    "pandas.rpy": R,
    "pandas.rpy.common": R,
    "pandas.stats.api": FITS,
    "pandas.stats.ols": FITS,
    "pandas.sandbox.qtpandas": "it drew windows, and a script has no screen.",
    "matplotlib.finance": "the package mplfinance draws such charts.",
    "sklearn.hmm": "the package hmmlearn has it.",
    "sklearn.datasets.mldata": f"mldata.org is gone too. {NO_NETWORK}",
    "Tkinter": "it draws windows, and a script has no screen.",
}
"""What has no equal, and what to do."""


class MovedFinder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Makes a module under an old name, whose names are those of the new ones."""

    def __init__(self) -> None:
        self.made: set[str] = set()

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> Any:
        if fullname in GONE:
            raise ModuleNotFoundError(f"{fullname} is gone: {GONE[fullname]}")
        if fullname not in MOVED and fullname not in OWN:
            return None
        self.made.add(fullname)
        if fullname in MOVED:
            notes.replaced(fullname, f"its names are taken from {MOVED[fullname][-1]}")
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        module = ModuleType(spec.name)
        module.__path__ = []
        homes = [importlib.import_module(name) for name in MOVED.get(spec.name, ())]
        vars(module).update(OWN.get(spec.name, dict)())

        def __getattr__(name: str) -> Any:
            for home in homes:
                if hasattr(home, name):
                    return getattr(home, name)
            raise AttributeError(f"module {spec.name!r} has no attribute {name!r}")

        for home in homes:
            named = getattr(home, "__all__", None) or [
                name for name in vars(home) if not name.startswith("_")
            ]
            for name in vars(home).keys() & set(named):
                vars(module).setdefault(name, vars(home)[name])
        # How a module finds names late (PEP 562), which types tell of no object.
        module.__getattr__ = __getattr__  # type: ignore[method-assign]
        return module

    def exec_module(self, module: ModuleType) -> None:
        return


def _sets() -> dict[str, Any]:
    return {"Set": set, "ImmutableSet": frozenset}


def _hashed(name: str) -> Callable[[], dict[str, Any]]:
    def made() -> dict[str, Any]:
        import hashlib

        return {"new": getattr(hashlib, name), name: getattr(hashlib, name)}

    return made


def _rplot() -> dict[str, Any]:
    from modules.classic import rplot

    return vars(rplot)


OWN: dict[str, Callable[[], dict[str, Any]]] = {
    "sets": _sets,
    "md5": _hashed("md5"),
    "sha": _hashed("sha1"),
    "pandas.tools.rplot": _rplot,
}


def find_moved(patches: Patches) -> None:
    """Lets imports find old names. They come last, so that what is installed is never hidden."""
    finder = MovedFinder()
    sys.meta_path.append(finder)
    known = set(sys.modules)

    def forget() -> None:
        sys.meta_path.remove(finder)
        for name in finder.made - known:
            sys.modules.pop(name, None)
            above, _, last = name.rpartition(".")
            if above in sys.modules and vars(sys.modules[above]).get(last) is not None:
                delattr(sys.modules[above], last)

    patches.afterwards(forget)
