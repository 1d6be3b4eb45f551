"""Columns of two tables as types that can be compared."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from modules.look.cells import cells
from modules.sdk.column import Column
from modules.sdk.storable import storable

NUMBERS = ("integer", "float")
TEXTS = ("string", "categorical")


def plain(column: Column) -> pa.ChunkedArray:
    """The column as one of its own type compares: categories by their values, numbers of a kind alike."""
    data = storable(column.data)
    if pa.types.is_dictionary(data.type):
        data = data.cast(data.type.value_type)
    if pa.types.is_signed_integer(data.type):
        return data.cast(pa.int64())
    if pa.types.is_floating(data.type):
        return data.cast(pa.float64())
    if pa.types.is_timestamp(data.type) or pa.types.is_duration(data.type):
        return data.cast(pa.int64()) if data.type.unit == "ns" else _nanoseconds(data)
    return data


def _nanoseconds(data: pa.ChunkedArray) -> pa.ChunkedArray:
    make = pa.duration if pa.types.is_duration(data.type) else pa.timestamp
    try:
        return data.cast(make("ns")).cast(pa.int64())
    except pa.ArrowInvalid:  # years that nanoseconds cannot count
        return data.cast(pa.large_string())


def alike(old: Column, new: Column) -> tuple[pa.ChunkedArray, pa.ChunkedArray]:
    """The columns as they compare with one another: of two types, numbers as floats, everything else as text.

    An integer that no float equals is NaN, which equals none: 2**53 + 1 is not the 2**53 it became.
    """
    left, right = plain(old), plain(new)
    if left.type == right.type and (old.type == new.type or {old.type, new.type} <= set(TEXTS)):
        return left, right
    if old.type in NUMBERS and new.type in NUMBERS and (old.type, new.type) != ("integer", "integer"):
        return _float(plain(old)), _float(plain(new))
    return _texts(old), _texts(new)


def _float(data: pa.ChunkedArray) -> pa.ChunkedArray:
    floats = data.cast(pa.float64(), safe=False)
    if not pa.types.is_integer(data.type):
        return floats
    return pc.if_else(pc.equal(floats.cast(data.type, safe=False), data), floats, float("nan"))


def _texts(column: Column) -> pa.ChunkedArray:
    """As they are written: a day without its midnight, true and false in small letters."""
    data = plain(column) if column.type in TEXTS else storable(column.data)
    if pa.types.is_large_string(data.type):
        return pc.replace_substring_regex(data, r"^(\d{4}-\d\d-\d\d) (\d\d:\d\d)", r"\1T\2")
    written = pa.chunked_array([pa.array(map(_text, cells(data)), pa.large_string())])
    return pc.replace_substring_regex(written, r"^(\d{4}-\d\d-\d\d)T00:00:00Z?$", r"\1")


def _text(value: Any) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    return None if value is None else str(value)
