"""A formula as SQL of DuckDB's, for the line that Formula Column shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from modules.data_transformation._formula_functions import FUNCTIONS
from modules.data_transformation._formula_text import Part
from modules.sdk.line import SEVERAL, Known, NoLine, sql_name, sql_value

KINDS = {"integer": "number", "float": "number", "string": "text", "boolean": "boolean", "datetime": "date"}
OF_VALUE = {str: "text", bool: "boolean", int: "number", float: "number"}
COMPARING = ("=", "!=", "<", "<=", ">", ">=")
LONGEST = 5_000
"""Characters: some functions say an argument twice, so that nested ones would double with each level."""
DAY = 86_400_000_000
MODULO = "({0} - {1} * floor({0}::double / nullif({1}, 0)))"
DAYS = f"(date_diff('microsecond', {{0}}, {{1}}) / {DAY})"
LATER = f"({{0}} + to_microseconds(round({{1}} * {DAY})::bigint))"


class Said(NamedTuple):
    """An expression, and what kind of values it gives; an empty kind is not known."""

    text: str
    kind: str


CALLS: Mapping[str, Said] = {
    "round": Said("round({all})", "number"),
    "sqrt": Said("if({0} >= 0, sqrt({0}), null)", "number"),
    "ln": Said("if({0} > 0, ln({0}), null)", "number"),
    "log10": Said("if({0} > 0, log10({0}), null)", "number"),
    "power": Said("pow({0}, {1})", "number"),
    "mod": Said(MODULO, "number"),
    "min": Said("least({all})", "number"),
    "max": Said("greatest({all})", "number"),
    "mid": Said("substring({all})", "text"),
    "ends_with": Said("suffix({all})", "boolean"),
    "matches": Said("regexp_matches({all})", "boolean"),
    "contains": Said("contains({all})", "boolean"),
    "starts_with": Said("starts_with({all})", "boolean"),
    "weekday": Said("isodow({0})", "number"),
    "days_between": Said(DAYS, "number"),
    "add_days": Said(LATER, "date"),
    "number": Said("{0}::double", "number"),
    "integer": Said("{0}::bigint", "number"),
    "date": Said("{0}::timestamp", "date"),
    "is_missing": Said("({0} is null)", "boolean"),
    "coalesce": Said("coalesce({all})", "0"),
    "if": Said("if({all})", "1"),
    **{name: Said(f"{name}({{all}})", "number") for name in ("abs", "floor", "ceil", "exp", "length")},
    **{name: Said(f"{name}({{0}})", "number") for name in ("year", "month", "day", "hour", "minute")},
    **{
        name: Said(f"{name}({{all}})", "text")
        for name in ("upper", "lower", "trim", "left", "right", "replace")
    },
}
"""What is called in another way, or gives another kind; a digit is the argument whose kind it has."""
OPERATORS: Mapping[str, Said] = {
    **{sign: Said(f"({{0}} {sign} {{1}})", "number") for sign in "+-*"},
    **{
        sign: Said(f"({{0}} {sign} {{1}})", "boolean")
        for sign in ("=", "!=", "<", "<=", ">", ">=", "and", "or")
    },
    "/": Said("({0}::double / nullif({1}, 0))", "number"),
    "%": Said(MODULO, "number"),
    "^": Said("pow({0}, {1})", "number"),
    "negative": Said("(-{0})", "number"),
    "not": Said("(not {0})", "boolean"),
}


def formula_sql(tree: Part, known: Known) -> str:
    """
    >>> from modules.data_transformation._formula_text import parse
    >>> formula_sql(parse("[Unit price] * 2 & '!'"), Known({"Unit price": "float"}))
    '(("Unit price" * 2)::varchar || \\'!\\')'
    """
    return _said(tree, known).text


def _said(part: Part, known: Known) -> Said:
    if part.kind == "column":
        kind = known.type_of(part.what)
        if kind and kind not in KINDS:
            raise NoLine(f"Column {part.what} is {kind}, for which SQL needs more than one line.")
        return Said(sql_name(part.what), KINDS.get(kind, ""))
    if part.kind == "value":
        kind = (
            "text" if isinstance(part.what, str) else "boolean" if isinstance(part.what, bool) else "number"
        )
        return Said(sql_value(part.what), kind)
    parts = [_said(each, known) for each in part.parts]
    kinds = [each.kind for each in parts]
    name = part.what
    if name in ("&", "concat") or (name == "+" and kinds == ["text", "text"]):
        return Said(f"({' || '.join(map(_as_text, parts))})", "text")
    if name == "text":
        return Said(_as_text(parts[0]), "text")
    if name == "-" and kinds == ["date", "date"]:
        return _filled(CALLS["days_between"], parts[::-1])
    if name in "+-" and kinds == ["date", "number"]:
        by = parts[1] if name == "+" else Said(f"(-{parts[1].text})", "number")
        return _filled(CALLS["add_days"], [parts[0], by])
    if name in COMPARING and kinds == ["date", "text"]:
        parts[1] = Said(f"{parts[1].text}::timestamp", "date")
    how = OPERATORS.get(name) or CALLS.get(name)
    if how is None or (name not in OPERATORS and name not in FUNCTIONS):
        raise NoLine(SEVERAL)
    return _filled(how, parts)


def _filled(how: Said, parts: list[Said]) -> Said:
    texts = [each.text for each in parts]
    if sum(map(len, texts)) > LONGEST:
        raise NoLine("The formula is too long for one line.")
    try:
        text = how.text.format(*texts, all=", ".join(texts))
        return Said(text, parts[int(how.kind)].kind if how.kind.isdigit() else how.kind)
    except IndexError:
        raise NoLine("The formula lacks an argument.") from None


def _as_text(said: Said) -> str:
    """Numbers of fractions and dates have other texts in SQL, so only the rest is put together."""
    if said.kind == "date":
        raise NoLine(SEVERAL)
    return said.text if said.kind == "text" else f"{said.text}::varchar"
