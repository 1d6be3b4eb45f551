"""Functions of SciPy 0.13–1.2 that are gone, written with those that are there."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import numpy as np

from modules.classic import notes
from modules.classic.patches import Patches


def scipy_functions(patches: Patches) -> None:
    import scipy
    from scipy import constants, fft, integrate, interpolate, linalg, misc, optimize, signal, stats
    from scipy.sparse import linalg as sparse_linalg
    from scipy.spatial import distance

    homes = {
        "scipy": scipy,
        "scipy.constants": constants,
        "scipy.integrate": integrate,
        "scipy.interpolate": interpolate,
        "scipy.linalg": linalg,
        "scipy.misc": misc,
        "scipy.optimize": optimize,
        "scipy.signal": signal,
        "scipy.stats": stats,
        "scipy.spatial.distance": distance,
    }
    for place, functions in GONE_FUNCTIONS.items():
        for name, (now, function) in functions.items():
            patches.put(homes[place], name, notes.gone(f"{place}.{name}", f"{now} did it", function))
    patches.put(interpolate, "interp2d", Interp2d)
    eigen = getattr(sparse_linalg, "eigen", None)
    if eigen is not None:
        patches.put(eigen, "__path__", [])
    before = type(fft)
    fft.__class__ = _CallableFft  # `scipy.fft` was a function, and is a module
    patches.afterwards(lambda: setattr(fft, "__class__", before))


class _CallableFft(ModuleType):
    def __call__(self, a: Any, n: Any = None, axis: int = -1) -> Any:
        return np.fft.fft(a, n, axis)


class Interp2d:
    """A surface through the points of a grid, or near scattered ones. Called with sorted places, it gives the
    values as rows of y and columns of x."""

    def __init__(self, x: Any, y: Any, z: Any, kind: str = "linear", *_: Any, **__: Any) -> None:
        from scipy.interpolate import RectBivariateSpline, SmoothBivariateSpline

        x, y, z = np.ravel(x), np.ravel(y), np.asarray(z, dtype=float)
        degree = {"linear": 1, "cubic": 3, "quintic": 5}[kind]
        if z.size == x.size * y.size:
            self._at = RectBivariateSpline(x, y, z.reshape(y.size, x.size).T, kx=degree, ky=degree, s=0)
        elif z.size == x.size and _is_grid(x, y):
            columns, rows = np.unique(x), np.unique(y)
            order = np.lexsort((x, y))
            grid = z.ravel()[order].reshape(rows.size, columns.size)
            self._at = RectBivariateSpline(columns, rows, grid.T, kx=degree, ky=degree, s=0)
        else:
            self._at = SmoothBivariateSpline(x, y, z.ravel(), kx=degree, ky=degree, s=0)

    def __call__(self, x: Any, y: Any, *_: Any, **__: Any) -> Any:
        found = self._at(np.sort(np.atleast_1d(x)), np.sort(np.atleast_1d(y))).T
        return found[0] if found.shape[0] == 1 else found


def _is_grid(x: np.ndarray, y: np.ndarray) -> bool:
    return np.unique(x).size * np.unique(y).size == x.size


def _spline(xk: Any, yk: Any, xnew: Any, order: int = 3, kind: str = "smoothest", conds: Any = None) -> Any:
    from scipy.interpolate import make_interp_spline

    return make_interp_spline(xk, yk, k=order)(xnew)


def _derivative(
    func: Any, x0: Any, dx: float = 1.0, n: int = 1, args: tuple[Any, ...] = (), order: int = 3
) -> Any:
    weights = _difference_weights(order, n)
    half = order // 2
    return sum(w * func(x0 + (k - half) * dx, *args) for k, w in enumerate(weights)) / dx**n


def _difference_weights(Np: int, ndiv: int = 1) -> np.ndarray:
    from math import factorial

    places = np.arange(-(Np >> 1), (Np >> 1) + 1.0)
    powers = places[:, np.newaxis] ** np.arange(Np)
    return factorial(ndiv) * np.linalg.inv(powers)[ndiv]


def _ricker(points: int, a: float) -> np.ndarray:
    x = (np.arange(points) - (points - 1.0) / 2) ** 2 / a**2
    return 2 / (np.sqrt(3 * a) * np.pi**0.25) * (1 - x) * np.exp(-x / 2)


def _morlet(M: int, w: float = 5.0, s: float = 1.0, complete: bool = True) -> np.ndarray:
    x = np.linspace(-s * 2 * np.pi, s * 2 * np.pi, M)
    wave = np.exp(1j * w * x) - (np.exp(-0.5 * w**2) if complete else 0)
    return wave * np.exp(-0.5 * x**2) * np.pi**-0.25


def _cwt(data: Any, wavelet: Any, widths: Any, **_: Any) -> np.ndarray:
    from scipy.signal import convolve

    rows = [
        convolve(data, np.conj(wavelet(min(int(10 * width), len(data)), width)[::-1]), mode="same")
        for width in widths
    ]
    return np.asarray(rows)


def _romberg(function: Any, a: float, b: float, args: tuple[Any, ...] = (), **_: Any) -> float:
    from scipy.integrate import quad

    return float(quad(function, a, b, args=args)[0])


def _quadrature(func: Any, a: float, b: float, args: tuple[Any, ...] = (), **_: Any) -> tuple[float, float]:
    from scipy.integrate import quad

    return quad(lambda x: float(np.ravel(func(np.array([x]), *args))[0]), a, b)[:2]


def _threshold(a: Any, threshmin: Any = None, threshmax: Any = None, newval: Any = 0) -> np.ndarray:
    found = np.array(a, copy=True)
    if threshmin is not None:
        found[found < threshmin] = newval
    if threshmax is not None:
        found[found > threshmax] = newval
    return found


def _minkowski(u: Any, v: Any, p: float, w: Any) -> float:
    return float((np.abs(np.asarray(w) * (np.asarray(u) - np.asarray(v))) ** p).sum() ** (1.0 / p))


def _kelvin(celsius: Any) -> Any:
    return np.asarray(celsius) + 273.15


def _factorial(n: Any, exact: bool = False) -> Any:
    from scipy.special import factorial

    return factorial(n, exact=exact)


def _anneal(*_: Any, **__: Any) -> Any:
    raise AttributeError(
        "scipy.optimize.anneal is gone: scipy.optimize.dual_annealing(function, bounds) does it."
    )


GONE_FUNCTIONS: dict[str, dict[str, tuple[str, Any]]] = {
    "scipy": {
        "rand": ("np.random.rand", np.random.rand),
        "randn": ("np.random.randn", np.random.randn),
        "factorial": ("scipy.special.factorial", _factorial),
        "ifft": ("np.fft.ifft", np.fft.ifft),
    },
    "scipy.constants": {
        "C2K": ("+ 273.15", _kelvin),
        "K2C": ("− 273.15", lambda kelvin: np.asarray(kelvin) - 273.15),
        "F2C": ("arithmetic", lambda degrees: (np.asarray(degrees) - 32) / 1.8),
        "C2F": ("arithmetic", lambda celsius: 1.8 * np.asarray(celsius) + 32),
        "F2K": ("arithmetic", lambda degrees: (np.asarray(degrees) - 32) / 1.8 + 273.15),
        "K2F": ("arithmetic", lambda kelvin: 1.8 * (np.asarray(kelvin) - 273.15) + 32),
    },
    "scipy.integrate": {
        "romberg": ("scipy.integrate.quad", _romberg),
        "quadrature": ("scipy.integrate.quad", _quadrature),
    },
    "scipy.interpolate": {"spline": ("make_interp_spline", _spline)},
    "scipy.linalg": {"kron": ("np.kron", np.kron)},
    "scipy.misc": {
        "derivative": ("differences", _derivative),
        "central_diff_weights": ("differences", _difference_weights),
    },
    "scipy.optimize": {"anneal": ("dual_annealing", _anneal)},
    "scipy.signal": {
        "hanning": ("scipy.signal.windows.hann", lambda M, sym=True: _window("hann", M, sym)),
        "ricker": ("a function of our own", _ricker),
        "morlet": ("a function of our own", _morlet),
        "cwt": ("scipy.signal.convolve", _cwt),
    },
    "scipy.spatial.distance": {
        "matching": ("hamming", lambda u, v, w=None: _hamming(u, v, w)),
        "wminkowski": ("minkowski", _minkowski),
    },
    "scipy.stats": {
        "threshold": ("np.clip or np.where", _threshold),
        "f_value": (
            "arithmetic",
            lambda ER, EF, dfR, dfF: (ER - EF) / float(dfR - dfF) / (EF / float(dfF)),
        ),
    },
}


def _window(name: str, M: int, sym: bool) -> Any:
    from scipy.signal import windows

    return getattr(windows, name)(M, sym)


def _hamming(u: Any, v: Any, w: Any) -> Any:
    from scipy.spatial.distance import hamming

    return hamming(u, v, w)
