"""What scripts borrowed from inner modules of matplotlib: `mlab`, `cbook`, `dates` and `cm`."""

from __future__ import annotations

import datetime
from typing import Any

import matplotlib
import numpy as np
from matplotlib import axes, cbook, cm, dates, mlab

from modules.classic import notes
from modules.classic.patches import Patches


def inner_modules(patches: Patches) -> None:
    for owner, names in ((mlab, MLAB), (cbook, CBOOK), (dates, DATES)):
        for name, value in names.items():
            if not hasattr(owner, name):
                patches.put(owner, name, value)
    patches.put(cm, "register_cmap", _register(patches))
    patches.put(cm, "revcmap", lambda data: {name: value[::-1] for name, value in data.items()})
    patches.put(axes, "_subplots", axes)
    patches.put(axes, "SubplotBase", axes.Axes)


def _register(patches: Patches) -> Any:
    def register_cmap(name: Any = None, cmap: Any = None, **_: Any) -> None:
        matplotlib.colormaps.register(cmap, name=name, force=True)

    return notes.gone("cm.register_cmap", "matplotlib.colormaps.register did it", register_cmap)


def _griddata(x: Any, y: Any, z: Any, xi: Any, yi: Any, interp: str = "nn") -> Any:
    from scipy.interpolate import griddata

    xi, yi = np.asarray(xi), np.asarray(yi)
    if xi.ndim == 1 and yi.ndim == 1:
        xi, yi = np.meshgrid(xi, yi)
    points = np.column_stack([np.ravel(x), np.ravel(y)])
    found = griddata(points, np.ravel(z), (xi, yi), method="linear")
    return np.ma.masked_invalid(found)


def _percentiles(x: Any, p: Any = (0.0, 25.0, 50.0, 75.0, 100.0)) -> Any:
    return np.percentile(np.asarray(x).ravel(), p)


def _csv2rec(fname: Any, delimiter: str = ",", **_: Any) -> Any:
    import pandas as pd

    frame = pd.read_csv(fname, sep=delimiter)
    frame.columns = [str(name).strip().lower().replace(" ", "_") for name in frame.columns]
    return frame.to_records(index=False)


def _rec2csv(r: Any, fname: Any, delimiter: str = ",", **_: Any) -> None:
    import pandas as pd

    pd.DataFrame.from_records(r).to_csv(fname, sep=delimiter, index=False)


class PCA:
    """Principal components of an array: rows are observations. `fracs`: the share of the variance, `Y`: the
    rows in the new axes, `Wt`: the weights, `mu` and `sigma`: what was taken off and divided by."""

    def __init__(self, a: Any, standardize: bool = True) -> None:
        a = np.asarray(a, dtype=float)
        if a.shape[0] < a.shape[1]:
            raise RuntimeError("we assume data in a is organized with numrows>numcols")
        self.numrows, self.numcols = a.shape
        self.mu, self.sigma, self.standardize = a.mean(axis=0), a.std(axis=0), standardize
        self.a = self.center(a)
        _, singular, self.Wt = np.linalg.svd(self.a, full_matrices=False)
        self.Y = self.a @ self.Wt.T
        self.s = singular**2
        self.fracs = self.s / self.s.sum()

    def center(self, x: Any) -> np.ndarray:
        return (np.asarray(x) - self.mu) / (self.sigma if self.standardize else 1.0)

    def project(self, x: Any, minfrac: float = 0.0) -> np.ndarray:
        found = self.center(x) @ self.Wt.T
        return found[..., self.fracs >= minfrac]


def _poly_below(xmin: Any, xs: Any, ys: Any) -> tuple[np.ndarray, np.ndarray]:
    xs, ys = np.asarray(xs), np.asarray(ys)
    return np.append(xs, [xs[-1], xs[0]]), np.append(ys, [xmin, xmin])


class Bunch:
    def __init__(self, **named: Any) -> None:
        self.__dict__.update(named)


def _is_number(value: Any) -> bool:
    try:
        value + 1
    except (TypeError, ValueError):
        return False
    return True


MLAB: dict[str, Any] = {
    "griddata": _griddata,
    "prctile": _percentiles,
    "csv2rec": _csv2rec,
    "rec2csv": _rec2csv,
    "PCA": PCA,
    "movavg": lambda x, n: np.convolve(x, np.ones(n) / n, mode="valid"),
    "dist": lambda x, y: float(np.linalg.norm(np.asarray(x) - np.asarray(y))),
    "l2norm": lambda a: float(np.sqrt(np.sum(np.abs(a) ** 2))),
    "l1norm": lambda a: float(np.sum(np.abs(a))),
    "poly_below": _poly_below,
    "isnan": np.isnan,
}
CBOOK: dict[str, Any] = {
    "is_string_like": lambda value: isinstance(value, str),
    "is_numlike": _is_number,
    "iterable": np.iterable,
    "is_scalar": lambda value: not np.iterable(value),
    "dedent": lambda text: __import__("inspect").cleandoc(text),
    "Bunch": Bunch,
    "unique": lambda values: list(set(values)),
    "simple_linear_interpolation": lambda a, steps: np.column_stack(
        [
            np.interp(np.linspace(0, len(a) - 1, (len(a) - 1) * steps + 1), range(len(a)), column)
            for column in np.asarray(a).T
        ]
    ),
}


def _parser(fmt: str) -> Any:
    return lambda text: dates.date2num(
        datetime.datetime.strptime(text.decode() if isinstance(text, bytes) else text, fmt)
    )


DATES: dict[str, Any] = {
    "strpdate2num": _parser,
    "bytespdate2num": lambda fmt, encoding="utf-8": _parser(fmt),
    "epoch2num": lambda seconds: np.asarray(seconds) / 86400.0,
    "num2epoch": lambda days: np.asarray(days) * 86400.0,
    "seconds": lambda s: s / 86400.0,
    "minutes": lambda m: m / 1440.0,
    "hours": lambda h: h / 24.0,
    "weeks": lambda w: w * 7.0,
}
