"""A column in another type: every value is taken along, or the first that cannot be is named."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from modules.sdk.column import Column
from modules.sdk.errors import ModuleError
from modules.sdk.storable import storable

TRUE, FALSE = ("true", "yes", "t", "1"), ("false", "no", "f", "0")
WORDS: dict[str | None, bool | None] = {
    **dict.fromkeys(TRUE, True),
    **dict.fromkeys(FALSE, False),
    None: None,
}
ARTICLES = {
    "integer": "an integer",
    "float": "a number",
    "boolean": "true or false",
    "datetime": "a date",
    "timedelta": "a time span",
    "string": "text",
}


def cast(column: Column, to: str) -> Column:
    """The column as `to`: string, integer, float, boolean, datetime or timedelta.

    Text is read as people write it: `1e5`, `true`, `2020-01-31`, `1 days 02:00:00`. A fraction is no
    integer, and neither is a date. ModuleError names the first value that does not fit, and its row.

    >>> cast(Column("x", pa.chunked_array([["1", None, "3"]])), "integer").data.to_pylist()
    [1, None, 3]
    """
    if column.type == to:
        return column
    data = storable(column.data)
    if pa.types.is_dictionary(data.type):
        data = data.cast(data.type.value_type)
    convert = TO[to]
    try:
        return Column(column.name, convert(data))
    except (pa.ArrowException, ValueError, TypeError, OverflowError):
        raise _refusal(column.name, data, to, convert) from None


def categorical(column: Column) -> Column:
    """The column with its distinct values as categories, in the order they appear."""
    if column.type == "categorical":
        return column
    return Column(column.name, storable(column.data).dictionary_encode())


def uncategorical(column: Column) -> Column:
    """The column with each category's value in its place."""
    if column.type != "categorical":
        return column
    return Column(column.name, storable(column.data.cast(column.data.type.value_type)))


def _refusal(name: str, data: pa.ChunkedArray, to: str, convert: Callable[..., Any]) -> ModuleError:
    for row, value in enumerate(data.to_pylist(), start=1):
        try:
            convert(pa.chunked_array([pa.array([value], data.type)]))
        except (pa.ArrowException, ValueError, TypeError, OverflowError):
            return ModuleError(f"Column {name}: {str(value)[:80]!r} in row {row} is not {ARTICLES[to]}.")
    return ModuleError(f"Column {name} cannot become {to}.")


def _string(data: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_duration(data.type):
        return pa.chunked_array(
            [
                pa.array(
                    pd.Series(data.to_pandas()).astype(str).to_numpy(object),
                    pa.large_string(),
                    mask=data.is_null().to_numpy(),
                )
            ]
        )
    if pa.types.is_large_binary(data.type):
        return data.cast(pa.large_string())  # refuses what is no UTF-8
    return data.cast(pa.large_string())


def _integer(data: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_large_string(data.type):
        text = pc.utf8_trim_whitespace(data)
        try:
            return text.cast(pa.int64())
        except pa.ArrowInvalid:
            return text.cast(pa.float64()).cast(pa.int64())
    _numeric(data)
    return data.cast(pa.int64())


def _float(data: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_large_string(data.type):
        data = pc.utf8_trim_whitespace(data)
    else:
        _numeric(data)
        data = data.cast(pa.int64()) if pa.types.is_boolean(data.type) else data
    return storable(data.cast(pa.float64(), safe=False))


def _boolean(data: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_large_string(data.type):
        words = pc.utf8_lower(pc.utf8_trim_whitespace(data)).to_pylist()
        if any(word not in WORDS for word in words):
            raise ValueError
        return pa.chunked_array([pa.array([WORDS[word] for word in words], pa.bool_())])
    _numeric(data)
    return data.cast(pa.bool_())


def _datetime(data: pa.ChunkedArray) -> pa.ChunkedArray:
    if not pa.types.is_large_string(data.type):
        raise TypeError
    try:
        return pc.utf8_trim_whitespace(data).cast(pa.timestamp("us"))
    except pa.ArrowInvalid:
        parsed = pd.to_datetime(pd.Series(data.to_pylist(), dtype=object), format="mixed")
        if not pd.api.types.is_datetime64_any_dtype(parsed):
            raise
        return pa.chunked_array([pa.array(parsed, from_pandas=True)])


def _timedelta(data: pa.ChunkedArray) -> pa.ChunkedArray:
    if not pa.types.is_large_string(data.type):
        raise TypeError
    spans = pd.to_timedelta(pd.Series(data.to_pylist(), dtype=object))
    return pa.chunked_array([pa.array(spans, pa.duration("us"), from_pandas=True)])


def _numeric(data: pa.ChunkedArray) -> None:
    arrow = data.type
    if not (pa.types.is_integer(arrow) or pa.types.is_floating(arrow) or pa.types.is_boolean(arrow)):
        raise TypeError


TO: dict[str, Callable[[pa.ChunkedArray], pa.ChunkedArray]] = {
    "string": _string,
    "integer": _integer,
    "float": _float,
    "boolean": _boolean,
    "datetime": _datetime,
    "timedelta": _timedelta,
}
