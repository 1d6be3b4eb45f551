"""The cells of a call as columns of the types that a service expects.

| column      | what callers may send                                                                |
|-------------|--------------------------------------------------------------------------------------|
| any         | null is missing; an empty text too, but in columns of text and categories            |
| integer     | 5, "5", 5.0; 1.5 and "1.5" are refused                                               |
| float       | any number, its text, "NaN" (missing), "Infinity"                                    |
| boolean     | true, false, their words in any case, yes, no, 1, 0                                  |
| string      | text; a number or a truth value becomes its text                                     |
| datetime    | ISO 8601 and the spellings of `modules.sdk.dates`                                    |
| timedelta   | "P1DT2H", "1 days 02:00:00"                                                          |
| categorical | as the type of its levels; an unknown level is added behind the known ones           |
| binary      | Base64                                                                               |
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from modules.exchange.schema import ServiceColumn
from modules.sdk.casting import ARTICLES, cast
from modules.sdk.column import Column
from modules.sdk.errors import ModuleError
from modules.sdk.storable import one_piece, storable, without_nan

TEXT = pa.large_string()
NOTHING = frozenset({type(None)})
EXPECTED = ARTICLES | {"categorical": "text", "binary": "Base64"}
SHOWN = 80

Cells = Sequence[Any]
REFUSALS = (ModuleError, ValueError, TypeError, OverflowError, pa.ArrowException)


class BadCell(Exception):
    """A cell that does not fit. `row` counts from 0; None where no single cell is to blame."""

    def __init__(self, row: int | None, message: str) -> None:
        super().__init__(message)
        self.row, self.message = row, message


class _Kinds(NamedTuple):
    """Which kinds of values there are in a column, but for null."""

    found: frozenset[type]

    def only(self, *kinds: type) -> bool:
        return self.found <= frozenset(kinds)


def read_cells(cells: Cells, column: ServiceColumn) -> Column:
    """The column of these cells. BadCell names the first that does not fit."""
    kinds = _Kinds(frozenset(map(type, cells)) - NOTHING)
    try:
        return Column(column.name, pa.chunked_array([_array(cells, kinds, column)]))
    except REFUSALS as error:
        raise _blame(cells, column, error) from None


def fit_column(column: Column, wanted: ServiceColumn) -> Column:
    """A column that came typed (Arrow), as the type that is expected. BadCell names what does not fit."""
    data = storable(column.data)
    try:
        if wanted.type == "categorical":
            values = data.cast(data.type.value_type) if pa.types.is_dictionary(data.type) else data
            typed = cast(Column(wanted.name, values), wanted.level_type)
            return Column(wanted.name, pa.chunked_array([_categories(one_piece(typed.data), wanted)]))
        given = Column(wanted.name, data)
        if wanted.type == "float" and pa.types.is_integer(data.type):
            return replace(given, data=data.cast(pa.float64(), safe=False))
        if wanted.type == "binary" and given.type == "string":
            return Column(wanted.name, data.cast(pa.large_binary()))
        made = cast(given, wanted.type)
        return _zoned(made, wanted) if wanted.type == "datetime" else made
    except ModuleError as error:
        raise BadCell(None, error.message) from None
    except REFUSALS:
        raise BadCell(
            None, f"Column {wanted.name}: {given_type(column)} cannot become {wanted.type}."
        ) from None


def given_type(column: Column) -> str:
    """What the type of a column is called in a message."""
    return f"a column of type {column.type}"


def empty_column(column: ServiceColumn, rows: int) -> Column:
    """A column of that type that is missing in every row."""
    return read_cells([None] * rows, column)


def _blame(cells: Cells, column: ServiceColumn, error: Exception) -> BadCell:
    """The first cell that cannot be read, found by halving."""

    def fits(some: Cells) -> bool:
        try:
            _array(some, _Kinds(frozenset(map(type, some)) - NOTHING), column)
        except REFUSALS:
            return False
        return True

    low, high = 0, len(cells)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if fits(cells[low:middle]) else (low, middle)
    if fits(cells[low:high]):
        return BadCell(None, error.message if isinstance(error, ModuleError) else str(error))
    wanted = column.level_type if column.type == "categorical" else column.type
    return BadCell(low, f"{EXPECTED[wanted]} is expected ({wanted}), but {shown(cells[low])} came")


def shown(value: Any) -> str:
    """A cell as a message shows it, cut."""
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "a list"
    text = (
        f'"{value}"'
        if isinstance(value, str)
        else str(value).lower()
        if isinstance(value, bool)
        else repr(value)
    )
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def _array(cells: Cells, kinds: _Kinds, column: ServiceColumn) -> pa.Array:
    if column.type == "categorical":
        plain = READ[column.level_type](cells, kinds)
        return _categories(plain, column)
    made = READ[column.type](cells, kinds)
    if column.type == "datetime":
        return one_piece(_zoned(Column(column.name, pa.chunked_array([made])), column).data)
    return made


def _categories(values: pa.Array, column: ServiceColumn) -> pa.Array:
    """The values with the known levels first, in their order, and unknown ones behind them."""
    if column.levels is None:
        return values.dictionary_encode()
    given = Column("", pa.chunked_array([pa.array(column.levels, TEXT)]))
    known = one_piece(cast(given, column.level_type).data)
    if known.type != values.type:
        known = known.cast(values.type)
    new = pc.unique(values.drop_null())
    new = new.filter(pc.invert(pc.is_in(new, known)))
    levels = pa.concat_arrays([known, new])
    return pa.DictionaryArray.from_arrays(pc.index_in(values, levels), levels, ordered=column.ordered)


def _zoned(column: Column, wanted: ServiceColumn) -> Column:
    """Datetimes with a zone where the service's have one, without where they have none (then in UTC)."""
    data, zone = column.data, wanted.zone
    if data.type.tz == zone:
        return column
    if data.type.tz is None:
        return replace(
            column, data=pc.assume_timezone(data, zone, ambiguous="earliest", nonexistent="latest")
        )
    return replace(column, data=data.cast(pa.timestamp(data.type.unit, zone)))


