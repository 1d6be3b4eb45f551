"""Which rows pass a filter: `[{"column", "op", "value"}]`, all of which must hold.

| op                | passes                                                                        |
|-------------------|-------------------------------------------------------------------------------|
| eq ne lt le gt ge | compared as the column's type has it; categories with an order go by it       |
| contains          | the value as text has this text in it, whatever the case                      |
| in                | is one of a list                                                              |
| missing, present  | is missing, is not                                                            |

A missing value passes nothing but `missing`, not even `ne`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from modules.look.cells import cells
from modules.sdk.column import Column, type_name
from modules.sdk.comparing import COMPARE, compare_integers, parsed
from modules.sdk.dates import read_dates
from modules.sdk.errors import ModuleError
from modules.sdk.storable import one_piece, storable
from modules.sdk.values import Table

NO_VALUE = 'a value; use "missing" or "present" for missing ones'
OPS = (*COMPARE, "contains", "in", "missing", "present")


def rows_that_pass(table: Table, filters: Iterable[Mapping[str, Any]]) -> pa.ChunkedArray | None:
    """A mask over the rows; None where there is no filter.

    ModuleError for a column that is not there, an unknown op, and a value that does not fit.
    """
    mask = None
    for rule in filters:
        if not isinstance(rule, Mapping) or "column" not in rule or "op" not in rule:
            raise ModuleError('a filter needs "column" and "op", and a "value" for most', param="filter")
        mine = _mask(find_column(table, rule["column"], "filter"), rule["op"], rule.get("value"))
        mask = mine if mask is None else pc.and_(mask, mine)
    return mask


def find_column(table: Table, name: Any, param: str) -> Column:
    """The column of that name; ModuleError that names it otherwise."""
    try:
        return table.column(name)
    except KeyError:
        raise ModuleError(f"there is no column '{name}' in this table", param=param) from None


def _mask(column: Column, op: str, value: Any) -> pa.ChunkedArray:
    data = storable(column.data)
    if op == "missing":
        return pc.is_null(data)
    if op == "present":
        return pc.is_valid(data)
    if op == "contains":
        return pc.fill_null(pc.match_substring(_text(data), str(value), ignore_case=True), False)
    if op == "in":
        if not isinstance(value, list):
            raise _misfit(column, op, value, "a list of values")
        passing = [_compare(column, data, "eq", item) for item in value]
        return _any(passing, len(data))
    if op in COMPARE:
        return _compare(column, data, op, value)
    raise ModuleError(f"'{op}' is not a filter; there are {', '.join(OPS)}", param="filter")


def _any(masks: list[pa.ChunkedArray], rows: int) -> pa.ChunkedArray:
    mask = pa.chunked_array([pa.repeat(pa.scalar(False), rows)])
    for more in masks:
        mask = pc.or_(mask, more)
    return mask


def _compare(column: Column, data: pa.ChunkedArray, op: str, value: Any) -> pa.ChunkedArray:
    if pa.types.is_dictionary(data.type):
        return _compare_category(column, one_piece(data), op, value)
    if pa.types.is_integer(data.type):
        return _compare_integers(column, data, op, value)
    scalar = _scalar(column, data.type, op, value)
    return pc.fill_null(COMPARE[op](data, scalar), False)


def _compare_category(column: Column, data: pa.DictionaryArray, op: str, value: Any) -> pa.ChunkedArray:
    """Compares the few categories once, then looks the rows up."""
    categories = pa.chunked_array([data.dictionary])
    passing = one_piece(_compare(Column(column.name, categories), categories, op, value))
    if data.type.ordered and op not in ("eq", "ne"):
        place = pc.index(_compare(Column(column.name, categories), categories, "eq", value), True).as_py()
        if place < 0:
            raise _misfit(column, op, value, f"one of its categories: {_some(categories)}")
        passing = COMPARE[op](pa.array(range(len(data.dictionary))), place)
    return pa.chunked_array([pc.fill_null(passing.take(data.indices), False)])


def _some(categories: pa.ChunkedArray) -> str:
    shown = [str(value) for value in cells(categories.slice(0, 10))]
    return ", ".join(shown) + (" …" if len(categories) > 10 else "")


def _scalar(column: Column, arrow: pa.DataType, op: str, value: Any) -> pa.Scalar:
    """The value in the column's type; numbers may be given as text."""
    kind = type_name(arrow)
    if value is None:
        raise _misfit(column, op, value, NO_VALUE)
    try:
        return PARSERS[kind](value, arrow)
    except (KeyError, ValueError, TypeError, OverflowError, pa.ArrowException) as error:
        raise _misfit(column, op, value, EXPECTED[kind]) from error


