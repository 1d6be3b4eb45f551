"""The Arrow types a stored column may have, and how every other one becomes one of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from modules.sdk.json_text import json_text

FLOAT_DIGITS = 15
"""So many digits of a decimal number always come back from a float."""

Convert = Callable[[pa.ChunkedArray], pa.ChunkedArray]
Rule = tuple[Callable[[pa.DataType], bool], Convert]


def storable(data: pa.ChunkedArray) -> pa.ChunkedArray:
    """The same data in a type that is stored; data that are fine already are not copied.

    Stored are: integers of 8 to 64 bits, float32 and float64 (NaN is missing), boolean,
    large_string, large_binary, timestamp, duration, and dictionaries of these with distinct
    values. Dates become timestamps; decimals floats, or integers where they are whole by type and
    fit, or text where a float would lose digits; times of day, lists and structs text.

    >>> str(storable(pa.chunked_array([["a", None]])).type)
    'large_string'
    """
    return _converter(data.type)(data)


@lru_cache(maxsize=256)
def _converter(arrow: pa.DataType) -> Convert:
    return next((convert for applies, convert in RULES if applies(arrow)), _text)


def without_nan(data: pa.ChunkedArray) -> pa.ChunkedArray:
    """Float data with missing in place of NaN; the very same where there is none."""
    nan = pc.is_nan(data)
    if not pc.any(nan, min_count=0).as_py():
        return data
    return pc.if_else(pc.fill_null(nan, False), pa.scalar(None, data.type), data)


def _decimal(data: pa.ChunkedArray) -> pa.ChunkedArray:
    if data.type.scale == 0:
        try:
            return data.cast(pa.int64())
        except pa.ArrowInvalid:
            pass
    text = data.cast(pa.large_string())
    floats = text.cast(pa.float64())  # from decimals Arrow rounds less well: 2.55 would be 2.5500000000000003
    if data.type.precision <= FLOAT_DIGITS:
        return floats
    try:
        exact = pc.all(pc.equal(floats.cast(pa.string()).cast(data.type), data), min_count=0).as_py()
    except pa.ArrowInvalid:
        exact = False
    return floats if exact else text


def one_piece(data: pa.ChunkedArray) -> pa.Array:
    """The data as one array; copied only where they lie in several chunks."""
    if data.num_chunks == 1:
        return data.chunk(0)
    if data.num_chunks == 0:
        return pa.array([], data.type)
    if pa.types.is_dictionary(data.type):
        data = data.unify_dictionaries()
    return data.combine_chunks()


def _dictionary(data: pa.ChunkedArray) -> pa.ChunkedArray:
    array = one_piece(data)
    values = one_piece(storable(pa.chunked_array([array.dictionary])))
    distinct = pc.unique(values.drop_null())
    if len(distinct) == len(values):
        if values.type == data.type.value_type:
            return data
        codes = array.indices
    else:
        codes = pc.index_in(values.take(array.indices), distinct)
    return pa.chunked_array([pa.DictionaryArray.from_arrays(codes, distinct, ordered=data.type.ordered)])


def _text(data: pa.ChunkedArray) -> pa.ChunkedArray:
    """Anything as text: what Arrow can cast, else each value as JSON."""
    try:
        return data.cast(pa.large_string())
    except (pa.ArrowNotImplementedError, pa.ArrowInvalid):
        texts = [None if value is None else json_text(value) for value in data.to_pylist()]
        return pa.chunked_array([pa.array(texts, pa.large_string())])


def _time_of_day(data: pa.ChunkedArray) -> pa.ChunkedArray:
    """As Python and a workbook have it: 07:30:00, with a fraction where there is one."""
    return pc.replace_substring_regex(data.cast(pa.large_string()), r"\.0+$", "")


def _cast(to: pa.DataType) -> Callable[[pa.ChunkedArray], pa.ChunkedArray]:
    return lambda data: data.cast(to)


def _same(data: pa.ChunkedArray) -> pa.ChunkedArray:
    return data


def _decoded(data: pa.ChunkedArray) -> pa.ChunkedArray:
    return storable(
        pa.chunked_array([pc.run_end_decode(chunk) for chunk in data.chunks], data.type.value_type)
    )


def _extension(data: pa.ChunkedArray) -> pa.ChunkedArray:
    return storable(data.cast(data.type.storage_type))


def _is(*names: str) -> Callable[[pa.DataType], bool]:
    checks: list[Any] = [getattr(pa.types, f"is_{name}") for name in names]
    return lambda arrow: any(check(arrow) for check in checks)


RULES: list[Rule] = [
    (_is("float16"), lambda data: without_nan(data.cast(pa.float32()))),
    (_is("floating"), without_nan),
    (_is("integer", "boolean", "large_string", "large_binary", "timestamp", "duration"), _same),
    (_is("string", "string_view"), _cast(pa.large_string())),
    (_is("binary", "binary_view", "fixed_size_binary"), _cast(pa.large_binary())),
    (_is("date32"), _cast(pa.timestamp("s"))),
    (_is("date64"), _cast(pa.timestamp("ms"))),
    (_is("time"), _time_of_day),
    (_is("decimal"), _decimal),
    (_is("null"), _cast(pa.float64())),
    (_is("dictionary"), _dictionary),
    (_is("run_end_encoded"), _decoded),
    (lambda arrow: isinstance(arrow, pa.BaseExtensionType), _extension),
]
