"""Values as JSON has them: what a page of rows and a summary show.

| value                | shown as                                                                 |
|----------------------|--------------------------------------------------------------------------|
| missing, NaN         | null                                                                     |
| integer              | a number, exact in the JSON text (a browser keeps 53 bits)               |
| infinite             | "Infinity", "-Infinity"                                                  |
| datetime             | ISO 8601, in UTC with Z where the column has a zone                      |
| timedelta            | "1 days 02:03:04"                                                        |
| binary               | "0x00ff…", the first 32 bytes                                            |
| text                 | itself; beyond 10,000 characters cut, with "… (N characters)" at the end |
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pyarrow as pa

from modules.sdk.storable import one_piece, storable

LONGEST = 10_000
BINARY_SHOWN = 32


def cells(data: pa.ChunkedArray, longest: int = LONGEST) -> list[Any]:
    """The values of a column, ready for JSON; texts beyond `longest` characters are cut."""
    data = storable(data)
    arrow = data.type
    if pa.types.is_dictionary(arrow):
        array = one_piece(data)
        values = cells(pa.chunked_array([array.dictionary]), longest)
        return [None if code is None else values[code] for code in array.indices.to_pylist()]
    if pa.types.is_timestamp(arrow) or pa.types.is_duration(arrow):
        return times(data)
    values = data.to_pylist()
    if pa.types.is_floating(arrow):
        if pa.types.is_float32(arrow):  # 0.1, not the 0.10000000149011612 of its double
            values = [v if v is None else float(str(np.float32(v))) for v in values]
        return [number(value) for value in values]
    if pa.types.is_large_string(arrow):
        return [v if v is None or len(v) <= longest else _cut(v, longest) for v in values]
    if pa.types.is_large_binary(arrow):
        return [None if value is None else _hex(value) for value in values]
    return values


def number(value: Any) -> Any:
    """A number for JSON, which knows neither NaN nor the infinite."""
    if isinstance(value, float) and not math.isfinite(value):
        return None if math.isnan(value) else ("Infinity" if value > 0 else "-Infinity")
    return value


def times(data: pa.ChunkedArray) -> list[str | None]:
    """Datetimes and timedeltas as text."""
    unit, is_delta = data.type.unit, pa.types.is_duration(data.type)
    zone = "" if is_delta or data.type.tz is None else "Z"
    counts = data.cast(pa.int64()).to_pylist()
    return [None if count is None else _time(count, unit, is_delta) + zone for count in counts]


def _time(count: int, unit: Any, is_delta: bool) -> str:
    import pandas as pd  # takes its time: a process that only starts need not wait

    try:
        if is_delta:
            return str(pd.Timedelta(np.timedelta64(count, unit)))
        return pd.Timestamp(np.datetime64(count, unit)).isoformat()
    except (ValueError, OverflowError):  # years that pandas has not
        return str(np.timedelta64(count, unit) if is_delta else np.datetime64(count, unit))


def _cut(text: str, longest: int) -> str:
    return f"{text[:longest]}… ({len(text):,} characters)"


def _hex(value: bytes) -> str:
    shown = "0x" + value[:BINARY_SHOWN].hex()
    return shown if len(value) <= BINARY_SHOWN else f"{shown}… ({len(value):,} bytes)"