def _number(value: Any, arrow: pa.DataType) -> pa.Scalar:
    number = float(parsed(value))
    if pa.types.is_float32(arrow):  # 0.1 is the value that is shown as 0.1
        with np.errstate(over="ignore"):
            return pa.scalar(np.float32(number), arrow)
    return pa.scalar(number)


def _compare_integers(column: Column, data: pa.ChunkedArray, op: str, value: Any) -> pa.ChunkedArray:
    """Compares exactly, also with fractions and with numbers that no integer column can hold."""
    if value is None:
        raise _misfit(column, op, value, NO_VALUE)
    try:
        wanted = parsed(value)
    except ValueError as error:
        raise _misfit(column, op, value, EXPECTED["integer"]) from error
    return compare_integers(data, op, wanted)


def _boolean(value: Any, arrow: pa.DataType) -> pa.Scalar:
    words = {"true": True, "false": False, "1": True, "0": False}
    return pa.scalar(value if isinstance(value, bool) else words[str(value).strip().lower()])


def _datetime(value: Any, arrow: pa.DataType) -> pa.Scalar:
    """A date whose order is known for certain: one filter alone cannot tell what 1/2/2024 is."""
    read = read_dates(pa.chunked_array([pa.array([str(value)], pa.large_string())]))
    if read.null_count:
        raise ValueError(value)
    unit = _finer(arrow.unit, read.type.unit)
    return read.cast(pa.timestamp(unit, read.type.tz)).cast(pa.timestamp(unit, arrow.tz))[0]


def _finer(one: str, two: str) -> Any:
    return max(one, two, key=["s", "ms", "us", "ns"].index)


def _timedelta(value: Any, arrow: pa.DataType) -> pa.Scalar:
    import pandas as pd  # takes its time: a process that only starts need not wait

    delta = pd.Timedelta(str(value))
    if delta is pd.NaT:
        raise ValueError
    unit = _finer(arrow.unit, delta.unit)
    return pa.scalar(delta.as_unit(unit).to_timedelta64(), pa.duration(unit))


def _bytes(value: Any, arrow: pa.DataType) -> pa.Scalar:
    return pa.scalar(bytes.fromhex(str(value).removeprefix("0x")), arrow)


PARSERS: dict[str, Callable[[Any, pa.DataType], pa.Scalar]] = {
    "float": _number,
    "boolean": _boolean,
    "datetime": _datetime,
    "timedelta": _timedelta,
    "binary": _bytes,
    "string": lambda value, arrow: pa.scalar(str(value), arrow),
}
EXPECTED = {
    "integer": "a number",
    "float": "a number",
    "boolean": "true or false",
    "datetime": "a date or time like 2024-05-31 or 2024-05-31T14:30:00Z",
    "timedelta": "a duration like 1 days 02:03:04",
    "binary": "bytes in hexadecimal",
    "string": "text",
}


def _misfit(column: Column, op: str, value: Any, expected: str) -> ModuleError:
    return ModuleError(
        f"column '{column.name}' is {column.type}: '{op}' needs {expected}, not {value!r}", param="filter"
    )


def _text(data: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_dictionary(data.type):
        data = data.cast(data.type.value_type)
    if pa.types.is_large_string(data.type):
        return data
    if pa.types.is_integer(data.type) or pa.types.is_floating(data.type) or pa.types.is_boolean(data.type):
        return data.cast(pa.large_string())
    return pa.chunked_array([pa.array(cells(data), pa.large_string())])
