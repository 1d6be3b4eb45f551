"""Names that pandas, scikit-learn, matplotlib and SciPy no longer have, with what replaces them.

NumPy's are known to ruff (see `ruff_check`). Only what is certain is told: a name of a library that was
imported, and methods that nothing else has.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from modules.scripting.finding import Finding, Fix, Replacement

MOVED = {
    "pandas.tools.plotting": "pandas.plotting",
    "pandas.tools.merge": "pandas",
    "pandas.io.data": "",
    "pandas.stats.api": "",
    "pandas.util.testing": "pandas.testing",
    "pandas.core.common.isnull": "pandas.isnull",
    "pandas.Panel": "",
    "pandas.TimeGrouper": "pandas.Grouper",
    "pandas.Int64Index": "pandas.Index",
    "pandas.Float64Index": "pandas.Index",
    "pandas.datetime": "datetime.datetime",
    "pandas.np": "numpy",
    "pandas.scatter_matrix": "pandas.plotting.scatter_matrix",
    "pandas.rolling_mean": "Series.rolling(n).mean()",
    "pandas.rolling_sum": "Series.rolling(n).sum()",
    "pandas.rolling_std": "Series.rolling(n).std()",
    "pandas.ewma": "Series.ewm(…).mean()",
    "sklearn.cross_validation": "sklearn.model_selection",
    "sklearn.grid_search": "sklearn.model_selection",
    "sklearn.learning_curve": "sklearn.model_selection",
    "sklearn.lda": "sklearn.discriminant_analysis",
    "sklearn.qda": "sklearn.discriminant_analysis",
    "sklearn.hmm": "",
    "sklearn.externals.joblib": "joblib",
    "sklearn.externals.six": "six",
    "sklearn.externals": "",
    "sklearn.preprocessing.Imputer": "sklearn.impute.SimpleImputer",
    "sklearn.preprocessing.imputation": "sklearn.impute",
    "sklearn.decomposition.RandomizedPCA": "sklearn.decomposition.PCA",
    "sklearn.ensemble.partial_dependence": "sklearn.inspection",
    "sklearn.metrics.jaccard_similarity_score": "sklearn.metrics.jaccard_score",
    "sklearn.metrics.plot_confusion_matrix": "sklearn.metrics.ConfusionMatrixDisplay.from_estimator",
    "sklearn.metrics.plot_roc_curve": "sklearn.metrics.RocCurveDisplay.from_estimator",
    "sklearn.datasets.load_boston": "",
    "sklearn.feature_extraction.stop_words": "sklearn.feature_extraction.text",
    "sklearn.utils.testing": "sklearn.utils",
    "sklearn.mixture.GMM": "sklearn.mixture.GaussianMixture",
    "matplotlib.finance": "",
    "matplotlib.pyplot.hold": "",
    "matplotlib.mlab.normpdf": "scipy.stats.norm.pdf",
    "matplotlib.cm.get_cmap": "matplotlib.colormaps",
    "matplotlib.pyplot.register_cmap": "matplotlib.colormaps.register",
    "scipy.misc": "",
    "scipy.stats.betai": "scipy.special.betainc",
    "scipy.interp": "numpy.interp",
    "scipy.integrate.simps": "scipy.integrate.simpson",
}
"""Whole names; empty where nothing has come in its place."""

METHODS = {
    "ix": ("loc", "`.loc` for labels or `.iloc` for positions"),
    "as_matrix": ("to_numpy", "`.to_numpy()`"),
    "convert_objects": ("infer_objects", "`.infer_objects()`"),
    "iteritems": ("items", "`.items()`"),
    "from_csv": ("", "`pandas.read_csv`"),
    "get_value": ("", "`.at[row, column]`"),
    "set_value": ("", "`.at[row, column] = value`"),
    "applymap": ("map", "`.map()`"),
    "sortlevel": ("sort_index", "`.sort_index()`"),
    "to_panel": ("", ""),
    "is_copy": ("", ""),
}
"""Attributes of frames that are gone, and that nothing else has: the new name where it is one for one."""
NOT_ALIKE = {"ix"}
"""The new name does not always mean the same, so that no button rewrites it."""


def check(tree: ast.Module) -> Iterator[Finding]:
    aliases = dict(aliases_of(tree))
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                for name in names:
                    yield from _moved(node, name.name)
            case ast.ImportFrom(module=str(module), level=0, names=names):
                told = list(_moved(node, module, len("from ")))
                yield from told
                if not told:
                    for name in names:
                        yield from _moved(node, f"{module}.{name.name}")
            case ast.Attribute(attr=attr):
                dotted = dotted_name(node, aliases)
                if dotted:
                    yield from _moved(node, dotted)
                elif attr in METHODS:
                    yield _method(node, attr)


def aliases_of(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Names of the script that stand for a library or a part of one."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                for name in names:
                    first = name.name.split(".")[0]
                    yield name.asname or first, name.name if name.asname else first
            case ast.ImportFrom(module=str(module), level=0, names=names):
                for name in names:
                    yield name.asname or name.name, f"{module}.{name.name}"


def dotted_name(node: ast.expr, aliases: dict[str, str]) -> str:
    """`pd.tools.plotting` as `pandas.tools.plotting`; empty where it does not begin with a library."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name) or node.id not in aliases:
        return ""
    return ".".join([aliases[node.id], *reversed(parts)])


def _moved(node: ast.stmt | ast.expr, name: str, at: int | None = None) -> Iterator[Finding]:
    """`at`: how far behind the start of the node the name stands, where it can be rewritten there."""
    if name not in MOVED:
        return
    new, fix = MOVED[name], None
    if new and at is not None:
        start = node.col_offset + at
        edit = Replacement(node.lineno, start, node.lineno, start + len(name), new)
        fix = Fix(f"Write {new} in place of {name}.", (edit,))
    advice = f"use `{new}`" if new else "nothing has come in its place"
    yield Finding(node.lineno, node.col_offset, "gone-name", _gone(f"`{name}`", advice), fix)


def _method(node: ast.Attribute, attr: str) -> Finding:
    new, advice = METHODS[attr]
    fix = None
    if new and attr not in NOT_ALIKE and node.end_lineno and node.end_col_offset is not None:
        end = node.end_col_offset
        edit = Replacement(node.end_lineno, end - len(attr), node.end_lineno, end, new)
        fix = Fix(f"Write .{new} in place of .{attr}.", (edit,))
    said = f"use {advice}" if advice else "nothing has come in its place"
    return Finding(node.lineno, node.col_offset, "gone-name", _gone(f"`.{attr}` of pandas", said), fix)


def _gone(what: str, advice: str) -> str:
    return f"{what} is gone from the libraries that are installed: {advice}, or set Library names to classic."
