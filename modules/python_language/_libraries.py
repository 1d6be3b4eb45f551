"""What to say to a script that imports what is not there: the nearest names that are."""

from __future__ import annotations

import importlib.util
import pkgutil
import sys
from collections.abc import Iterable
from contextlib import suppress
from difflib import get_close_matches
from importlib import metadata

from modules.python_language._wheels import REFUSED
from modules.scripting.distributions import distribution_of

OFTEN = (
    "numpy", "pandas", "scipy", "sklearn", "matplotlib", "pyarrow", "duckdb", "statsmodels", "seaborn",
    "lightgbm", "xgboost", "networkx", "sympy", "nltk", "PIL", "joblib", "tqdm",
)  # fmt: skip
"""Shown, of these, are those that are installed."""
MOVED = {
    "sklearn.cross_validation": "sklearn.model_selection",
    "sklearn.grid_search": "sklearn.model_selection",
    "sklearn.learning_curve": "sklearn.model_selection",
    "sklearn.externals.joblib": "joblib",
    "pandas.tools.plotting": "pandas.plotting",
    "pandas.tools": "pandas.plotting",
    "StringIO": "io",
    "cStringIO": "io",
    "cPickle": "pickle",
    "urllib2": "urllib.request",
    "Queue": "queue",
    "ConfigParser": "configparser",
}


def missing_library(name: str) -> str:
    """Two or three sentences for the import of `name`, which failed.

    >>> missing_library("panda").split(". ")[:2]
    ["No module named 'panda'", 'The nearest that is here is pandas']
    """
    top = name.partition(".")[0]
    if top in REFUSED:
        return f"No module named {name!r}. {REFUSED[top]}"
    return " ".join([f"No module named {name!r}.", *_nearest(name), *_advice(name)])


def _nearest(name: str) -> Iterable[str]:
    if name in MOVED:
        yield f"It is {MOVED[name]} today."
        return
    above, _, last = name.rpartition(".")
    near = _of_library(last) or get_close_matches(last, _names_in(above), n=3, cutoff=0.7)
    if near:
        full = ", ".join(f"{above}.{part}" if above else part for part in near)
        yield f"The nearest that is here is {full}." if len(near) == 1 else f"The nearest here are {full}."


def _advice(name: str) -> Iterable[str]:
    if "." in name or name in MOVED:
        return
    there = [library for library in OFTEN if importlib.util.find_spec(library) is not None]
    yield f"Among what is installed are {', '.join(there[:-1])} and {there[-1]}."
    package = distribution_of(name)
    yield (
        f"To add {name}, put {package} into an environment and name that in the node's properties, or begin "
        f'the script with the lines `# /// script`, `# dependencies = ["{package}"]` and `# ///`.'
    )
    yield "Its files, or its wheel, can come in a zip on Script Bundle too."


def _names_in(package: str) -> list[str]:
    """The names below a package that has been imported; at the top, those of all libraries."""
    if not package:
        return [*(found.name for found in pkgutil.iter_modules()), *sys.stdlib_module_names]
    return [found.name for found in pkgutil.iter_modules(getattr(sys.modules.get(package), "__path__", []))]


def _of_library(name: str) -> list[str]:
    """What is imported of a library that is installed under this name: `sklearn` of scikit-learn."""
    with suppress(metadata.PackageNotFoundError, ValueError):
        tops = metadata.distribution(name.replace("_", "-")).read_text("top_level.txt") or ""
        return [top for top in tops.split() if not top.startswith("_") and top != name][:3]
    return []
