"""Why a column is text though much of it is numbers or dates: a sentence for whoever wonders."""

from __future__ import annotations

import re
from concurrent.futures import Executor
from itertools import repeat
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from modules.files.conversions import cleaned
from modules.files.infer import DATE, NUMBER, ZONE, sample

MOSTLY = {"plain numbers": NUMBER, "dates": DATE}
SLICE = 1 << 18


class Mixed(NamedTuple):
    """Why a column is text: how many of its `present` values are no `what`, the first one and its row.

    None is odd (`odd` is 0) where each value is one, but no type holds them all: of dates, `zoned` have a
    zone and the others have none, the first of these in `row`.
    """

    what: str
    odd: int
    present: int
    value: str
    row: int
    zoned: int = 0

    def note(self, line: int | None) -> str:
        """A sentence; `line` is where the first odd value stands in the file."""
        where = f" in line {line}" if line is not None else ""
        if self.zoned:
            have = "has" if self.zoned == 1 else "have"
            return (
                f"{self.zoned:,} of {self.present:,} dates {have} a time zone and the others have none (the "
                f"first of these is '{self.value}'{where}), so it is text"
            )
        if not self.odd:
            return f"these look like {self.what}, but no one type holds each of them exactly, so it is text"
        shown = " ".join(self.value.split())
        shown = shown if len(shown) <= 40 else shown[:40] + "…"
        verb = f"is not a {self.what.removesuffix('s')}" if self.odd == 1 else f"are not {self.what}"
        first = "it is" if self.odd == 1 else "the first is"
        return f"{self.odd:,} of {self.present:,} values {verb} ({first} '{shown}'{where}), so it is text"


def mixed(data: pa.ChunkedArray, threads: Executor) -> Mixed | None:
    """Whether a quarter or more of a text column is numbers or dates, and what keeps it from being so."""
    looked_at = sample(data)
    for what, pattern in MOSTLY.items():
        if 4 * sum(bool(re.fullmatch(pattern, value)) for value in looked_at) < len(looked_at):
            continue
        starts = range(0, len(data), SLICE)
        slices = [data.slice(start, SLICE) for start in starts]
        counts = list((threads.map if len(slices) > 1 else map)(_count, slices, repeat(pattern)))
        present, odd = sum(count[0] for count in counts), sum(count[1] for count in counts)
        if not odd:  # each one fits, but not all in one type: too long, or zones for some
            return (zones_differ(data) or Mixed(what, 0, present, "", 0)) if present else None
        if 4 * odd <= 3 * present:
            row = next(
                start + first for start, (_, _, first) in zip(starts, counts, strict=True) if first >= 0
            )
            return Mixed(what, odd, present, data[row].as_py(), row)
    return None


def zones_differ(data: pa.ChunkedArray) -> Mixed | None:
    """Of a column of dates in text: whether some have a zone and others have none."""
    trimmed = pc.ascii_trim_whitespace(data)
    dates = pc.match_substring_regex(trimmed, f"^(?:{DATE})$")
    zoned = pc.match_substring_regex(trimmed, ZONE)
    present, count = len(data) - data.null_count, pc.sum(zoned).as_py() or 0
    if not pc.all(dates, min_count=0).as_py() or not 0 < count < present:
        return None
    row = pc.index(zoned, False).as_py()
    return Mixed("dates", 0, present, data[row].as_py(), row, count)


def _count(data: pa.ChunkedArray, pattern: str) -> tuple[int, int, int]:
    """How many values are present, how many do not match, and the row of the first that does not, or -1."""
    trimmed = cleaned(data)
    fits = pc.match_substring_regex(trimmed, f"^(?:{pattern})$")
    present = len(trimmed) - trimmed.null_count
    odd = present - (pc.sum(fits).as_py() or 0)
    first = pc.index(pc.invert(pc.fill_null(fits, True)), True).as_py() if odd else -1
    return present, odd, first
