"""Names of SciPy 0.13–1.2."""

from __future__ import annotations

import functools
import importlib
from collections import namedtuple
from typing import Any

import numpy as np

from modules.classic import notes
from modules.classic.patches import Patches
from modules.classic.scipy_functions import scipy_functions

WINDOWS = [
    "hann",
    "hamming",
    "gaussian",
    "blackman",
    "bartlett",
    "boxcar",
    "triang",
    "kaiser",
    "general_gaussian",
    "cosine",
    "parzen",
    "flattop",
    "nuttall",
    "tukey",
    "chebwin",
    "blackmanharris",
]
"""Window functions that `scipy.signal` had itself."""

FROM_NUMPY = [
    "array",
    "mean",
    "std",
    "var",
    "median",
    "zeros",
    "ones",
    "log",
    "log10",
    "log2",
    "exp",
    "sqrt",
    "sin",
    "cos",
    "dot",
    "pi",
    "nan",
    "inf",
    "arange",
    "linspace",
    "random",
    "where",
    "sum",
    "abs",
    "sign",
    "power",
    "polyfit",
    "polyval",
    "poly1d",
    "append",
    "asarray",
    "reshape",
    "vstack",
    "hstack",
    "isnan",
    "argsort",
    "unique",
    "histogram",
    "percentile",
    "corrcoef",
    "eye",
    "outer",
    "trace",
]
"""Names of NumPy that `scipy` passed on."""

Mode = namedtuple("Mode", ["mode", "count"])


def scipy_names(patches: Patches) -> None:
    """Puts the names that are gone where they were."""
    _from_numpy(patches)
    _integrals_and_matrices(patches)
    _windows(patches)
    _misc(patches)
    _statistics(patches)
    scipy_functions(patches)


def _from_numpy(patches: Patches) -> None:
    import scipy

    for name in FROM_NUMPY:
        if not hasattr(scipy, name):
            patches.put(scipy, name, getattr(np, name))


def _integrals_and_matrices(patches: Patches) -> None:
    from scipy import integrate, linalg, optimize

    for old, (module, new) in {
        "trapz": (integrate, "trapezoid"),
        "simps": (integrate, "simpson"),
        "cumtrapz": (integrate, "cumulative_trapezoid"),
        "pinv2": (linalg, "pinv"),
        "tri": (np, "tri"),
        "tril": (np, "tril"),
        "triu": (np, "triu"),
    }.items():
        home = linalg if module in (linalg, np) else module
        function = _simpson(old, getattr(module, new))
        patches.put(home, old, notes.gone(f"scipy {old}", f"{new} did it", function))
    patches.put(optimize, "linear_assignment", lambda cost: np.array(optimize.linear_sum_assignment(cost)).T)


def _windows(patches: Patches) -> None:
    from scipy import signal

    for name in WINDOWS:
        if not hasattr(signal, name):
            patches.put(signal, name, getattr(importlib.import_module("scipy.signal.windows"), name))


def _misc(patches: Patches) -> None:
    from scipy import misc, special

    for name in ("comb", "factorial", "factorial2", "factorialk", "logsumexp"):
        told = notes.gone(f"scipy.misc.{name}", f"scipy.special.{name} did it", getattr(special, name))
        patches.put(misc, name, told)
    for name in ("imread", "imresize", "imsave", "imshow", "imrotate", "toimage", "fromimage"):
        patches.put(misc, name, PICTURES.get(name, _no_picture(name)))


