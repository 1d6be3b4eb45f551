"""The functions and operators of formulas: what kinds of values each takes, and how Arrow computes them.

A kind is `number`, `text`, `boolean`, `date`, `span` (of time), or `any`. A missing value gives a
missing one, but for `if`, `coalesce` and `is_missing`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial, reduce
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from modules.sdk.casting import cast
from modules.sdk.column import Column
from modules.sdk.errors import ModuleError
from modules.sdk.storable import storable

DAY = pa.scalar(86_400_000_000, pa.duration("us"))


class Function(NamedTuple):
    """`takes`: the kinds of its arguments; the last one may be repeated if `repeats`, and left out from
    `least` on."""

    takes: tuple[str, ...]
    compute: Callable[..., Any]
    help: str
    repeats: bool = False
    least: int | None = None


def as_text(value: Any) -> Any:
    return _cast(value, "string")


def _cast(value: Any, to: str) -> Any:
    single = isinstance(value, pa.Scalar)
    data = pa.chunked_array([pa.array([value.as_py()], value.type)]) if single else value
    made = cast(Column("the value", storable(data)), to).data
    return made[0] if single else made


def as_float(value: Any) -> Any:
    return pc.cast(value, pa.float64(), safe=False)


def _divide(left: Any, right: Any) -> Any:
    """Missing by 0."""
    by = as_float(right)
    by = pc.if_else(pc.equal(by, 0.0), pa.scalar(None, pa.float64()), by)
    return pc.divide(as_float(left), by)


def _modulo(left: Any, right: Any) -> Any:
    whole = pc.floor(_divide(left, right))
    return pc.subtract(as_float(left), pc.multiply(whole, as_float(right)))


def _round(value: Any, digits: Any = None) -> Any:
    if pa.types.is_integer(value.type) and digits is None:
        return value
    if digits is not None and not isinstance(digits, pa.Scalar):
        raise ModuleError("The digits of round are one number, not a column.")
    many = 0 if digits is None else int(digits.as_py() or 0)
    return pc.round(as_float(value), ndigits=many, round_mode="half_towards_infinity")


def _slice(text: Any, start: Any, many: Any) -> Any:
    for bound in (start, many):
        if not isinstance(bound, pa.Scalar):
            raise ModuleError("How many letters, and from which one, are numbers, not columns.")
    first = max(int(start.as_py() or 1), 1) - 1
    return pc.utf8_slice_codeunits(text, first, first + max(int(many.as_py() or 0), 0))


def _right(text: Any, many: Any) -> Any:
    if not isinstance(many, pa.Scalar):
        raise ModuleError("How many letters right takes is one number, not a column.")
    count = int(many.as_py() or 0)
    return pc.utf8_slice_codeunits(text, -count) if count > 0 else pc.utf8_slice_codeunits(text, 0, 0)


def _pattern(function: Callable[..., Any], text: Any, *patterns: Any) -> Any:
    if not all(isinstance(each, pa.Scalar) for each in patterns):
        raise ModuleError("What is looked for is one text, not a column.")
    return function(text, *(each.as_py() or "" for each in patterns))


def _days(later: Any, earlier: Any) -> Any:
    span = pc.cast(pc.subtract(_plain(later), _plain(earlier)), pa.int64())
    return pc.divide(as_float(span), float(DAY.value))


def _plain(date: Any) -> Any:
    return pc.cast(date, pa.timestamp("us", date.type.tz), safe=False)


def _add_days(date: Any, days: Any) -> Any:
    micros = pc.cast(pc.round(pc.multiply(as_float(days), float(DAY.value))), pa.int64())
    return pc.add(_plain(date), pc.cast(micros, pa.duration("us")))


def _coalesce(*values: Any) -> Any:
    return pc.coalesce(*values)


def _extreme(function: Callable[..., Any]) -> Callable[..., Any]:
    def compute(*values: Any) -> Any:
        mixed = len({value.type for value in values}) > 1
        return function(*(map(as_float, values) if mixed else values))

    return compute


def _concat(*values: Any) -> Any:
    return pc.binary_join_element_wise(*map(as_text, values), pa.scalar("", pa.large_string()))


def _power(left: Any, right: Any) -> Any:
    return pc.power(as_float(left), as_float(right))


def _of_floats(function: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: function(as_float(value))


def _whole(function: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: value if pa.types.is_integer(value.type) else function(as_float(value))


N, T, B, D, ANY = "number", "text", "boolean", "date", "any"
FUNCTIONS: Mapping[str, Function] = {
    "abs": Function((N,), pc.abs, "abs(x): without its sign"),
    "round": Function((N, N), _round, "round(x, digits)", least=1),
    "floor": Function((N,), _whole(pc.floor), "floor(x): the whole number below"),
    "ceil": Function((N,), _whole(pc.ceil), "ceil(x): the whole number above"),
    "sqrt": Function((N,), _of_floats(pc.sqrt), "sqrt(x)"),
    "exp": Function((N,), _of_floats(pc.exp), "exp(x)"),
    "ln": Function((N,), _of_floats(pc.ln), "ln(x)"),
    "log10": Function((N,), _of_floats(pc.log10), "log10(x)"),
    "power": Function((N, N), _power, "power(x, y)"),
    "mod": Function((N, N), _modulo, "mod(x, y): what is left of a division"),
    "min": Function((N,), _extreme(pc.min_element_wise), "min(x, y, …): the smallest there is", repeats=True),
    "max": Function((N,), _extreme(pc.max_element_wise), "max(x, y, …): the largest there is", repeats=True),
    "upper": Function((T,), pc.utf8_upper, "upper(text)"),
    "lower": Function((T,), pc.utf8_lower, "lower(text)"),
    "trim": Function((T,), pc.utf8_trim_whitespace, "trim(text): without spaces around it"),
    "length": Function((T,), lambda x: pc.cast(pc.utf8_length(x), pa.int64()), "length(text)"),
    "left": Function((T, N), lambda x, n: _slice(x, pa.scalar(1), n), "left(text, letters)"),
    "right": Function((T, N), _right, "right(text, letters)"),
    "mid": Function((T, N, N), _slice, "mid(text, from, letters): from counts from 1"),
    "replace": Function((T, T, T), partial(_pattern, pc.replace_substring), "replace(text, old, new)"),
    "contains": Function((T, T), partial(_pattern, pc.match_substring), "contains(text, part)"),
    "starts_with": Function((T, T), partial(_pattern, pc.starts_with), "starts_with(text, part)"),
    "ends_with": Function((T, T), partial(_pattern, pc.ends_with), "ends_with(text, part)"),
    "matches": Function((T, T), partial(_pattern, pc.match_substring_regex), "matches(text, pattern)"),
    "concat": Function((ANY,), _concat, "concat(a, b, …): one text behind the other", repeats=True),
    "year": Function((D,), pc.year, "year(date)"),
    "month": Function((D,), pc.month, "month(date)"),
    "day": Function((D,), pc.day, "day(date)"),
    "hour": Function((D,), pc.hour, "hour(date)"),
    "minute": Function((D,), pc.minute, "minute(date)"),
    "weekday": Function((D,), lambda x: pc.add(pc.day_of_week(x), 1), "weekday(date): 1 is Monday"),
    "days_between": Function((D, D), lambda a, b: _days(b, a), "days_between(from, to)"),
    "add_days": Function((D, N), _add_days, "add_days(date, days)"),
    "text": Function((ANY,), as_text, "text(x): as text"),
    "number": Function((ANY,), lambda x: _cast(x, "float"), "number(text): as a number"),
    "integer": Function((ANY,), lambda x: _cast(x, "integer"), "integer(text): as a whole number"),
    "date": Function((T,), lambda x: _cast(x, "datetime"), "date(text): as a date"),
    "is_missing": Function((ANY,), pc.is_null, "is_missing(x)"),
    "coalesce": Function((ANY,), _coalesce, "coalesce(a, b, …): the first that is there", repeats=True),
    "if": Function((B, ANY, ANY), lambda c, a, b: pc.if_else(pc.fill_null(c, False), a, b),
                   "if(condition, then, else)"),
}  # fmt: skip
LOGIC = {
    "and": lambda values: reduce(pc.and_kleene, values),
    "or": lambda values: reduce(pc.or_kleene, values),
}
DIVIDING: Mapping[str, Callable[..., Any]] = {"/": _divide, "%": _modulo, "^": _power}
