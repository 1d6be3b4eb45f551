"""The type of a column of text, found over all of its values and without damage to any.

| type      | every value is like                                                        |
|-----------|----------------------------------------------------------------------------|
| boolean   | true, False                                                                |
| integer   | 0, -12; in 64 bits, no sign +, no leading zero                             |
| float     | 1.5, .5, 1., 1e5, -inf; whole numbers among them only while they are exact |
| datetime  | 2024-05-01, 2024-05-01T10:00, 2024-05-01 10:00:00.5+02:00 (zones: all or none; then UTC) |
| timedelta | 1 days 02:03:04, P1DT2H                                                    |
| string    | anything else                                                              |

Blanks around a number or date do not matter. A column without any value is float, as in pandas;
one without rows is string.
"""

from __future__ import annotations

import re
from typing import Any

import pyarrow as pa

from modules.files.conversions import MISSING, TEXT, WIDER, convert

SAMPLE = 256
FEW = 64
SHORT_INTEGER = re.compile(r"-?[1-9][0-9]{0,17}|0")
SHORT_FLOAT = re.compile(r"-?(?:[1-9][0-9]{0,14}|0)(?:\.[0-9]{1,15})?")
INTEGER = r"-?(?:0|[1-9][0-9]*)"
NUMBER = r"-?(?:(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[iI]nf(?:inity)?|INF)"
TIME = r"[0-9]{2}(?::[0-9]{2}){1,2}(?:[.][0-9]+)?(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?)?"
ZONE = r":[0-9.]+(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?)$"
DATE = rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}(?:[T ]{TIME})?"
DELTA = (
    r"-?[0-9]+ days?(?: [+-]?[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:[.][0-9]+)?)?"
    r"|-?P(?:[0-9]+W)?(?:[0-9]+D)?(?:T(?:[0-9]+H)?(?:[0-9]+M)?(?:[0-9.]+S)?)?"
)
DATETIMES = ["datetime", "datetime of a zone", "fine datetime", "fine datetime of a zone"]
KINDS: list[tuple[re.Pattern[str], list[str]]] = [
    (re.compile(r"true|false", re.I), ["boolean"]),
    (re.compile(INTEGER), ["integer"]),
    (re.compile(NUMBER), ["float"]),
    (re.compile(DATE), DATETIMES),
    (re.compile(DELTA), ["timedelta", "fine timedelta"]),
]


def infer(data: pa.ChunkedArray) -> pa.ChunkedArray:
    """The column in the narrowest type that holds each value exactly."""
    first = first_kind(data)
    if first is None:
        return without_values(len(data))
    return first[1]


def first_kind(data: pa.ChunkedArray) -> tuple[str, pa.ChunkedArray] | None:
    """The narrowest kind that holds these values, and they as that kind; None where there is no value."""
    if len(data) == data.null_count:
        return None
    if len(data) <= FEW and (plainly := _plainly(data.to_pylist())):
        return plainly
    looked_at = sample(data)
    for pattern, kinds in KINDS:
        if not looked_at or not all(pattern.fullmatch(value) for value in looked_at):
            continue
        for kind in kinds:
            typed = convert(kind, data)
            if typed is not None:
                return kind, typed
    return TEXT, _surely(TEXT, data)


def _plainly(values: list[str | None]) -> tuple[str, pa.ChunkedArray] | None:
    """The kind of a few values that are plain numbers, without the price of a dozen calls for each column of
    a table that may have 100,000; None where they are anything else."""
    present = [value for value in values if value is not None]
    if all(map(SHORT_INTEGER.fullmatch, present)):
        made: list[Any] = [None if value is None else int(value) for value in values]
        return "integer", pa.chunked_array([pa.array(made, pa.int64())])
    if all(map(SHORT_FLOAT.fullmatch, present)):
        made = [None if value is None else float(value) for value in values]
        return "float", pa.chunked_array([pa.array(made, pa.float64())])
    return None


def next_kind(kind: str, data: pa.ChunkedArray) -> str:
    """The kind of a column of `kind` after these values, which may not fit it."""
    while kind != TEXT and convert(kind, data) is None:
        kind = WIDER.get(kind, TEXT)
    return kind


def without_values(rows: int) -> pa.ChunkedArray:
    """A column in which every value is missing."""
    return pa.chunked_array([pa.nulls(rows, pa.float64() if rows else pa.large_string())])


def sample(data: pa.ChunkedArray) -> list[str]:
    """Up to a few hundred values from all over the column, without those that are missing."""
    step = max(1, len(data) // SAMPLE)
    picked = (data.take(pa.array(range(0, len(data), step), pa.int64())) if step > 1 else data).to_pylist()
    if 2 * sum(value is not None for value in picked) < min(len(picked), len(data) - data.null_count):
        present = data.drop_null()
        step = max(1, len(present) // SAMPLE)
        picked = present.take(pa.array(range(0, len(present), step), pa.int64())).to_pylist()
    return [value.strip() for value in picked if value is not None and value.strip() not in MISSING]


def _surely(kind: str, data: pa.ChunkedArray) -> pa.ChunkedArray:
    typed = convert(kind, data)
    assert typed is not None
    return typed
