"""The types that a person may say a column of text has, and the rule of each.

A rule is more lenient than what is found without it (`infer`): 007 is the integer 7 if somebody says so.
Values that do not fit the rule are told, not guessed at.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from modules.files.conversions import beyond_floats, cleaned, convert
from modules.files.infer import DATE, DELTA, ZONE
from modules.sdk.date_order import YEAR_FIRST, YEAR_LAST, in_order

DIGITS = r"[0-9]+"
EXPONENT = r"(?:[eE][+-]?[0-9]+)?"
NUMBER = rf"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+){EXPONENT}|[+-]?(?i:inf(?:inity)?)"
TRUE, FALSE = ["true", "t", "yes", "y", "1"], ["false", "f", "no", "n", "0"]

Convert = Callable[[pa.ChunkedArray], pa.ChunkedArray | None]


class ReadAsRule(NamedTuple):
    """`called`: what a value is that fits. `pattern`: what each looks like. `convert`: what they become; None
    where one looks right and is none, like the 30th of February."""

    called: str
    pattern: str
    convert: Convert


def fit(
    choice: str, data: pa.ChunkedArray, like: pa.DataType | None = None
) -> tuple[pa.ChunkedArray, list[int]]:
    """The values as the choice has them, and the rows of those that are no such thing, which are missing.
    `like`: the type of the values before these. By it, or by the first date, all have a time zone or none."""
    if choice in ("string", "categorical"):
        typed = convert("text", data)
        assert typed is not None
        return typed, []
    data = cleaned(data)
    _, pattern, turn = READ_AS[choice]
    fits = pc.fill_null(pc.match_substring_regex(data, f"^(?:{pattern})$"), True)
    if choice == "datetime":
        fits = pc.and_(fits, _zoned_alike(data, like))
    bad = np.flatnonzero(~fits.to_numpy()).tolist()
    if bad:
        data = pc.if_else(fits, data, pa.scalar(None, data.type))
    typed = turn(data)
    if typed is None:
        late = _misfits(turn, data, 0)
        mask = np.ones(len(data), bool)
        mask[late] = False
        typed = turn(pc.if_else(pa.array(mask), data, pa.scalar(None, data.type)))
        bad = sorted([*bad, *late])
    assert typed is not None
    return typed, bad


def _zoned_alike(data: pa.ChunkedArray, like: pa.DataType | None) -> pa.ChunkedArray:
    zoned = pc.match_substring_regex(data, ZONE)
    present = zoned.drop_null()
    wanted = like.tz is not None if like else bool(len(present) and present[0].as_py())
    return pc.fill_null(pc.equal(zoned, wanted), True)


def _misfits(turn: Convert, data: pa.ChunkedArray, first: int) -> list[int]:
    """The rows, counted from `first`, that cannot be turned: found by halving, as they are few."""
    if turn(data) is not None:
        return []
    if len(data) == 1:
        return [first]
    middle = len(data) // 2
    return [*_misfits(turn, data[:middle], first), *_misfits(turn, data[middle:], first + middle)]


def _integer(data: pa.ChunkedArray) -> pa.ChunkedArray | None:
    try:
        return pc.replace_substring_regex(data, r"^\+|\.0*$", "").cast(pa.int64())
    except pa.ArrowInvalid:
        return None


def _float(data: pa.ChunkedArray) -> pa.ChunkedArray | None:
    typed = pc.replace_substring_regex(data, r"^\+", "").cast(pa.float64())
    return None if beyond_floats(data, typed) else typed


def _boolean(data: pa.ChunkedArray) -> pa.ChunkedArray:
    lower = pc.ascii_lower(data)
    known = pc.is_in(lower, pa.array(TRUE, lower.type))
    return pc.if_else(pc.is_null(lower), pa.scalar(None, pa.bool_()), known)


def _datetime(data: pa.ChunkedArray) -> pa.ChunkedArray | None:
    found = convert("datetime", data)
    return convert("datetime of a zone", data) if found is None else found


def _grouped(data: pa.ChunkedArray) -> pa.ChunkedArray | None:
    return _float(pc.replace_substring(data, ",", ""))


def _comma(data: pa.ChunkedArray) -> pa.ChunkedArray | None:
    return _float(pc.replace_substring(pc.replace_substring(data, ".", ""), ",", "."))


WORDS = "|".join([*TRUE, *FALSE])
READ_AS = {
    "integer": ReadAsRule("integer", rf"[+-]?{DIGITS}(?:\.0*)?", _integer),
    "float": ReadAsRule("number", NUMBER, _float),
    "boolean": ReadAsRule("true or false", rf"(?i:{WORDS})", _boolean),
    "datetime": ReadAsRule("date like 2024-12-31", DATE, _datetime),
    "timedelta": ReadAsRule("time span like 1 days 02:00:00", DELTA, partial(convert, "timedelta")),
    "grouped-number": ReadAsRule(
        "number like 1,234.5", rf"[+-]?(?:{DIGITS}|[0-9]{{1,3}}(?:,[0-9]{{3}})+)(?:\.[0-9]*)?", _grouped
    ),
    "comma-number": ReadAsRule(
        "number like 1.234,5", rf"[+-]?(?:{DIGITS}|[0-9]{{1,3}}(?:\.[0-9]{{3}})+)(?:,[0-9]*)?", _comma
    ),
    "day-first": ReadAsRule("date like 31/12/2024", YEAR_LAST, partial(in_order, order="day-first")),
    "month-first": ReadAsRule("date like 12/31/2024", YEAR_LAST, partial(in_order, order="month-first")),
    "year-first": ReadAsRule("date like 2024/12/31", YEAR_FIRST, partial(in_order, order="year-first")),
}


def misfit(choice: str, name: str, value: str) -> str:
    """Why a row is not kept.

    >>> misfit("integer", "age", "abc")
    "age is 'abc', which is not an integer"
    """
    shown = value if len(value) <= 80 else value[:79] + "…"
    if choice == "datetime" and re.fullmatch(DATE, value.strip()):
        zoned = re.search(ZONE, value.strip())
        has, others = ("has a time zone", "have none") if zoned else ("has no time zone", "have one")
        return f"{name} is {shown!r}, which {has} where dates before it {others}"
    called = READ_AS[choice].called
    if called != "true or false":
        called = f"{'an' if called[0] in 'aeiou' else 'a'} {called}"
    return f"{name} is {shown!r}, which is not {called}"
