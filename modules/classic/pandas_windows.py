"""`pd.rolling_mean(series, 3)` and its kin, which are methods of a window today."""

from __future__ import annotations

from typing import Any

import pandas as pd

from modules.classic import notes
from modules.classic.pandas_offsets import modern
from modules.classic.patches import Patches

FUNCTIONS = (
    "mean",
    "sum",
    "std",
    "var",
    "min",
    "max",
    "median",
    "count",
    "skew",
    "kurt",
    "quantile",
    "apply",
    "corr",
    "cov",
)
OF_EXPONENT = {
    "ewma": "mean",
    "ewmstd": "std",
    "ewmvar": "var",
    "ewmcorr": "corr",
    "ewmcov": "cov",
    "ewmvol": "std",
}


def moving(patches: Patches) -> None:
    for name in FUNCTIONS:
        patches.put(
            pd,
            f"rolling_{name}",
            notes.gone(f"pandas.rolling_{name}", f".rolling(n).{name}() did it", _rolling(name)),
        )
        patches.put(
            pd,
            f"expanding_{name}",
            notes.gone(f"pandas.expanding_{name}", f".expanding().{name}() did it", _expanding(name)),
        )
    for old, name in OF_EXPONENT.items():
        patches.put(pd, old, notes.gone(f"pandas.{old}", f".ewm(…).{name}() did it", _weighted(name)))
    patches.put(pd, "rolling_window", notes.gone("pandas.rolling_window", ".rolling(n, win_type=…)", _shaped))


def _given(data: Any) -> Any:
    return data if isinstance(data, pd.Series | pd.DataFrame) else pd.Series(data)


def _back(data: Any, result: Any) -> Any:
    return result if isinstance(data, pd.Series | pd.DataFrame) else result.to_numpy()


def _two(name: str) -> bool:
    return name in ("corr", "cov")


def _rolling(name: str) -> Any:
    def rolling(arg: Any, *args: Any, **named: Any) -> Any:
        rest, other = list(args), named.pop("arg2", None)
        if _two(name) and rest and isinstance(rest[0], pd.Series | pd.DataFrame):
            other = rest.pop(0)
        window = named.pop("window", None)
        window = rest.pop(0) if window is None else window
        extra = [rest.pop(0)] if name in ("quantile", "apply") and rest else []
        if extra == [] and name in ("quantile", "apply"):
            extra = [named.pop("quantile" if name == "quantile" else "func")]
        keys = dict(zip(("min_periods", "freq", "center"), rest, strict=False)) | named
        return _run(
            arg,
            keys,
            lambda data: data.rolling(
                int(window),
                min_periods=0 if name == "count" else keys.get("min_periods"),
                center=bool(keys.get("center", False)),
            ),
            name,
            extra,
            other,
            keys,
        )

    return rolling


def _expanding(name: str) -> Any:
    def expanding(arg: Any, *args: Any, **named: Any) -> Any:
        rest, other = list(args), named.pop("arg2", None)
        if _two(name) and rest and isinstance(rest[0], pd.Series | pd.DataFrame):
            other = rest.pop(0)
        extra = [rest.pop(0)] if name in ("quantile", "apply") and rest else []
        keys = dict(zip(("min_periods", "freq"), rest, strict=False)) | named
        least = keys.get("min_periods", 1)
        return _run(arg, keys, lambda data: data.expanding(min_periods=least), name, extra, other, keys)

    return expanding


def _run(
    arg: Any, keys: dict[str, Any], window: Any, name: str, extra: list[Any], other: Any, named: Any
) -> Any:
    data = _given(arg)
    if keys.get("freq"):
        data = data.resample(modern(keys["freq"])).mean()
    settings = {key: named[key] for key in ("ddof", "pairwise") if key in named}
    if name == "apply":
        settings["raw"] = True  # the function has always been given arrays
    if other is not None:
        settings["other"] = other
    return _back(arg, getattr(window(data), name)(*extra, **settings))


def _weighted(name: str) -> Any:
    def weighted(arg: Any, *args: Any, **named: Any) -> Any:
        rest, settings = list(args), {}
        if _two(name) and rest:
            settings["other"] = rest.pop(0)
        keys = (
            dict(zip(("com", "span", "halflife", "min_periods", "freq", "adjust"), rest, strict=False))
            | named
        )
        known = {
            key: keys[key]
            for key in ("com", "span", "halflife", "alpha", "min_periods", "adjust", "ignore_na")
            if keys.get(key) is not None
        }
        if name in ("std", "var", "cov"):
            settings["bias"] = keys.get("bias", False)
        return _back(arg, getattr(_given(arg).ewm(**known), name)(**settings))

    return weighted


def _shaped(
    arg: Any,
    window: Any = None,
    win_type: Any = None,
    min_periods: Any = None,
    freq: Any = None,
    center: bool = False,
    mean: bool = True,
    **named: Any,
) -> Any:
    rolling = _given(arg).rolling(window, win_type=win_type, min_periods=min_periods, center=center)
    return _back(arg, rolling.mean(**named) if mean else rolling.sum(**named))
