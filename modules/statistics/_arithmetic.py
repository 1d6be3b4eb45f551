"""Sums, products and comparisons of columns: exact where both sides are integers, every digit of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from modules.sdk.comparing import COMPARE, compare_integers

EXACT: Mapping[str, Callable[[Any, Any], Any]] = {
    "Add": pc.add_checked,
    "Subtract": pc.subtract_checked,
    "Multiply": pc.multiply_checked,
    "PairMax": pc.max_element_wise,
    "PairMin": pc.min_element_wise,
}
OF_FLOATS: Mapping[str, Callable[[Any, Any], Any]] = {
    **EXACT,
    "Add": pc.add,
    "Subtract": pc.subtract,
    "Multiply": pc.multiply,
    "Divide": pc.divide,
}
COMPARISONS = {
    "EqualTo": "eq",
    "NotEqualTo": "ne",
    "GreaterThan": "gt",
    "GreaterThanOrEqualTo": "ge",
    "LessThan": "lt",
    "LessThanOrEqualTo": "le",
}


def computed(function: str, left: pa.ChunkedArray, right: Any) -> pa.ChunkedArray:
    """Of numbers, `right` a column or one number, where each side has one. A result that no 64-bit integer
    holds makes the column floats.

    >>> computed("Add", pa.chunked_array([[2**60 + 1, None]]), 1.0).to_pylist() == [2**60 + 2, None]
    True
    """
    whole = _as_integers(left), _as_integers(right)
    if function in EXACT and whole[0] is not None and whole[1] is not None:
        try:
            return _both(EXACT[function], *whole)
        except pa.ArrowInvalid:
            print(f"warning: {function} has results too large for integers; they are floats")
    with np.errstate(all="ignore"):
        return _both(OF_FLOATS[function], _as_floats(left), _as_floats(right))


def compared(function: str, left: pa.ChunkedArray, right: Any) -> pa.ChunkedArray:
    """A column of Booleans; missing where one side is.

    >>> compared("GreaterThan", pa.chunked_array([[2**53 + 1, None]]), 2.0**53).to_pylist()
    [True, None]
    """
    op = COMPARISONS[function]
    if not isinstance(right, pa.ChunkedArray):
        if pa.types.is_integer(left.type):
            mask = compare_integers(left, op, right)
            return pc.if_else(pc.is_valid(left), mask, pa.scalar(None, pa.bool_()))
        return COMPARE[op](_as_floats(left), right)
    whole = _as_integers(left), _as_integers(right)
    if whole[0] is not None and whole[1] is not None:
        return COMPARE[op](*whole)
    return COMPARE[op](_as_floats(left), _as_floats(right))


def _both(function: Callable[[Any, Any], Any], left: Any, right: Any) -> pa.ChunkedArray:
    present = pc.is_valid(left)
    if isinstance(right, pa.ChunkedArray):
        present = pc.and_(present, pc.is_valid(right))
    made = function(left, right)
    return pc.if_else(present, made, pa.scalar(None, made.type))


def _as_integers(side: Any) -> Any:
    """As 64-bit integers; None if it has fractions."""
    if isinstance(side, pa.ChunkedArray):
        if pa.types.is_boolean(side.type):
            return side.cast(pa.int64())
        if not pa.types.is_integer(side.type):
            return None
        try:
            return side.cast(pa.int64())
        except pa.ArrowInvalid:  # above 2**63
            return None
    return pa.scalar(int(side), pa.int64()) if float(side).is_integer() and abs(side) < 2**63 else None


def _as_floats(side: Any) -> Any:
    if not isinstance(side, pa.ChunkedArray):
        return pa.scalar(float(side))
    side = side.cast(pa.int8()) if pa.types.is_boolean(side.type) else side
    return side.cast(pa.float64(), safe=False)
