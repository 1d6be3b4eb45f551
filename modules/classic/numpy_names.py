"""Names and words of NumPy 1.8–1.16."""

from __future__ import annotations

import builtins
import functools
import pickle
import warnings
from typing import Any

import numpy as np

from modules.classic import notes
from modules.classic.numpy_finance import FINANCE
from modules.classic.patches import Patches
from modules.classic.words import renamed

ALIASES: dict[str, Any] = {
    "float": float,
    "int": int,
    "bool": bool,
    "object": object,
    "str": str,
    "complex": complex,
    "long": int,
    "unicode": str,
    "float_": np.float64,
    "complex_": np.complex128,
    "unicode_": np.str_,
    "string_": np.bytes_,
    "int0": np.intp,
    "uint0": np.uintp,
    "bool8": np.bool_,
    "object0": np.object_,
    "str0": np.str_,
    "bytes0": np.bytes_,
    "void0": np.void,
    "cfloat": np.complex128,
    "singlecomplex": np.complex64,
    "longfloat": np.longdouble,
    "clongfloat": np.clongdouble,
    "longcomplex": np.clongdouble,
    "Inf": np.inf,
    "infty": np.inf,
    "Infinity": np.inf,
    "PINF": np.inf,
    "NINF": -np.inf,
    "NaN": np.nan,
    "NAN": np.nan,
    "PZERO": 0.0,
    "NZERO": -0.0,
}


def _moved() -> dict[str, tuple[str, Any]]:
    return {
        "product": ("np.prod", np.prod),
        "cumproduct": ("np.cumprod", np.cumprod),
        "alltrue": ("np.all", np.all),
        "sometrue": ("np.any", np.any),
        "round_": ("np.round", np.round),
        "row_stack": ("np.vstack", np.vstack),
        "trapz": ("np.trapezoid", np.trapezoid),
        "in1d": ("np.isin", lambda a, b, *r, **k: np.isin(np.ravel(a), b, *r, **k)),
        "asscalar": (".item()", lambda a: np.asarray(a).item()),
        "rank": ("np.ndim", np.ndim),
        "msort": ("np.sort(…, axis=0)", lambda a: np.sort(a, axis=0)),
        "mat": ("np.asmatrix", np.asmatrix),
        "asfarray": ("np.asarray(…, float)", lambda a, dtype=float: np.asarray(a, dtype=dtype)),
        "find_common_type": ("np.result_type", lambda a, s: np.result_type(*a, *s)),
        "fastCopyAndTranspose": (".T.copy()", lambda a: np.asarray(a).T.copy()),
        "issubclass_": ("issubclass", lambda a, b: isinstance(a, type) and issubclass(a, b)),
        "issubsctype": ("np.issubdtype", np.issubdtype),
        "obj2sctype": ("np.dtype", lambda r, default=None: np.dtype(r).type),
        "sctype2char": ("np.dtype(…).char", lambda t: np.dtype(t).char),
        "issctype": ("np.dtype", lambda r: isinstance(r, type) and issubclass(r, np.generic)),
        "maximum_sctype": ("np.dtype", lambda t: np.dtype(t).type),
        "ndfromtxt": ("np.genfromtxt", np.genfromtxt),
        "mafromtxt": ("np.genfromtxt", lambda f, **k: np.genfromtxt(f, usemask=True, **k)),
        "recfromcsv": (
            "np.genfromtxt",
            lambda f, **k: np.genfromtxt(
                f, delimiter=",", names=True, dtype=None, encoding="utf-8", **k
            ).view(np.recarray),
        ),
        "recfromtxt": ("np.genfromtxt", lambda f, **k: np.genfromtxt(f, dtype=None, **k).view(np.recarray)),
        "loads": ("pickle.loads", pickle.loads),
        "safe_eval": ("ast.literal_eval", __import__("ast").literal_eval),
        **{name: ("a function of our own", function) for name, function in FINANCE.items()},
        "byte_bounds": ("np.lib.array_utils.byte_bounds", np.lib.array_utils.byte_bounds),
        "restoredot": ("nothing", lambda: None),
        "alterdot": ("nothing", lambda: None),
        "set_string_function": ("np.set_printoptions", lambda f, repr=True: None),
        "who": ("locals()", lambda vardict=None: None),
        "lookfor": ("the documentation", lambda *_, **__: None),
        "deprecate": (
            "warnings.warn",
            lambda *given, **_: given[0] if given and callable(given[0]) else lambda f: f,
        ),
        "disp": ("print", lambda mesg, *a, **k: builtins.print(mesg)),
    }


