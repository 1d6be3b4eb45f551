"""A column of text as dates, in one order of day, month and year for all of its values.

| text                               | is                                                         |
|------------------------------------|------------------------------------------------------------|
| 2024-12-31, 2024-12-31T10:00Z      | ISO 8601                                                   |
| 2024/12/31, 2024.12.31             | year, month, day                                           |
| 31/12/2024, 31.12.24 1:05 PM       | in the order that is said, else the only one all allow     |
| 31 Jan 2024, Jan 31, 2024 10:00    | the month by its English name                              |
| 20241231, 2024-12, Jan 2024, 2024  | the first day, where none is said                          |

A time without a day is no date, and neither is a day without its year.
"""

from __future__ import annotations

import datetime as dt
import re
import warnings
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from dateutil import parser

from modules.sdk.date_order import OLDEST, ORDERS, PATTERNS, Order, in_order

FOUR_FIRST = r"[0-9]{4}[./-].*"
MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
WORDS = re.compile(rf"(?i).*(?:\b|[0-9_])(?:{MONTHS})|[12][0-9]{{3}}(?:[0-9]{{4}}|[^0-9]|$)")
SHORT_YEAR = re.compile(rf"(?i)^([0-9]{{1,2}}[-/. ]*(?:{MONTHS})[a-z]*[-/., ]+)([0-9]{{2}})(?![0-9:])")
DEFAULTS = dt.datetime(2004, 2, 3), dt.datetime(2008, 5, 7)
"""Two days that differ in year, month and day: what a text leaves out shows where each is filled in."""
CHOOSE = "choose in which order day, month and year stand"
EPOCH = dt.datetime(1970, 1, 1)
MICRO = dt.timedelta(microseconds=1)
FIRST = {"day-first": "the day first", "month-first": "the month first", "year-first": "the year first"}


class NoDate(ValueError):
    """Says in a sentence, without the column's name, which text is no date, in which row, and what to do."""


class _Read(NamedTuple):
    """Microseconds since 1970, in UTC where there is a zone."""

    micros: np.ndarray
    zoned: np.ndarray


def read_dates(data: pa.ChunkedArray, order: Order | None = None) -> pa.ChunkedArray:
    """Text as datetimes; an empty one is missing. NoDate names the first that does not fit, and its row.

    >>> read_dates(pa.chunked_array([["31/12/2019", "01/02/2020"]])).to_pylist()[1]
    datetime.datetime(2020, 2, 1, 0, 0)
    """
    data = pc.utf8_trim_whitespace(data)
    data = pc.if_else(pc.equal(pc.binary_length(data), 0), pa.scalar(None, data.type), data)
    for to in (pa.timestamp("us"), pa.timestamp("us", "UTC"), pa.timestamp("ns"), pa.timestamp("ns", "UTC")):
        try:
            return data.cast(to)
        except pa.ArrowInvalid:
            continue
    return _in_several_spellings(data, order)


def _in_several_spellings(data: pa.ChunkedArray, order: Order | None) -> pa.ChunkedArray:
    """Each kind of spelling on its own, then all of them in their rows."""
    years = _match(data, PATTERNS["year-first"]) & _match(data, FOUR_FIRST)
    digits = ~years & _match(data, PATTERNS["day-first"])
    words = ~years & ~digits & data.is_valid().to_numpy()
    micros, zoned = np.zeros(len(data), np.int64), np.zeros(len(data), bool)
    for mask, read in ((years, _of_year_first), (digits, _of_digits), (words, _of_words)):
        if mask.any():
            rows = np.flatnonzero(mask)
            micros[rows], zoned[rows] = read(data.filter(pa.array(mask)), rows, order)
    plain = ~zoned & data.is_valid().to_numpy()
    if zoned.any() and plain.any():
        one, other = int(np.flatnonzero(zoned)[0]), int(np.flatnonzero(plain)[0])
        raise NoDate(
            f"{_shown(data[one], one)} has a time zone and {_shown(data[other], other)} has none; a "
            "column has it in all of its values or in none"
        )
    to = pa.timestamp("us", "UTC" if zoned.any() else None)
    return pa.chunked_array([pa.array(micros, mask=data.is_null().to_numpy()).cast(to)])


def _match(data: pa.ChunkedArray, pattern: str) -> np.ndarray:
    return pc.fill_null(pc.match_substring_regex(data, f"^(?:{pattern})$"), False).to_numpy()


