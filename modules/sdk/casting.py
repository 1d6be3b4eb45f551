"""A column in another type: every value is taken along, or the first that cannot be is named."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from math import isinf
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from modules.sdk.column import Column
from modules.sdk.date_order import Order
from modules.sdk.dates import NoDate, read_dates
from modules.sdk.errors import ModuleError
from modules.sdk.exact import FIRST_GAP, floats
from modules.sdk.storable import storable

TRUE, FALSE = ("true", "yes", "t", "1"), ("false", "no", "f", "0")
WORDS: dict[str | None, bool | None] = {
    **dict.fromkeys(TRUE, True),
    **dict.fromkeys(FALSE, False),
    None: None,
}
COUNTED_AS_INTEGER, COUNTED_AS_FLOAT = r".*", r"[+-]?[0-9]+\.?0*"
"""Which large numbers must be exact: of floats those written as whole numbers, not 1e300 or a fraction."""
ARTICLES = {
    "integer": "an integer",
    "float": "a number",
    "boolean": "true or false",
    "datetime": "a date",
    "timedelta": "a time span",
    "string": "text",
}


def cast(column: Column, to: str, order: Order | None = None) -> Column:
    """The column as `to`: string, integer, float, boolean, datetime or timedelta.

    Text is read as people write it: `1e5`, `true`, `2020-01-31`, `1 days 02:00:00`; dates of digits in
    the `order` that is said (see `read_dates`). A fraction is no integer, and neither is a date. ModuleError
    names the first value that does not fit, or that would be another one, and its row.

    >>> cast(Column("x", pa.chunked_array([["1", None, "3"]])), "integer").data.to_pylist()
    [1, None, 3]
    """
    if column.type == to:
        return column
    data = storable(column.data)
    if pa.types.is_dictionary(data.type):
        data = data.cast(data.type.value_type)
    convert = TO[to] if to != "datetime" else partial(_datetime, order=order)
    try:
        return Column(column.name, convert(data))
    except NoDate as error:
        raise ModuleError(f"Column {column.name}: {error}.") from None
    except (pa.ArrowException, ValueError, TypeError, OverflowError):
        raise _refusal(column.name, data, to, convert) from None


def categorical(column: Column) -> Column:
    """The column with its distinct values as categories, in the order they appear."""
    if column.type == "categorical":
        return column
    return Column(column.name, storable(column.data).dictionary_encode())


def uncategorical(column: Column) -> Column:
    """The column with each category's value in its place."""
    if column.type != "categorical":
        return column
    return Column(column.name, storable(column.data.cast(column.data.type.value_type)))


class _Inexact(ValueError):
    """A number would be another one; the text of it."""


def _refusal(name: str, data: pa.ChunkedArray, to: str, convert: Callable[..., Any]) -> ModuleError:
    for row, value in enumerate(data.to_pylist(), start=1):
        try:
            convert(pa.chunked_array([pa.array([value], data.type)]))
        except _Inexact as other:
            return ModuleError(
                f"Column {name}: {str(value)[:80]} in row {row:,} would become {other} as {ARTICLES[to]}; "
                "integers and text keep every digit."
            )
        except (pa.ArrowException, ValueError, TypeError, OverflowError):
            return ModuleError(f"Column {name}: {str(value)[:80]!r} in row {row:,} is not {ARTICLES[to]}.")
    return ModuleError(f"Column {name} cannot become {to}.")


def _string(data: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_duration(data.type):
        import pandas as pd  # takes its time: a process that only starts need not wait

        return pa.chunked_array(
            [
                pa.array(
                    pd.Series(data.to_pandas()).astype(str).to_numpy(object),
                    pa.large_string(),
                    mask=data.is_null().to_numpy(),
                )
            ]
        )
    if pa.types.is_large_binary(data.type):
        return data.cast(pa.large_string())  # refuses what is no UTF-8
    return data.cast(pa.large_string())


def _integer(data: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_large_string(data.type):
        text = pc.replace_substring_regex(pc.utf8_trim_whitespace(data), r"\.0*$", "")
        plain = pc.match_substring_regex(text, r"^[+-]?[0-9]+$")
        digits, others = (
            pc.if_else(mask, text, pa.scalar(None, text.type)) for mask in (plain, pc.invert(plain))
        )
        typed = pc.replace_substring_regex(digits, r"^\+", "").cast(pa.int64())
        if others.null_count == len(others):
            return typed
        return pc.coalesce(typed, _of_text(others, COUNTED_AS_INTEGER).cast(pa.int64()))
    _numeric(data)
    return data.cast(pa.int64())


def _float(data: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_large_string(data.type):
        return storable(_of_text(pc.utf8_trim_whitespace(data), COUNTED_AS_FLOAT))
    _numeric(data)
    if not pa.types.is_integer(data.type):
        return storable((data.cast(pa.int8()) if pa.types.is_boolean(data.type) else data).cast(pa.float64()))
    exact = floats(data)
    if exact is None:
        raise _Inexact(f"{data.cast(pa.float64(), safe=False)[0].as_py():.0f}")
    return exact


def _of_text(text: pa.ChunkedArray, counted: str) -> pa.ChunkedArray:
    """Floats; _Inexact where one that is `counted` would be another number, or infinite."""
    made = text.cast(pa.float64())
    large = pc.fill_null(pc.greater_equal(pc.abs(made), FIRST_GAP), False)
    if pc.any(large, min_count=0).as_py():
        for said, number in zip(text.filter(large).to_pylist(), made.filter(large).to_pylist(), strict=True):
            if (
                any(map(str.isdigit, said))
                and (isinf(number) or re.fullmatch(counted, said))
                and number != Decimal(said)
            ):
                raise _Inexact(f"{number:.0f}")
    return made


def _boolean(data: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_large_string(data.type):
        words = pc.utf8_lower(pc.utf8_trim_whitespace(data)).to_pylist()
        if any(word not in WORDS for word in words):
            raise ValueError
        return pa.chunked_array([pa.array([WORDS[word] for word in words], pa.bool_())])
    _numeric(data)
    return data.cast(pa.bool_())


def _datetime(data: pa.ChunkedArray, order: Order | None = None) -> pa.ChunkedArray:
    if not pa.types.is_large_string(data.type):
        raise TypeError
    return read_dates(data, order)


def _timedelta(data: pa.ChunkedArray) -> pa.ChunkedArray:
    if not pa.types.is_large_string(data.type):
        raise TypeError
    if pc.any(pc.match_substring_regex(data, r"^[-+.0-9\s]+$"), min_count=0).as_py():  # of which unit?
        raise ValueError
    import pandas as pd  # takes its time: a process that only starts need not wait

    spans = pd.to_timedelta(pd.Series(data.to_pylist(), dtype=object))
    return pa.chunked_array([pa.array(spans, pa.duration("us"), from_pandas=True)])


def _numeric(data: pa.ChunkedArray) -> None:
    arrow = data.type
    if not (pa.types.is_integer(arrow) or pa.types.is_floating(arrow) or pa.types.is_boolean(arrow)):
        raise TypeError


TO: dict[str, Callable[[pa.ChunkedArray], pa.ChunkedArray]] = {
    "string": _string,
    "integer": _integer,
    "float": _float,
    "boolean": _boolean,
    "datetime": _datetime,
    "timedelta": _timedelta,
}
