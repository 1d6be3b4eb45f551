"""Conditions on the values of a column: each gives a mask of the rows that meet it. A missing value meets
none but `missing` and `is_not`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Literal

import pyarrow as pa
import pyarrow.compute as pc

from modules.sdk.casting import cast, uncategorical
from modules.sdk.column import Column
from modules.sdk.comparing import COMPARE, compare_integers, parsed
from modules.sdk.errors import ModuleError
from modules.sdk.params import Params, choice, columns, text
from modules.sdk.selection import ColumnSelection
from modules.sdk.storable import storable

Op = Literal[
    "is", "is_not", "less", "at_most", "greater", "at_least", "between", "in_list", "contains", "starts_with",
    "ends_with", "matches", "missing", "present", "in_last_days",
]  # fmt: skip
OPS = {
    "is": "is",
    "is_not": "is not",
    "less": "<",
    "at_most": "≤",
    "greater": ">",
    "at_least": "≥",
    "between": "is between",
    "in_list": "is one of",
    "contains": "contains",
    "starts_with": "starts with",
    "ends_with": "ends with",
    "matches": "matches the pattern",
    "missing": "is missing",
    "present": "is present",
    "in_last_days": "is in the last days",
}
SIGNS = {"is": "eq", "is_not": "ne", "less": "lt", "at_most": "le", "greater": "gt", "at_least": "ge"}
OF_TEXT: Mapping[str, Callable[[pa.ChunkedArray, str], pa.ChunkedArray]] = {
    "contains": pc.match_substring,
    "starts_with": pc.starts_with,
    "ends_with": pc.ends_with,
}
WITHOUT_VALUE = ("missing", "present")
JOINS = {"and": "and", "or": "or"}


class Condition(Params):
    """One condition. `joined_by` says how it is joined to those before it; `and` binds closer than `or`."""

    joined_by: Literal["and", "or"] = choice("and", "Joined to the one above by", JOINS)
    column: ColumnSelection = columns(
        ColumnSelection.none(), "Column", of="dataset", single=True, required=True
    )
    op: Op = choice("is", "Condition", OPS)
    value: str = text(
        "",
        "Value",
        shown_when={"op": [op for op in OPS if op not in WITHOUT_VALUE]},
        placeholder="7, Bonn, 2020-01-31",
    )
    upper: str = text("", "and", shown_when={"op": ["between"]})


def mask_of(column: Column, op: str, value: str, upper: str, param: str, what: str) -> pa.ChunkedArray:
    """The rows that meet the condition; `what` names it in refusals.

    >>> mask_of(Column("x", pa.chunked_array([[1, None, 3]])), "at_least", "2", "", "p", "It").to_pylist()
    [False, False, True]
    """
    if op in WITHOUT_VALUE:
        missing = storable(column.data).is_null()
        return missing if op == "missing" else pc.invert(missing)
    column = uncategorical(Column(column.name, storable(column.data)))
    if op in OF_TEXT:
        return pc.fill_null(OF_TEXT[op](_as_text(column), value), False)
    if op == "matches":
        return _matches(column, value, param, what)
    if op == "in_last_days":
        return _in_last_days(column, value, param, what)
    if op == "in_list":
        return _in_list(column, value, param, what)
    if op == "between":
        low = _compared(column, "ge", value, param, what)
        return pc.and_(low, _compared(column, "le", upper, param, what))
    return _compared(column, SIGNS[op], value, param, what)


def _as_text(column: Column) -> pa.ChunkedArray:
    return column.data if column.type == "string" else cast(column, "string").data


def _compared(column: Column, sign: str, value: str, param: str, what: str) -> pa.ChunkedArray:
    if column.type == "integer":
        try:
            mask = compare_integers(column.data, sign, parsed(value.strip()))
        except ValueError:
            raise _no_value(column, value, param, what) from None
    else:
        mask = pc.fill_null(COMPARE[sign](column.data, typed(column, value, param, what)), False)
    return pc.or_(mask, column.data.is_null()) if sign == "ne" else mask


def typed(column: Column, value: str, param: str, what: str) -> pa.Scalar:
    """What was written, as a value of the column's type; a date without a zone is meant in the column's."""
    if column.type == "string":
        return pa.scalar(value, pa.large_string())
    given = Column(column.name, pa.chunked_array([pa.array([value.strip()], pa.large_string())]))
    try:
        made = cast(given, column.type).data[0]
        if not made.is_valid:
            raise ValueError(value)
        if pa.types.is_timestamp(column.data.type) and column.data.type.tz and not made.type.tz:
            array = pa.array([made.as_py()], pa.timestamp("us"))
            made = pc.assume_timezone(array, column.data.type.tz)[0]
        return made.cast(column.data.type) if pa.types.is_timestamp(column.data.type) else made
    except (ModuleError, KeyError, ValueError, pa.ArrowException):
        raise _no_value(column, value, param, what) from None


def _no_value(column: Column, value: str, param: str, what: str) -> ModuleError:
    hint = {
        "datetime": " Write a date like 2020-01-31.",
        "timedelta": " Write a time span like 1 days 02:00:00.",
        "boolean": " Write true or false.",
    }.get(column.type, "")
    said = f"{value!r} cannot be compared with" if value else "There is no value to compare with"
    return ModuleError(f"{what}: {said} column {column.name}, which is {column.type}.{hint}", param=param)


def _in_list(column: Column, value: str, param: str, what: str) -> pa.ChunkedArray:
    items = [item.strip() for item in re.split(r"\n" if "\n" in value else ",", value) if item.strip()]
    if not items:
        raise ModuleError(f"{what}: the list is empty. Write values with commas between them.", param=param)
    mask = _compared(column, "eq", items[0], param, what)
    if column.type == "string":
        return pc.fill_null(pc.is_in(column.data, pa.array(items, pa.large_string())), False)
    for item in items[1:]:
        mask = pc.or_(mask, _compared(column, "eq", item, param, what))
    return mask


def _matches(column: Column, pattern: str, param: str, what: str) -> pa.ChunkedArray:
    try:
        return pc.fill_null(pc.match_substring_regex(_as_text(column), pattern), False)
    except pa.ArrowInvalid as error:
        said = str(error).removeprefix("Invalid regular expression: ").rstrip(".")
        raise ModuleError(f"{what}: {pattern!r} is not a pattern: {said}.", param=param) from None


def _in_last_days(column: Column, value: str, param: str, what: str) -> pa.ChunkedArray:
    """Counted back from the latest value of the column, so that the same table gives the same rows."""
    if column.type != "datetime":
        raise ModuleError(f"{what}: column {column.name} is {column.type}; days need dates.", param=param)
    try:
        days = float(value)
    except ValueError:
        raise ModuleError(f"{what}: {value!r} is no number of days.", param=param) from None
    latest = pc.max(column.data)
    if not latest.is_valid:
        return pa.chunked_array([pa.array([False] * len(column.data))])
    per_day = {"s": 86_400, "ms": 86_400_000, "us": 86_400_000_000, "ns": 86_400_000_000_000}
    counts = column.data.cast(pa.int64())
    first = latest.cast(pa.int64()).as_py() - int(days * per_day[column.data.type.unit])
    return pc.fill_null(pc.greater_equal(counts, first), False)