def _shown(text: pa.Scalar, row: int) -> str:
    return f"{text.as_py()[:80]!r} in row {row + 1:,}"


def _of_year_first(data: pa.ChunkedArray, rows: np.ndarray, order: Order | None) -> _Read:
    found = in_order(data, "year-first")
    if found is None:
        at = _first_misfit(data, "year-first")
        raise NoDate(f"{_shown(data[at], rows[at])} is not a date")
    return _plain(found)


def _of_digits(data: pa.ChunkedArray, rows: np.ndarray, order: Order | None) -> _Read:
    """In the order that is said, else in the only one that fits; where several do, all must mean the same."""
    if order is not None:
        found = in_order(data, order)
        if found is None:
            at = _first_misfit(data, order)
            raise NoDate(f"{_shown(data[at], rows[at])} is not a date with {FIRST[order]}")
        return _plain(found)
    fitting = {order: found for order in ORDERS if (found := in_order(data, order)) is not None}
    if not fitting:
        raise NoDate(_why_none_fits(data, rows))
    first, *others = fitting.values()
    for other in others:
        differs = pc.not_equal(first, other)
        if pc.any(differs).as_py():
            at = pc.index(differs, True).as_py()
            days = " or ".join(f"{found[at].as_py():%-d %B %Y}" for found in fitting.values())
            raise NoDate(f"{_shown(data[at], rows[at])} may be {days}, and no value tells which; {CHOOSE}")
    return _plain(first)


def _why_none_fits(data: pa.ChunkedArray, rows: np.ndarray) -> str:
    misfits = {order: _first_misfit(data, order) for order in ORDERS[:2]}
    against_day, against_month = misfits["day-first"], misfits["month-first"]
    if in_order(data[against_day : against_day + 1], "month-first") is None:
        return f"{_shown(data[against_day], rows[against_day])} is not a date"
    if in_order(data[against_month : against_month + 1], "day-first") is None:
        return f"{_shown(data[against_month], rows[against_month])} is not a date"
    return (
        f"{_shown(data[against_month], rows[against_month])} has the day first and "
        f"{_shown(data[against_day], rows[against_day])} the month; a column has one order"
    )


def _first_misfit(data: pa.ChunkedArray, order: Order) -> int:
    """The place of the first text that is no date in that order, found by halving; there is one."""
    low, high = 0, len(data)
    while high - low > 1:
        middle = (low + high) // 2
        if in_order(data[low:middle], order) is None:
            high = middle
        else:
            low = middle
    return low


def _plain(found: pa.ChunkedArray) -> _Read:
    try:
        micros = found.cast(pa.timestamp("us")).cast(pa.int64()).to_numpy()
    except pa.ArrowInvalid:
        raise NoDate(
            "a time is finer than a microsecond, which only dates like 2024-12-31 may have"
        ) from None
    return _Read(micros, np.zeros(len(micros), bool))


def _of_words(data: pa.ChunkedArray, rows: np.ndarray, order: Order | None) -> _Read:
    encoded = data.combine_chunks().dictionary_encode()
    places = encoded.indices.to_numpy()
    found = [_date(text) for text in encoded.dictionary.to_pylist()]
    if None in found:
        at = int(np.flatnonzero(places == found.index(None))[0])
        raise NoDate(f"{_shown(data[at], rows[at])} is not a date")
    days = [date for date in found if date is not None]
    zoned = np.array([date.tzinfo is not None for date in days])
    utc = [date.astimezone(dt.UTC).replace(tzinfo=None) if date.tzinfo else date for date in days]
    micros = np.array([(date - EPOCH) // MICRO for date in utc], np.int64)
    return _Read(micros[places], zoned[places])


def _date(text: str) -> dt.datetime | None:
    """What a text with a month's name, or with the year first, says; None where it is no whole date."""
    if not WORDS.match(text):
        return None
    text = SHORT_YEAR.sub(
        lambda found: found[1] + ("19" if int(found[2]) >= OLDEST else "20") + found[2], text
    )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # a zone that is not known would be left out
            one, other = (parser.parse(text, default=default) for default in DEFAULTS)
    except (ValueError, OverflowError, TypeError, Warning):
        return None
    if one.year != other.year or (one.month != other.month and not re.fullmatch("[0-9]{4}", text)):
        return None
    one = one.replace(month=1) if one.month != other.month else one
    return one.replace(day=1) if one.day != other.day else one
