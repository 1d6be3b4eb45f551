"""A column of text as a type, where not one value is damaged by it; else None."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

MISSING = ["", "NA", "N/A", "n/a", "NaN", "nan", "null", "NULL", "None", "#N/A"]
ZERO, NINE, MINUS, PLUS = (ord(letter) for letter in "09-+")
LONG = 1e15

Convert = Callable[[pa.ChunkedArray], pa.ChunkedArray | None]


def convert(kind: str, data: pa.ChunkedArray) -> pa.ChunkedArray | None:
    """The data as `kind`, at once or after the blanks around values and quoted markers are gone."""
    typed = CONVERT[kind](data)
    return CONVERT[kind](cleaned(data)) if typed is None else typed


def cleaned(data: pa.ChunkedArray) -> pa.ChunkedArray:
    """Without blanks around the values, and without quoted markers of missing values."""
    trimmed = pc.ascii_trim_whitespace(data)
    marker = pc.is_in(trimmed, pa.array(MISSING, trimmed.type))
    return pc.if_else(marker, pa.scalar(None, trimmed.type), trimmed)


def _try_cast(data: pa.ChunkedArray, to: pa.DataType) -> pa.ChunkedArray | None:
    try:
        return data.cast(to)
    except pa.ArrowInvalid:
        return None


def _boolean(data: pa.ChunkedArray) -> pa.ChunkedArray | None:
    lower = pc.ascii_lower(data)
    known = pc.is_in(lower, pa.array(["true", "false", None], lower.type))
    return pc.equal(lower, "true") if pc.all(known).as_py() else None


def _integer(data: pa.ChunkedArray) -> pa.ChunkedArray | None:
    """Arrow also takes 007, -0 and 0x1F, which written again would be other texts."""
    typed = _try_cast(data, pa.int64())
    if typed is None or any(_would_change(chunk, whole=True) for chunk in data.chunks):
        return None
    return typed


def _float(data: pa.ChunkedArray) -> pa.ChunkedArray | None:
    """Floats, unless a zero or + leads, or a whole number is too long for one."""
    typed = _try_cast(data, pa.float64())
    if typed is None or any(_would_change(chunk, whole=False) for chunk in data.chunks):
        return None
    if pc.any(pc.is_nan(typed), min_count=0).as_py() or beyond_floats(data, typed):
        return None
    large = pc.greater_equal(pc.abs(typed), LONG)
    if pc.any(large, min_count=0).as_py():
        long = pc.match_substring_regex(data.filter(large), r"^-?[0-9]{16,}$")
        if pc.any(long, min_count=0).as_py():
            return None
    return typed


def beyond_floats(data: pa.ChunkedArray, typed: pa.ChunkedArray) -> bool:
    """Whether a number is too large for floats (1e400 would be infinite) or too small (1e-400 would be 0)."""
    for odd, said, least in ((pc.is_inf, r"[0-9]", 1), (_is_zero, r"^[^eE]*[1-9]", len("1e-324"))):
        found = odd(typed)
        if not pc.any(found, min_count=0).as_py():
            continue
        texts = data.filter(found)
        texts = texts.filter(pc.greater_equal(pc.binary_length(texts), least))
        if pc.any(pc.match_substring_regex(texts, said), min_count=0).as_py():
            return True
    return False


def _is_zero(data: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.equal(data, 0)


def _would_change(data: pa.Array, *, whole: bool) -> bool:
    """Whether any value is like 007, -007 or +7; for a `whole` number -0 and anything after a first 0 too."""
    if len(data) == data.null_count:
        return False
    _, offsets, letters = data.buffers()
    size = np.int64 if pa.types.is_large_string(data.type) else np.int32
    ends = np.frombuffer(offsets, size)[data.offset : data.offset + len(data) + 1].astype(np.int64)
    text = np.frombuffer(letters, np.uint8)
    at, end = ends[:-1], ends[1:]
    first = text[np.minimum(at, len(text) - 1)]
    if ((first == PLUS) & (end > at)).any():
        return True
    odd = np.flatnonzero((first == ZERO) & (end - at > 1) | (first == MINUS))
    if not len(odd):
        return False
    minus = (first[odd] == MINUS).astype(np.int64)
    at, end = at[odd] + minus, end[odd]
    zero = (end > at) & (text[np.minimum(at, len(text) - 1)] == ZERO)
    if whole:
        return bool((zero & ((end - at > 1) | (minus == 1))).any())
    second = text[np.minimum(at + 1, len(text) - 1)]
    return bool((zero & (end - at > 1) & (second >= ZERO) & (second <= NINE)).any())


def _timestamp(unit: str, zone: str | None) -> Convert:
    return lambda data: _try_cast(data, pa.timestamp(unit, zone))


def _timedelta(unit: str) -> Convert:
    def timedelta(data: pa.ChunkedArray) -> pa.ChunkedArray | None:
        import pandas as pd  # takes its time: a process that only starts need not wait

        try:
            typed = pd.to_timedelta(data.to_pandas())
        except (ValueError, OverflowError):
            return None
        if unit == "us" and (typed.dt.nanoseconds.fillna(0) != 0).any():
            return None
        return pa.chunked_array([pa.array(typed.astype(f"m8[{unit}]"), from_pandas=True)])

    return timedelta


def _text(data: pa.ChunkedArray) -> pa.ChunkedArray:
    """Text in which nothing between quotes is missing, as it is without them."""
    empty = pc.equal(pc.binary_length(data), 0)
    if pc.any(empty, min_count=0).as_py():
        data = pc.if_else(empty, pa.scalar(None, data.type), data)
    return data.cast(pa.large_string())


TEXT = "text"
CONVERT: dict[str, Convert] = {
    "boolean": _boolean,
    "integer": _integer,
    "float": _float,
    "datetime": _timestamp("us", None),
    "datetime of a zone": _timestamp("us", "UTC"),
    "fine datetime": _timestamp("ns", None),
    "fine datetime of a zone": _timestamp("ns", "UTC"),
    "timedelta": _timedelta("us"),
    "fine timedelta": _timedelta("ns"),
    TEXT: _text,
}
WIDER = {
    "integer": "float",
    "datetime": "fine datetime",
    "datetime of a zone": "fine datetime of a zone",
    "timedelta": "fine timedelta",
}
"""What a column may still be when a value turns up that its kind does not hold; else it is text."""
