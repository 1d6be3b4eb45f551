"""Values of two columns in one type, none of them changed; or a sentence that names the column."""

from __future__ import annotations

import pyarrow as pa

from modules.sdk.errors import ModuleError
from modules.sdk.exact import floats, inexact, whole

Pair = tuple[pa.ChunkedArray, pa.ChunkedArray]
UNITS = ("s", "ms", "us", "ns")


def as_numbers(name: str, one: pa.ChunkedArray, two: pa.ChunkedArray) -> Pair:
    """Integers and floats together: floats where these hold every value, else integers. ModuleError where
    neither type does.

    >>> [str(data.type) for data in as_numbers("x", pa.chunked_array([[1]]), pa.chunked_array([[0.5]]))]
    ['double', 'double']
    """
    if pa.types.is_integer(one.type) and pa.types.is_integer(two.type):
        return _integers(name, one, two)
    fractions = _as_floats(one), _as_floats(two)
    if fractions[0] is not None and fractions[1] is not None:
        return fractions[0], fractions[1]
    integers = _as_integers(one), _as_integers(two)
    if integers[0] is not None and integers[1] is not None:
        return integers[0], integers[1]
    large = one if pa.types.is_integer(one.type) else two
    number = large.filter(pa.array(inexact(large)))[0].as_py()
    raise ModuleError(
        f"Column {name} has the whole number {number}, which no floating point number is equal to, and "
        "fractions to stand beside it. Edit Metadata can make the column text, which keeps both."
    )


def _integers(name: str, one: pa.ChunkedArray, two: pa.ChunkedArray) -> Pair:
    for to in (pa.int64(), pa.uint64()):
        try:
            return one.cast(to), two.cast(to)
        except pa.ArrowInvalid:
            continue
    raise ModuleError(
        f"Column {name} has negative numbers and numbers above {2**63 - 1:,}, which no type of integer holds "
        "together. Edit Metadata can make the column text."
    )


def _as_floats(data: pa.ChunkedArray) -> pa.ChunkedArray | None:
    return data.cast(pa.float64()) if pa.types.is_floating(data.type) else floats(data)


def _as_integers(data: pa.ChunkedArray) -> pa.ChunkedArray | None:
    try:
        return whole(data) if pa.types.is_floating(data.type) else data.cast(pa.int64())
    except pa.ArrowInvalid:
        return None


def as_times(name: str, one: pa.ChunkedArray, two: pa.ChunkedArray) -> Pair:
    """Datetimes or timedeltas of one unit: the finer one, or the coarser if only that holds every value."""
    finer = max(one.type.unit, two.type.unit, key=UNITS.index)
    for unit in UNITS[UNITS.index(finer) :: -1]:
        try:
            return _in_unit(one, unit), _in_unit(two, unit)
        except pa.ArrowInvalid:
            continue
    raise ModuleError(
        f"Column {name} has times too far apart and too fine to stand together: nanoseconds reach from 1677 "
        "to 2262 only. Edit Metadata can make the column text."
    )


def _in_unit(data: pa.ChunkedArray, unit: str) -> pa.ChunkedArray:
    arrow = data.type
    return data.cast(pa.timestamp(unit, arrow.tz) if pa.types.is_timestamp(arrow) else pa.duration(unit))
