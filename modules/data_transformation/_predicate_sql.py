"""Conditions on the values of a column as SQL, for the line that a module shows."""

from __future__ import annotations

import datetime as dt
import re

import pyarrow as pa

from modules.data_transformation._predicates import Condition, typed
from modules.sdk.arrow_types import ARROW
from modules.sdk.column import Column
from modules.sdk.line import NUMBER, Known, NoLine, one_of, sql_name, sql_value

SIGNS = {
    "is": "=",
    "is_not": "is distinct from",
    "less": "<",
    "at_most": "<=",
    "greater": ">",
    "at_least": ">=",
}
TEXTS = {
    "contains": "contains",
    "starts_with": "starts_with",
    "ends_with": "suffix",
    "matches": "regexp_matches",
}


def conditions_sql(known: Known, conditions: tuple[Condition, ...]) -> str:
    """All conditions, joined as they are joined.

    >>> conditions_sql(Known({"n": "integer"}), (Condition(column="n", op="greater", value="10"),))
    '"n" > 10'
    """
    parts: list[str] = []
    for at, each in enumerate(conditions, start=1):
        column = known.one(each.column, f"Condition {at}")
        said = condition_sql(known, column, each.op, each.value, each.upper)
        parts.append(said if not parts else f"{each.joined_by} {said}")
    return " ".join(parts)


def condition_sql(known: Known, column: str, op: str, value: str, upper: str) -> str:
    name, kind = sql_name(column), known.type_of(column)
    if op in ("missing", "present"):
        return f"{name} is {'' if op == 'missing' else 'not '}null"
    if op in TEXTS:
        one_of(known, [column], "string", "categorical", "integer")
        text = name if kind == "string" else f"{name}::varchar"
        return f"{TEXTS[op]}({text}, {sql_value(value)})"
    if op == "in_last_days":
        if not NUMBER.fullmatch(value.strip()):
            raise NoLine("Write how many days.")
        seconds = round(float(value) * 86_400)
        return " ".join([name, ">= (select", f"max({name})", f"from t1) - to_seconds({seconds})"])
    if op == "in_list":
        items = [item.strip() for item in re.split(r"\n" if "\n" in value else ",", value) if item.strip()]
        if not items:
            raise NoLine("The list is empty. Write values with commas between them.")
        return f"{name} in ({', '.join(_value(column, kind, item) for item in items)})"
    if op == "between":
        return f"{name} between {_value(column, kind, value)} and {_value(column, kind, upper)}"
    return f"{name} {SIGNS[op]} {_value(column, kind, value)}"


def _value(column: str, kind: str, written: str) -> str:
    """What was written as a value of the column's type; if that is not known, as a number if it is one."""
    if kind in ("", "integer", "float") and NUMBER.fullmatch(written.strip()):
        return written.strip()
    if kind in ("", "string", "categorical"):
        return sql_value(written)
    empty = Column(column, pa.chunked_array([pa.array([], ARROW[kind])]))
    value = typed(empty, written, "conditions", "The condition").as_py()
    if isinstance(value, dt.datetime):
        return f"timestamp '{value.isoformat(sep=' ')}'"
    if isinstance(value, dt.timedelta):
        return f"to_microseconds({value // dt.timedelta(microseconds=1)})"
    return sql_value(value)
