r"""The conditions of Split Data: `\"Year" > 2010 & < 2015` and `\"Name" ^Mc`, as in ML Studio (classic)."""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from modules.sdk.casting import cast, uncategorical
from modules.sdk.column import Column
from modules.sdk.comparing import COMPARE, compare_integers, parsed
from modules.sdk.errors import ModuleError
from modules.sdk.values import Table

COLUMN = re.compile(r'\s*(?:\\?"(?P<name>[^"]+)"|\(\\(?P<index>\d+)\))')
CONDITION = re.compile(r'\s*(>=|<=|==|!=|<>|>|<|=)\s*("[^"]*"|[^&|"]+?)\s*$')
SIGNS = {
    ">": "gt",
    ">=": "ge",
    "<": "lt",
    "<=": "le",
    "=": "eq",
    "==": "eq",
    "!=": "ne",
    "<>": "ne",
}


class Parsed(NamedTuple):
    """The column a condition is about, and the text after it."""

    column: Column
    rest: str


def matches_pattern(table: Table, expression: str) -> np.ndarray:
    """A mask: the rows whose value in the column has the pattern somewhere in it."""
    column, pattern = _parse(table, expression, "regular_expression", r'\"Column" ^pattern')
    try:
        search = re.compile(pattern).search
    except re.error as error:
        raise ModuleError(
            f"The pattern {pattern!r} is not a regular expression: {error}.", param="regular_expression"
        ) from None
    texts = cast(column, "string").data.cast(pa.large_string()).dictionary_encode().unify_dictionaries()
    found = [False]
    if texts.num_chunks:
        found = [search(text) is not None for text in texts.chunk(0).dictionary.to_pylist()] + [False]
    indices = pa.chunked_array([chunk.indices for chunk in texts.chunks], pa.int32())
    return np.array(found)[indices.fill_null(-1).to_numpy()]


def meets_condition(table: Table, expression: str) -> np.ndarray:
    """A mask: the rows whose value meets the comparisons; `&` binds closer than `|`."""
    column, rest = _parse(table, expression, "relational_expression", r'\"Column" > 10')
    column = uncategorical(column)
    met = np.zeros(len(table), dtype=bool)
    for alternative in rest.split("|"):
        masks = [_compared(column, part) for part in alternative.split("&")]
        met |= np.logical_and.reduce(masks)
    return met


def _parse(table: Table, expression: str, param: str, example: str) -> Parsed:
    found = COLUMN.match(expression)
    if not found:
        raise ModuleError(f"The expression must begin with a column, for example {example}.", param=param)
    rest = expression[found.end() :].strip()
    if not rest:
        raise ModuleError(
            f"The expression says nothing after its column; for example {example}.", param=param
        )
    if found["name"] is not None:
        if not table.has(found["name"]):
            raise ModuleError(
                f"There is no column {found['name']!r}; there are: {', '.join(table.names[:20])}.",
                param=param,
            )
        return Parsed(table.column(found["name"]), rest)
    index = int(found["index"])
    if index >= len(table.columns):
        raise ModuleError(
            f"There is no column number {index}; columns count from 0 to {len(table.columns) - 1}.",
            param=param,
        )
    return Parsed(table.columns[index], rest)


def _compared(column: Column, text: str) -> np.ndarray:
    found = CONDITION.match(text)
    if not found:
        raise ModuleError(
            f"{text.strip()!r} is not a comparison; write for example > 10, or <= 30 & != 20.",
            param="relational_expression",
        )
    sign, value = found[1], found[2].strip('"')
    given = Column(column.name, pa.chunked_array([pa.array([value], pa.large_string())]))
    try:
        if column.type == "integer":
            return compare_integers(column.data, SIGNS[sign], parsed(value)).to_numpy()
        wanted = cast(given, column.type).data[0]
    except (ModuleError, KeyError, ValueError):
        hint = " Write a date like 2020-01-31." if column.type == "datetime" else ""
        raise ModuleError(
            f"{value!r} cannot be compared with column {column.name}, which is {column.type}.{hint}",
            param="relational_expression",
        ) from None
    if pa.types.is_timestamp(column.data.type):
        wanted = wanted.cast(column.data.type) if column.data.type.tz is None else _zoned(wanted, column)
    mask = COMPARE[SIGNS[sign]](column.data, wanted)
    return mask.fill_null(False).to_numpy()


def _zoned(wanted: pa.Scalar, column: Column) -> pa.Scalar:
    """A date without a zone is meant in the column's own."""
    array = pc.assume_timezone(pa.array([wanted.as_py()], pa.timestamp("us")), column.data.type.tz)
    return array[0]
