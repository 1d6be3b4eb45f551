"""Columns of Python objects: the one column type all of them have, or text with a note."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal
from math import isfinite
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from modules.sdk.column import Column
from modules.sdk.json_text import NESTED, json_text
from modules.sdk.storable import one_piece, storable

LONG = "numbers with more digits than a float holds become text, so that none is lost"


def from_objects(name: str, values: np.ndarray) -> Column:
    """A column of what the objects are: all of one kind keep it, mixed ones become text.

    Whole numbers and fractions together are floats, and so are Decimals; they are text where a float
    would not hold each of them exactly. Lists and dicts become JSON. A column with nothing in it is text.
    """
    missing = pd.isna(values)
    kind = pd.api.types.infer_dtype(values, skipna=True)
    if kind.startswith("mixed") and missing.any():  # NaT among text, for example
        kind = pd.api.types.infer_dtype(values[~missing])
    convert = KINDS.get(kind)
    if convert is not None:
        try:
            data = pa.chunked_array([convert(values, missing)])
            return Column(name, data, note=LONG if _is_text(data) and convert is _decimals else None)
        except (pa.ArrowException, TypeError, ValueError, OverflowError):
            pass
    return Column(name, text_of(values, missing), note=_why(kind, values, missing))


def text_of(values: np.ndarray, missing: np.ndarray | None = None) -> pa.ChunkedArray:
    """Each object as `str` shows it, nested ones as JSON; one that cannot be shown is named by its class."""
    missing = pd.isna(values) if missing is None else missing
    texts = [None if gone else cell_text(value) for value, gone in zip(values, missing, strict=True)]
    return pa.chunked_array([pa.array(texts, pa.large_string())])


def cell_text(value: Any) -> str:
    """As `safe_text`; what is nested as JSON, in which a table of any other origin has it too."""
    if isinstance(value, NESTED):
        with suppress(ValueError, RecursionError):
            return safe_text(json_text(value))
    return safe_text(value)


def safe_text(value: Any) -> str:
    """`str(value)` in valid Unicode, also where the object raises when it is printed."""
    try:
        text = str(value)
        return text.encode("utf-8", "replace").decode("utf-8")
    except Exception:
        return f"<{type(value).__name__} that cannot be shown>"


def _why(kind: str, values: np.ndarray, missing: np.ndarray) -> str:
    if kind == "integer":
        return "whole numbers beyond 64 bits become text"
    if kind == "mixed-integer-float":
        return "whole numbers too long for a float, among fractions, become text"
    if kind == "string":
        return "text with invalid characters (lone surrogates) was repaired"
    if kind == "datetime" and len({value.tzinfo is None for value in values[~missing]}) > 1:
        return "datetimes with and without a time zone together become text"
    types: dict[str, int] = {}
    for value, gone in zip(values, missing, strict=True):
        if not gone:
            types[type(value).__name__] = types.get(type(value).__name__, 0) + 1
    most = sorted(types.items(), key=lambda item: -item[1])
    if len(most) == 1:
        nested = isinstance(values[~missing][0], NESTED)
        return f"objects of type {most[0][0]} become {'JSON' if nested else 'text'}"
    shown = ", ".join(f"{count} {name}" for name, count in most[:4]) + (", …" if len(most) > 4 else "")
    return f"mixed objects ({shown}) become text"


def _is_text(data: pa.ChunkedArray) -> bool:
    return bool(pa.types.is_large_string(data.type))


def _typed(arrow: pa.DataType) -> Callable[[np.ndarray, np.ndarray], pa.Array]:
    return lambda values, missing: pa.array(values, arrow, mask=missing)


def _integers(values: np.ndarray, missing: np.ndarray) -> pa.Array:
    try:
        return pa.array(values, pa.int64(), mask=missing)
    except OverflowError:
        return pa.array(values, pa.uint64(), mask=missing)


def _decimals(values: np.ndarray, missing: np.ndarray) -> pa.Array:
    """Decimals, alone or among other numbers, as from a file: floats where these hold each one exactly,
    else text."""
    present = [_decimal(value) for value in values[~missing]]
    if not all(value.is_finite() for value in present):
        return _floats(values, missing)
    numbers = np.full(len(values), None, dtype=object)
    numbers[~missing] = present
    stored = storable(pa.chunked_array([pa.array(numbers)]))
    return one_piece(text_of(values, missing) if _is_text(stored) else stored)


def _decimal(value: Any) -> Decimal:
    if isinstance(value, float | np.floating):
        return Decimal(repr(float(value)))
    if isinstance(value, bool) or not isinstance(value, Decimal | int | np.integer):
        raise ValueError("not all are numbers")
    return Decimal(int(value)) if isinstance(value, np.integer) else Decimal(value)


def _floats(values: np.ndarray, missing: np.ndarray) -> pa.Array:
    numbers = np.full(len(values), np.nan)
    numbers[~missing] = [_exact(value) for value in values[~missing]]
    return pa.array(numbers, from_pandas=True)


def _exact(value: Any) -> float:
    number = float(value)
    if isinstance(value, int | Decimal) and isfinite(number) and number != value:
        raise ValueError(f"{value} is not a float")
    return number


def _datetimes(values: np.ndarray, missing: np.ndarray) -> pa.Array:
    """Dates, datetimes and Timestamps. Several zones become UTC; with and without zone is mixed."""
    present = [_datetime(value) for value in values[~missing]]
    zones = {value.tzinfo for value in present}
    series = pd.Series(pd.to_datetime(present, utc=len(zones) > 1 and None not in zones))
    if not isinstance(series.dtype, pd.DatetimeTZDtype) and series.dtype.kind != "M":
        raise ValueError("zones differ")
    whole = series.reindex(np.where(missing, -1, np.cumsum(~missing) - 1))
    return pa.array(whole, from_pandas=True)


def _datetime(value: Any) -> Any:
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return dt.datetime(value.year, value.month, value.day)
    return pd.Timestamp(value) if isinstance(value, np.datetime64) else value


def _timedeltas(values: np.ndarray, missing: np.ndarray) -> pa.Array:
    return pa.array(pd.Series(pd.to_timedelta(pd.Series(values).mask(missing, pd.NaT))), from_pandas=True)


KINDS: dict[str, Callable[[np.ndarray, np.ndarray], pa.Array]] = {
    "boolean": _typed(pa.bool_()),
    "integer": _integers,
    "floating": _floats,
    "mixed-integer-float": _floats,
    "decimal": _decimals,
    "mixed-integer": _decimals,
    "mixed": _decimals,
    "string": _typed(pa.large_string()),
    "empty": _typed(pa.large_string()),
    "bytes": _typed(pa.large_binary()),
    "date": _datetimes,
    "datetime": _datetimes,
    "datetime64": _datetimes,
    "timedelta": _timedeltas,
    "timedelta64": _timedeltas,
}