OF_PYTHON = frozenset(["float", "int", "bool", "object", "str", "complex", "long", "unicode"])
"""Names that `from numpy import *` never brought."""


def numpy_names(patches: Patches) -> None:
    starred = [name for name in (*ALIASES, *_moved(), "typeDict", "sctypes", "cast") if name not in OF_PYTHON]
    patches.put(np, "__all__", list(dict.fromkeys([*np.__all__, *starred])))
    for name, value in ALIASES.items():
        if not _has(np, name):
            patches.put(np, name, value)
    for name, (now, function) in _moved().items():
        if not _has(np, name):
            patches.put(np, name, notes.gone(f"np.{name}", f"{now} did it", function))
    patches.put(
        np,
        "sctypes",
        {
            "float": [np.float16, np.float32, np.float64],
            "int": [np.int8, np.int16, np.int32, np.int64],
            "uint": [np.uint8, np.uint16, np.uint32, np.uint64],
            "complex": [np.complex64, np.complex128],
            "others": [bool, object, bytes, str, np.void],
        },
    )
    if not _has(np, "cast"):
        patches.put(np, "cast", _Casts())
    patches.put(
        np,
        "nbytes",
        {
            kind: np.dtype(kind).itemsize
            for kind in (np.int8, np.int16, np.int32, np.int64, np.float16, np.float32, np.float64, np.bool_)
        },
    )
    patches.put(np.lib, "pad", np.pad)
    patches.put(np, "typeDict", np.sctypeDict)
    patches.put(
        np.random,
        "random_integers",
        notes.gone("np.random.random_integers", "np.random.randint(low, high + 1) did it", _random_integers),
    )
    for name in ("percentile", "quantile", "nanpercentile", "nanmedian"):
        patches.wrap(np, name, renamed("interpolation", "method"))
    patches.wrap(np, "histogram", renamed("normed", "density"))
    for name in ("array", "asarray"):
        patches.wrap(np, name, _ragged)
    for name in ("zeros", "ones", "empty"):
        patches.wrap(np, name, _whole_sizes)
    patches.wrap(np, "linspace", _whole_count)
    before = np.get_printoptions()
    np.set_printoptions(legacy="1.13")
    patches.afterwards(lambda: np.set_printoptions(**before))


class _Casts(dict[Any, Any]):
    def __missing__(self, kind: Any) -> Any:
        return lambda values: np.asarray(values).astype(kind)


def _has(module: Any, name: str) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return getattr(module, name, None) is not None
        except Exception:
            return False


def _random_integers(low: int, high: Any = None, size: Any = None) -> Any:
    low, high = (1, low) if high is None else (low, high)
    return np.random.randint(low, int(high) + 1, size)


def _ragged(function: Any) -> Any:
    """Rows of different lengths make an array of objects, as they did."""

    @functools.wraps(function)
    def array(*args: Any, **named: Any) -> Any:
        try:
            return function(*args, **named)
        except ValueError as error:
            if "inhomogeneous" not in str(error) or "dtype" in named or len(args) > 1:
                raise
            notes.replaced("an array of rows of different lengths", "dtype=object did it")
            return function(*args, dtype=object, **named)

    return array


def _whole_sizes(function: Any) -> Any:
    @functools.wraps(function)
    def made(shape: Any, *args: Any, **named: Any) -> Any:
        if isinstance(shape, float) and shape == int(shape):
            shape = int(shape)
        elif isinstance(shape, tuple | list) and any(isinstance(part, float) for part in shape):
            shape = tuple(
                int(part) if isinstance(part, float) and part == int(part) else part for part in shape
            )
        return function(shape, *args, **named)

    return made


def _whole_count(function: Any) -> Any:
    @functools.wraps(function)
    def linspace(start: Any, stop: Any, num: Any = 50, *args: Any, **named: Any) -> Any:
        return function(start, stop, int(num) if isinstance(num, float) else num, *args, **named)

    return linspace
