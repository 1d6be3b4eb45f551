"""Columns as the texts that classic's forms answer with: every cell a string, missing is null.

Floats come in the shortest form that reads back the same, `True` and `False`, dates and time spans in ISO
8601, bytes in Base64. What is written here `modules.exchange.cells` reads again.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from modules.sdk.storable import one_piece, storable

Texts = list[str | None]

CLASSIC_TYPES = {
    "integer": "Int64",
    "float": "Double",
    "string": "String",
    "boolean": "Boolean",
    "datetime": "DateTime",
    "timedelta": "TimeSpan",
    "categorical": "Categorical",
    "binary": "String",
}
"""What classic calls each of the contract's column types."""


def texts(data: pa.ChunkedArray) -> Texts:
    """The cells of a column as text.

    >>> texts(pa.chunked_array([[1.0, 0.1, None]]))
    ['1', '0.1', None]
    """
    data = storable(data)
    arrow = data.type
    if pa.types.is_dictionary(arrow):
        array = one_piece(data)
        levels = texts(pa.chunked_array([array.dictionary]))
        return [None if code is None else levels[code] for code in array.indices.to_pylist()]
    if pa.types.is_large_string(arrow):
        return data.to_pylist()
    if pa.types.is_floating(arrow):
        return _floats(data)
    return next((write for applies, write in WRITE if applies(arrow)), _cast)(data)


def _cast(data: pa.ChunkedArray) -> Texts:
    return data.cast(pa.large_string()).to_pylist()


def _floats(data: pa.ChunkedArray) -> Texts:
    found = _cast(data)
    if pc.any(pc.is_inf(data), min_count=0).as_py():
        words = {"inf": "Infinity", "-inf": "-Infinity"}
        return [text if text is None else words.get(text, text) for text in found]
    return found


def _booleans(data: pa.ChunkedArray) -> Texts:
    return [None if value is None else str(value) for value in data.to_pylist()]


def _datetimes(data: pa.ChunkedArray) -> Texts:
    """In the column's zone as UTC; fractions of a second only where there are some."""
    counts, unit, zone = data.cast(pa.int64()).to_pylist(), data.type.unit, "Z" if data.type.tz else ""
    return [None if count is None else _datetime(count, unit) + zone for count in counts]


def _datetime(count: int, unit: Any) -> str:
    text = str(np.datetime64(count, unit))
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text


def _spans(data: pa.ChunkedArray) -> Texts:
    counts, unit = data.cast(pa.int64()).to_pylist(), data.type.unit
    return [None if count is None else _span(count, unit) for count in counts]


def _span(count: int, unit: Any) -> str:
    import pandas as pd  # takes its time: a process that only starts need not wait

    try:
        return pd.Timedelta(np.timedelta64(count, unit)).isoformat()
    except (ValueError, OverflowError):  # longer than pandas has them
        return str(np.timedelta64(count, unit))


def _bytes(data: pa.ChunkedArray) -> Texts:
    return [None if value is None else base64.b64encode(value).decode() for value in data.to_pylist()]


WRITE: tuple[tuple[Callable[[pa.DataType], bool], Callable[[pa.ChunkedArray], Texts]], ...] = (
    (pa.types.is_boolean, _booleans),
    (pa.types.is_timestamp, _datetimes),
    (pa.types.is_duration, _spans),
    (pa.types.is_large_binary, _bytes),
)
