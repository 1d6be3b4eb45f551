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
from collections.abc import Callable
from typing import NamedTuple

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

MISSING = ["", "NA", "N/A", "n/a", "NaN", "nan", "null", "NULL", "None", "#N/A"]
SAMPLE = 256
INTEGER = r"-?(?:0|[1-9][0-9]*)"
NUMBER = r"-?(?:(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[iI]nf(?:inity)?|INF)"
TIME = r"[0-9]{2}(?::[0-9]{2}){1,2}(?:[.][0-9]+)?(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?)?"
DATE = rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}(?:[T ]{TIME})?"
DELTA = (
    r"-?[0-9]+ days?(?: [+-]?[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:[.][0-9]+)?)?"
    r"|-?P(?:[0-9]+W)?(?:[0-9]+D)?(?:T(?:[0-9]+H)?(?:[0-9]+M)?(?:[0-9.]+S)?)?"
)


class Inferred(NamedTuple):
    """A column with its type found; `mixed` where it is text though much of it is something else."""

    data: pa.ChunkedArray
    mixed: Mixed | None = None


class Mixed(NamedTuple):
    """Why a column is text: how many of its `present` values are no `what`, the first one and its row.

    None is odd (`odd` is 0) where each value is one, but no type holds them all.
    """

    what: str
    odd: int
    present: int
    value: str
    row: int

    def note(self, line: int | None) -> str:
        """A sentence; `line` is where the first odd value stands in the file."""
        if not self.odd:
            return f"these look like {self.what}, but no one type holds each of them exactly, so it is text"
        shown = " ".join(self.value.split())
        shown = shown if len(shown) <= 40 else shown[:40] + "…"
        where = f" in line {line}" if line is not None else ""
        verb = f"is no {self.what.removesuffix('s')}" if self.odd == 1 else f"are no {self.what}"
        first = "it is" if self.odd == 1 else "the first is"
        return f"{self.odd:,} of {self.present:,} values {verb} ({first} '{shown}'{where}), so it is text"


def infer(data: pa.ChunkedArray) -> Inferred:
    """The column in the narrowest type that holds each value exactly."""
    present = len(data) - data.null_count
    if not present:
        return Inferred(data.cast(pa.float64() if len(data) else pa.large_string()))
    sample = _sample(data)
    for pattern, convert in KINDS:
        if sample and all(pattern.fullmatch(value) for value in sample):
            typed = convert(data)
            if typed is None:
                typed = convert(_cleaned(data))
            if typed is not None:
                return Inferred(typed)
    return Inferred(_without_empty(data).cast(pa.large_string()), _mixed(data, sample))


def _sample(data: pa.ChunkedArray) -> list[str]:
    present = data.drop_null()
    step = max(1, len(present) // SAMPLE)
    picked = present.take(pa.array(range(0, len(present), step))).to_pylist()
    return [value.strip() for value in picked if value.strip() not in MISSING]


def _without_empty(data: pa.ChunkedArray) -> pa.ChunkedArray:
    """Text in which nothing between quotes is missing, as it is without them."""
    empty = pc.equal(pc.binary_length(data), 0)
    if not pc.any(empty, min_count=0).as_py():
        return data
    return pc.if_else(empty, pa.scalar(None, data.type), data)


def _cleaned(data: pa.ChunkedArray) -> pa.ChunkedArray:
    """Without blanks around the values, and without quoted markers of missing values."""
    trimmed = pc.ascii_trim_whitespace(data)
    marker = pc.is_in(trimmed, pa.array(MISSING))
    return pc.if_else(marker, pa.scalar(None, trimmed.type), trimmed)


def _try_cast(data: pa.ChunkedArray, to: pa.DataType) -> pa.ChunkedArray | None:
    try:
        return data.cast(to)
    except pa.ArrowInvalid:
        return None


def _boolean(data: pa.ChunkedArray) -> pa.ChunkedArray | None:
    lower = pc.ascii_lower(data)
    if not pc.all(pc.is_in(lower, pa.array(["true", "false", None]))).as_py():
        return None
    return pc.equal(lower, "true")


def _integer(data: pa.ChunkedArray) -> pa.ChunkedArray | None:
    """Integers that, written again, are the same text: Arrow also takes 007 and 0x1F."""
    typed = _try_cast(data, pa.int64())
    return typed if typed is not None and typed.cast(data.type).equals(data) else None


def _float(data: pa.ChunkedArray) -> pa.ChunkedArray | None:
    """Floats, unless a zero leads or a whole number is too long for one."""
    typed = _try_cast(data, pa.float64())
    if typed is None:
        return None
    odd = pc.match_substring_regex(data, r"^-?(?:0[0-9]|[0-9]{16,}$)")
    return None if pc.any(odd).as_py() else typed


def _datetime(data: pa.ChunkedArray) -> pa.ChunkedArray | None:
    for unit in ("us", "ns"):
        for zone in (None, "UTC"):
            typed = _try_cast(data, pa.timestamp(unit, zone))
            if typed is not None:
                return typed
    return None


def _timedelta(data: pa.ChunkedArray) -> pa.ChunkedArray | None:
    try:
        typed = pd.to_timedelta(data.to_pandas())
    except (ValueError, OverflowError):
        return None
    exact = "us" if not (typed.dt.nanoseconds.fillna(0) != 0).any() else "ns"
    return pa.chunked_array([pa.array(typed.astype(f"m8[{exact}]"), from_pandas=True)])


Convert = Callable[[pa.ChunkedArray], pa.ChunkedArray | None]
KINDS: list[tuple[re.Pattern[str], Convert]] = [
    (re.compile(r"true|false", re.I), _boolean),
    (re.compile(INTEGER), _integer),
    (re.compile(NUMBER), _float),
    (re.compile(DATE), _datetime),
    (re.compile(DELTA), _timedelta),
]
MOSTLY = {"plain numbers": NUMBER, "dates": DATE}


def _mixed(data: pa.ChunkedArray, sample: list[str]) -> Mixed | None:
    """Whether a quarter or more of a text column is numbers or dates, and what keeps it from being so."""
    for what, pattern in MOSTLY.items():
        if 4 * sum(bool(re.fullmatch(pattern, value)) for value in sample) < len(sample):
            continue
        cleaned = _cleaned(data)
        fits = pc.match_substring_regex(cleaned, f"^(?:{pattern})$")
        present = len(cleaned) - cleaned.null_count
        odd = present - (pc.sum(fits).as_py() or 0)
        if not odd:  # each one fits, but not all in one type: too long, or zones for some
            return Mixed(what, 0, present, "", 0)
        if 4 * odd <= 3 * present:
            row = _row(pc.invert(pc.fill_null(fits, True)))
            return Mixed(what, odd, present, data[row].as_py(), row)
    return None


def _row(mask: pa.ChunkedArray) -> int:
    return int(pc.index(mask, True).as_py())