def _statistics(patches: Patches) -> None:
    from scipy import special, stats

    patches.put(stats, "mode", _mode(stats.mode))
    for name in ("nanmean", "nanmedian", "nanstd"):
        patches.put(importlib.import_module("scipy.stats.stats"), name, getattr(np, name))
    patches.put_all(
        stats,
        {
            "nanmean": np.nanmean,
            "nanmedian": np.nanmedian,
            "nanstd": lambda x, axis=0, bias=False: np.nanstd(x, axis=axis, ddof=0 if bias else 1),
            "itemfreq": lambda a: np.array(np.unique(a, return_counts=True)).T,
            "ss": lambda a, axis=0: np.sum(np.asarray(a) ** 2, axis=axis),
            "chisqprob": lambda chisq, df: stats.chi2.sf(chisq, df),
            "betai": special.betainc,
            "binom_test": lambda x, n=None, p=0.5, alternative="two-sided": (
                stats.binomtest(
                    x if n is not None else x[0], n if n is not None else sum(x), p, alternative
                ).pvalue
            ),
            "signaltonoise": lambda a, axis=0, ddof=0: (
                np.mean(a, axis=axis) / np.std(a, axis=axis, ddof=ddof)
            ),
            "median_absolute_deviation": lambda x, axis=0, scale=1.4826: (
                stats.median_abs_deviation(x, axis) * scale
            ),
            "histogram": lambda a, numbins=10, defaultlimits=None: np.histogram(a, numbins, defaultlimits),
            "square_of_sums": lambda a, axis=0: np.sum(a, axis=axis) ** 2,
        },
    )


def _simpson(old: str, function: Any) -> Any:
    if old not in ("simps", "trapz", "cumtrapz"):
        return function

    def integrated(y: Any, x: Any = None, dx: float = 1.0, axis: int = -1, **named: Any) -> Any:
        named.pop("even", None)
        return function(y, x=x, dx=dx, axis=axis, **named)

    return integrated


def _mode(function: Any) -> Any:
    @functools.wraps(function)
    def mode(a: Any, axis: Any = 0, nan_policy: str = "propagate", **named: Any) -> Any:
        if named:  # a library asks, which knows the present words
            return function(a, axis=axis, nan_policy=nan_policy, **named)
        values = np.asarray(a)
        if values.dtype.kind in "iufb":
            found = function(values, axis=axis, nan_policy=nan_policy, keepdims=True)
            return Mode(found.mode, found.count)
        notes.replaced("scipy.stats.mode of text", "np.unique(…, return_counts=True) did it")
        kept = [value for value in values.ravel().tolist() if value is not None and value == value]
        if not kept:
            return Mode(np.array([0]), np.array([0]))
        counts = {value: kept.count(value) for value in sorted(set(kept), key=str)}
        best = max(counts, key=lambda value: counts[value])
        return Mode(np.array([best], dtype=object), np.array([counts[best]]))

    return mode


def _no_picture(name: str) -> Any:
    def refuse(*_: Any, **__: Any) -> Any:
        raise AttributeError(f"scipy.misc.{name} is gone; PIL.Image (Pillow) does it.")

    return refuse


def _imread(name: Any, flatten: bool = False, mode: Any = None) -> np.ndarray:
    from PIL import Image

    picture = Image.open(name)
    return np.asarray(picture.convert("F" if flatten else mode) if flatten or mode else picture)


def _imsave(name: Any, arr: Any, format: Any = None) -> None:
    from PIL import Image

    Image.fromarray(_bytes(arr)).save(name, format)


def _imresize(arr: Any, size: Any, interp: str = "bilinear", mode: Any = None) -> np.ndarray:
    from PIL import Image

    picture = Image.fromarray(_bytes(arr))
    if isinstance(size, int):
        size = tuple(int(side * size / 100) for side in picture.size)
    elif isinstance(size, float):
        size = tuple(int(side * size) for side in picture.size)
    else:
        size = (size[1], size[0])
    ways = {
        "nearest": Image.Resampling.NEAREST,
        "bicubic": Image.Resampling.BICUBIC,
        "cubic": Image.Resampling.BICUBIC,
    }
    return np.asarray(picture.resize(size, ways.get(interp, Image.Resampling.BILINEAR)))


def _bytes(arr: Any) -> np.ndarray:
    values = np.asarray(arr)
    if values.dtype == np.uint8:
        return values
    low, high = float(values.min()), float(values.max())
    return ((values - low) * (255.0 / ((high - low) or 1)) + 0.5).astype(np.uint8)


PICTURES: dict[str, Any] = {"imread": _imread, "imsave": _imsave, "imresize": _imresize}
