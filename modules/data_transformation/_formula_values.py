"""What a formula gives for the rows of a table. Faults of kinds are told with their place in the formula."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from modules.data_transformation._formula_functions import (
    DIVIDING,
    FUNCTIONS,
    LOGIC,
    Function,
    as_float,
    as_text,
)
from modules.data_transformation._formula_text import Part, wrong
from modules.sdk.column import type_name
from modules.sdk.comparing import compare_integers
from modules.sdk.errors import ModuleError
from modules.sdk.storable import storable
from modules.sdk.values import Table

KINDS = {"integer": "number", "float": "number", "string": "text", "boolean": "boolean", "datetime": "date",
         "timedelta": "span", "binary": "bytes"}  # fmt: skip
COMPARE = {"=": pc.equal, "!=": pc.not_equal, "<": pc.less, "<=": pc.less_equal, ">": pc.greater,
           ">=": pc.greater_equal}  # fmt: skip
EXACT = {"+": pc.add_checked, "-": pc.subtract_checked, "*": pc.multiply_checked}
FLOATS = {"+": pc.add, "-": pc.subtract, "*": pc.multiply}


def column_of(tree: Part, table: Table) -> pa.ChunkedArray:
    """The formula's value in each row.

    >>> from modules.data_transformation._formula_text import parse
    >>> column_of(parse("x * 2 + 1"), Table.of(x=[1, None])).to_pylist()
    [3, None]
    """
    value = _value(tree, table)
    if isinstance(value, pa.Scalar):
        kind = pa.float64() if pa.types.is_null(value.type) else value.type
        many = pa.array([value.as_py()], kind)
        value = pa.chunked_array([pc.take(many, pa.array([0] * len(table), pa.int64()))])
    return storable(value)


def _value(part: Part, table: Table) -> Any:
    if part.kind == "value":
        return _literal(part)
    if part.kind == "column":
        return _column(part, table)
    name = part.what
    if name not in FUNCTIONS and name not in OPERATORS:
        near = get_close_matches(name, FUNCTIONS, 1, 0.5)
        hint = f"; {near[0]} is one" if near else ""
        raise wrong(f"there is no function {name}{hint}. The help of the module lists them.", part.at)
    values = [_value(each, table) for each in part.parts]
    try:
        return _called(FUNCTIONS[name], part, values) if name in FUNCTIONS else _operated(part, values)
    except ModuleError as error:
        if error.message.startswith("At character"):
            raise
        raise wrong(error.message, part.at) from None
    except (pa.ArrowException, ValueError, TypeError, OverflowError) as error:
        raise wrong(f"{name} cannot be computed: {str(error).splitlines()[0]}.", part.at) from None


def _literal(part: Part) -> pa.Scalar:
    value = part.what
    if value is None:
        return pa.scalar(None)
    if isinstance(value, str):
        return pa.scalar(value, pa.large_string())
    try:
        return pa.scalar(value)
    except OverflowError:
        return pa.scalar(float(value))


def _column(part: Part, table: Table) -> pa.ChunkedArray:
    if not table.has(part.what):
        near = get_close_matches(part.what, table.names, 1, 0.5)
        hint = f"the nearest name is [{near[0]}]" if near else f"there are: {', '.join(table.names[:10])}"
        raise wrong(f"there is no column [{part.what}]; {hint}.", part.at)
    data = storable(table.column(part.what).data)
    if pa.types.is_dictionary(data.type):
        data = data.cast(data.type.value_type)
    if pa.types.is_integer(data.type) and data.type != pa.uint64():
        return data.cast(pa.int64())
    return data.cast(pa.float64()) if pa.types.is_floating(data.type) else data


def kind_of(value: Any) -> str:
    return "nothing" if pa.types.is_null(value.type) else KINDS[type_name(value.type)]


def _called(function: Function, part: Part, values: list[Any]) -> Any:
    takes = function.takes
    most = len(values) if function.repeats else len(takes)
    least = len(takes) if function.least is None else function.least
    if not least <= len(values) <= most or not values:
        raise wrong(f"{part.what} takes other arguments: {function.help}.", part.at)
    typed = []
    for at, (value, said) in enumerate(zip(values, part.parts, strict=True)):
        wanted = takes[min(at, len(takes) - 1)]
        kind = kind_of(value)
        if wanted not in ("any", kind) and kind != "nothing":
            raise wrong(f"{part.what} takes a {wanted} here, but this is a {kind}: {function.help}.", said.at)
        typed.append(_null_of(wanted) if kind == "nothing" and wanted in NULLS else value)
    if part.what in ("if", "coalesce"):
        head, tail = (typed[:1], typed[1:]) if part.what == "if" else ([], typed)
        typed = [*head, *_one_type(tail, part)]
    return function.compute(*typed)


NULLS = {"number": pa.float64(), "text": pa.large_string(), "boolean": pa.bool_(), "date": pa.timestamp("us")}


def _null_of(kind: str) -> pa.Scalar:
    return pa.scalar(None, NULLS[kind])


def _one_type(values: list[Any], part: Part) -> list[Any]:
    """Values of one kind in one type; what is nothing fits all."""
    kinds = {kind_of(value) for value in values} - {"nothing"}
    if len(kinds) > 1:
        raise wrong(f"{part.what} has values of different kinds: {', '.join(sorted(kinds))}.", part.at)
    types = {value.type for value in values if not pa.types.is_null(value.type)}
    if len(types) <= 1:
        to = next(iter(types), pa.float64())
    elif kinds == {"number"}:
        to = pa.float64()
    else:
        to = pa.timestamp("us", next(iter(types)).tz) if kinds == {"date"} else next(iter(types))
    return [pc.cast(value, to, safe=False) for value in values]


def _operated(part: Part, values: list[Any]) -> Any:
    sign, kinds = part.what, [kind_of(value) for value in values]
    if sign == "&":
        return FUNCTIONS["concat"].compute(*values)
    if sign in (*LOGIC, "not"):
        _all_are("boolean", kinds, part)
        typed = [_null_of("boolean") if k == "nothing" else v for k, v in zip(kinds, values, strict=True)]
        return pc.invert(typed[0]) if sign == "not" else LOGIC[sign](typed)
    if sign in COMPARE:
        return _compared(part, values, kinds)
    if sign == "+" and set(kinds) == {"text"}:
        return FUNCTIONS["concat"].compute(*map(as_text, values))
    if sign == "-" and kinds == ["date", "date"]:
        return FUNCTIONS["days_between"].compute(values[1], values[0])
    if sign in "+-" and kinds == ["date", "number"]:
        days = values[1] if sign == "+" else pc.negate(values[1])
        return FUNCTIONS["add_days"].compute(values[0], days)
    _all_are("number", kinds, part)
    typed = [_null_of("number") if k == "nothing" else v for k, v in zip(kinds, values, strict=True)]
    if sign == "negative":
        return pc.negate(typed[0])
    if sign in DIVIDING:
        return DIVIDING[sign](*typed)
    if all(pa.types.is_integer(value.type) for value in typed):
        try:
            return EXACT[sign](*typed)
        except pa.ArrowInvalid:
            print("warning: the formula has results too large for integers; they are floats")
    return FLOATS[sign](*(pc.cast(value, pa.float64(), safe=False) for value in typed))


def _all_are(wanted: str, kinds: list[str], part: Part) -> None:
    for kind, said in zip(kinds, part.parts, strict=True):
        if kind not in (wanted, "nothing"):
            called = "minus" if part.what == "negative" else part.what
            raise wrong(f"{called} takes a {wanted} on each side, but this is a {kind}.", said.at)


def _compared(part: Part, values: list[Any], kinds: list[str]) -> Any:
    if "nothing" in kinds:
        raise wrong("nothing is equal to a missing value; ask is_missing(…).", part.at)
    if kinds[0] != kinds[1]:
        if kinds == ["date", "text"]:
            values = [values[0], _as_date(values[1], values[0])]
        else:
            raise wrong(f"a {kinds[0]} cannot be compared with a {kinds[1]}.", part.at)
    if kinds == ["number", "number"] and values[0].type != values[1].type:
        return _compared_numbers(part.what, *values)
    return COMPARE[part.what](*values)


def _compared_numbers(sign: str, left: Any, right: Any) -> Any:
    """Integers and floats: exact if one side is a single number."""
    if isinstance(left, pa.Scalar) and not isinstance(right, pa.Scalar):
        left, right, sign = right, left, FLIPPED.get(sign, sign)
    if isinstance(right, pa.Scalar) and not isinstance(left, pa.Scalar) and pa.types.is_integer(left.type):
        mask = compare_integers(left, EXACT_SIGNS[sign], right.as_py())
        return pc.if_else(pc.is_valid(left), mask, pa.scalar(None, pa.bool_()))
    return COMPARE[sign](as_float(left), as_float(right))


def _as_date(text: Any, like: Any) -> Any:
    """A text as a date; one without a zone is meant in that of the column."""
    made = FUNCTIONS["date"].compute(text)
    if like.type.tz and not made.type.tz:
        return pc.assume_timezone(made, like.type.tz)
    return made


FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
EXACT_SIGNS = {"=": "eq", "!=": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge"}
OPERATORS = {*COMPARE, *EXACT, *LOGIC, *DIVIDING, "&", "not", "negative"}
