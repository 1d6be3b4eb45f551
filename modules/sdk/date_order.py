"""Dates of digits in the order that is said: 31/12/2024, 12/31/2024 or 2024/12/31, with a time or without.

The signs between may be `/`, `.` or `-`. Of years with two digits, 69 to 99 are of the 1900s and 00 to 68 of
the 2000s, as POSIX has it. A time may be like 13:05, 13:05:59.5 or 1:05 PM.
"""

from __future__ import annotations

from typing import Literal, get_args

import pyarrow as pa
import pyarrow.compute as pc

Order = Literal["day-first", "month-first", "year-first"]
ORDERS: tuple[Order, ...] = get_args(Order)

CLOCK = (
    r"(?:(?:,? +|T)(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?P<part>\.[0-9]{1,9})?)?"
    r"(?: ?(?P<half>[AaPp])\.?[Mm]\.?)?)?"
)
YEAR_LAST = r"(?P<one>[0-9]{1,2})[./-](?P<two>[0-9]{1,2})[./-](?P<three>[0-9]{4}|[0-9]{2})" + CLOCK
YEAR_FIRST = r"(?P<one>[0-9]{4}|[0-9]{2})[./-](?P<two>[0-9]{1,2})[./-](?P<three>[0-9]{1,2})" + CLOCK
PATTERNS: dict[Order, str] = {"day-first": YEAR_LAST, "month-first": YEAR_LAST, "year-first": YEAR_FIRST}
PLACES: dict[Order, tuple[str, str, str]] = {
    "day-first": ("three", "two", "one"),
    "month-first": ("three", "one", "two"),
    "year-first": ("one", "two", "three"),
}
"""Where year, month and day stand."""
OLDEST = 69
"""The first year of two digits that is of the 1900s."""


def in_order(data: pa.ChunkedArray, order: Order) -> pa.ChunkedArray | None:
    """Texts as datetimes; None where one is no date in that order, like 30/2/2024.

    >>> in_order(pa.chunked_array([["1.2.24", None]]), "day-first").to_pylist()
    [datetime.datetime(2024, 2, 1, 0, 0), None]
    """
    array = data.combine_chunks() if data.num_chunks != 1 else data.chunk(0)
    parts = pc.extract_regex(array, f"^(?:{PATTERNS[order]})$")
    if parts.null_count > array.null_count:
        return None
    text = _as_iso(parts, order)
    for unit in ("us", "ns"):
        try:
            return pa.chunked_array([text.cast(pa.timestamp(unit))]) if text is not None else None
        except pa.ArrowInvalid:
            continue
    return None


def _as_iso(parts: pa.StructArray, order: Order) -> pa.Array | None:
    """2024-12-31T13:05:00; None where an hour is none, like 13 PM."""
    year, month, day, hour, half, minute, second, part = (
        pc.struct_field(parts, name) for name in (*PLACES[order], "hour", "half", "minute", "second", "part")
    )
    hours = _hours(_or(hour, "0"), pc.ascii_lower(half))
    if hours is None:
        return None
    date = _joined(_years(year), _two(month), _two(day), between="-")
    clock = _joined(_two(hours), _or(minute, "00"), _or(second, "00"), between=":")
    return _joined(_joined(date, clock, between="T"), part)


def _years(year: pa.Array) -> pa.Array:
    short = pc.equal(pc.binary_length(year), 2)
    number = pc.if_else(short, year, pa.scalar("0", year.type)).cast(pa.int32())
    century = pc.if_else(pc.greater_equal(number, OLDEST), *(pa.scalar(c, year.type) for c in ("19", "20")))
    return pc.if_else(short, _joined(century, year), year)


def _hours(hour: pa.Array, half: pa.Array) -> pa.Array | None:
    number, of_twelve = hour.cast(pa.int32()), pc.greater(pc.binary_length(half), 0)
    wrong = pc.and_(of_twelve, pc.or_(pc.less(number, 1), pc.greater(number, 12)))
    if pc.any(wrong, min_count=0).as_py():
        return None
    evening = pc.if_else(pc.equal(half, "p"), 12, 0)
    number = pc.if_else(of_twelve, pc.add(pc.if_else(pc.equal(number, 12), 0, number), evening), number)
    return number.cast(hour.type)


def _joined(*parts: pa.Array, between: str = "") -> pa.Array:
    return pc.binary_join_element_wise(*parts, pa.scalar(between, parts[0].type))


def _or(text: pa.Array, otherwise: str) -> pa.Array:
    return pc.if_else(pc.equal(pc.binary_length(text), 0), pa.scalar(otherwise, text.type), text)


def _two(digits: pa.Array) -> pa.Array:
    return pc.utf8_lpad(digits, 2, "0")
