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
from modules.classic.homes import GONE, MOVED
from modules.classic.patches import Patches


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


def _products() -> dict[str, Any]:
    import itertools

    import numpy as np

    def cartesian_product(X: Any) -> list[Any]:
        return [np.array(column) for column in zip(*itertools.product(*X), strict=True)]

    return {"cartesian_product": cartesian_product}


def _products_of_rows() -> dict[str, Any]:
    import numpy as np

    return {"inner1d": lambda a, b: np.einsum("...i,...i", a, b), "matrix_multiply": np.matmul}


def _inside_polygons() -> dict[str, Any]:
    from matplotlib.path import Path

    return {
        "points_inside_poly": lambda points, verts: Path(verts).contains_points(points),
        "pnpoly": lambda x, y, verts: bool(Path(verts).contains_point((x, y))),
    }


def _least_squares() -> dict[str, Any]:
    from modules.classic.pandas_ols import OLS, ols

    return {"ols": ols, "OLS": OLS}


def _rplot() -> dict[str, Any]:
    from modules.classic import rplot

    return vars(rplot)


OWN: dict[str, Callable[[], dict[str, Any]]] = {
    "sets": _sets,
    "md5": _hashed("md5"),
    "sha": _hashed("sha1"),
    "pandas.tools.rplot": _rplot,
    "pandas.stats.api": _least_squares,
    "pandas.stats.ols": _least_squares,
    "pandas.tools.util": _products,
    "numpy.core.umath_tests": _products_of_rows,
    "matplotlib.nxutils": _inside_polygons,
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