def _texts(cells: Cells, kinds: _Kinds) -> pa.Array:
    """The cells as text; TypeError where one is an object or a list."""
    if kinds.only(str):
        return pa.array(cells, TEXT)
    if not kinds.only(str, int, float, bool):
        raise TypeError("a list or an object")
    return pa.array([None if cell is None else str(cell) for cell in cells], TEXT)


def _written(cells: Cells, kinds: _Kinds) -> pa.Array:
    """The cells as trimmed text, with missing in place of empty ones."""
    text = pc.utf8_trim_whitespace(_texts(cells, kinds))
    return pc.if_else(pc.equal(pc.binary_length(text), 0), pa.scalar(None, TEXT), text)


def _by_cast(to: str) -> Callable[[Cells, _Kinds], pa.Array]:
    def read(cells: Cells, kinds: _Kinds) -> pa.Array:
        return one_piece(cast(Column("", pa.chunked_array([_written(cells, kinds)])), to).data)

    return read


def _integers(cells: Cells, kinds: _Kinds) -> pa.Array:
    if kinds.only(int):
        return pa.array(cells, pa.int64())
    if bool in kinds.found:
        raise TypeError("a truth value")
    if kinds.only(float) and not all(cell is None or cell.is_integer() for cell in cells):
        raise ValueError("a fraction")
    return _by_cast("integer")(cells, kinds)


def _floats(cells: Cells, kinds: _Kinds) -> pa.Array:
    if bool in kinds.found:
        raise TypeError("a truth value")
    if kinds.only(int, float):
        try:
            made = pa.array(cells, pa.float64())
        except pa.ArrowInvalid:  # an integer beyond 64 bits
            made = pa.array([None if cell is None else float(cell) for cell in cells], pa.float64())
        if pc.any(pc.is_inf(made), min_count=0).as_py():
            raise ValueError("a number beyond those that there are")
        return made
    return one_piece(without_nan(pa.chunked_array([_written(cells, kinds).cast(pa.float64())])))


def _booleans(cells: Cells, kinds: _Kinds) -> pa.Array:
    return pa.array(cells, pa.bool_()) if kinds.only(bool) else _by_cast("boolean")(cells, kinds)


def _datetimes(cells: Cells, kinds: _Kinds) -> pa.Array:
    if not kinds.only(str):
        raise TypeError("no text")
    return _by_cast("datetime")(cells, kinds)


def _spans(cells: Cells, kinds: _Kinds) -> pa.Array:
    if not kinds.only(str):
        raise TypeError("no text")
    return _by_cast("timedelta")(cells, kinds)


def _bytes(cells: Cells, kinds: _Kinds) -> pa.Array:
    if not kinds.only(str):
        raise TypeError("no text")
    try:
        found = [None if cell is None else base64.b64decode(cell, validate=True) for cell in cells]
    except binascii.Error as error:
        raise ValueError(str(error)) from None
    return pa.array(found, pa.large_binary())


READ: dict[str, Callable[[Cells, _Kinds], pa.Array]] = {
    "integer": _integers,
    "float": _floats,
    "boolean": _booleans,
    "string": _texts,
    "datetime": _datetimes,
    "timedelta": _spans,
    "binary": _bytes,
}
