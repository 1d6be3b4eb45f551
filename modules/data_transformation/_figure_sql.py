"""Figures of groups as SQL, for the line that a module shows."""

from __future__ import annotations

from modules.data_transformation._aggregating import FIGURES, OF_NUMBERS
from modules.sdk.line import Known, one_of, sql_name

OF_ROWS = {
    "min": "min({v})",
    "max": "max({v})",
    "first": "first({v}) filter (where {v} is not null)",
    "last": "last({v}) filter (where {v} is not null)",
    "list": "string_agg({v}::varchar, ', ')",
}


def figure_sql(known: Known, op: str, column: str, share: float) -> str:
    """A figure of a column.

    >>> figure_sql(Known({"n": "integer"}), "mean", "n", 0.5)
    'avg("n")'
    """
    if op in OF_NUMBERS:
        one_of(known, [column], "integer", "float", "boolean")
    name = sql_name(column)
    if op in OF_NUMBERS and known.type_of(column) == "boolean":
        name = f"{name}::int"
    said = OF_ROWS.get(op) or FIGURES[op]
    return said.replace("?", repr(share)).format(v=name)
