"""Values of a column against one that somebody gives, exactly: no digit is lost on the way."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    "eq": pc.equal,
    "ne": pc.not_equal,
    "lt": pc.less,
    "le": pc.less_equal,
    "gt": pc.greater,
    "ge": pc.greater_equal,
}


def parsed(value: Any) -> int | float:
    """A number, given as such or as text; ValueError otherwise.

    >>> parsed("9007199254740993"), parsed("1e3")
    (9007199254740993, 1000.0)
    """
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise ValueError(value)
    if not isinstance(value, str):
        return value
    if "_" in value:  # Python's 1_000 is no number here
        raise ValueError(value)
    try:
        return int(value)
    except ValueError:
        number = float(value)
        if math.isnan(number):
            raise
        return number


def compare_integers(data: pa.ChunkedArray, op: str, wanted: int | float) -> pa.ChunkedArray:
    """A mask, also against fractions and numbers that no integer column can hold; a missing value passes
    nothing."""
    info = np.iinfo(data.type.to_pandas_dtype())
    low, high = int(info.min), int(info.max)
    if isinstance(wanted, int) or (wanted.is_integer() and low <= wanted <= high):
        place, between = int(wanted), False
    else:  # between two integers, or beyond them all: the one below stands for it
        place = math.floor(min(max(wanted, low - 1), high + 1))
        between = True
    if between and op in ("eq", "ne"):
        return _constant(data, op == "ne")
    op = {"lt": "le", "ge": "gt"}.get(op, op) if between else op
    if not low <= place <= high:
        return _constant(data, op in ("ne", "lt", "le") if place > high else op in ("ne", "gt", "ge"))
    return pc.fill_null(COMPARE[op](data, pa.scalar(place, data.type)), False)


def _constant(data: pa.ChunkedArray, passes: bool) -> pa.ChunkedArray:
    """The same for all values that are present."""
    return pc.and_(pc.is_valid(data), passes)
