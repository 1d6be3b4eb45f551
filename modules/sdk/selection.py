"""The column picker: which columns of a table a setting means.

    {"begin": "none", "rules": [{"by": "types", "values": ["numeric"]},
                                {"by": "names", "values": ["id"], "exclude": true}], "ordered": false}

Rules apply in order, each to what the ones before it left. A plain list of names, or names with
commas between them, is taken too, and keeps its order.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from difflib import get_close_matches
from typing import Any, Literal, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, model_validator

from modules.sdk.column import ColumnType
from modules.sdk.errors import ModuleError
from modules.sdk.values import Table

TYPES: dict[str, tuple[str, ...]] = {
    **{name: (name,) for name in get_args(ColumnType)},
    "numeric": ("integer", "float"),
    "all": get_args(ColumnType),
}
RANGE = re.compile(r"\s*(\d+)\s*(?:-\s*(\d+)\s*)?")


class Rule(BaseModel):
    """Takes columns in, or out again.

    `values` are names; column types, `numeric` or `all`; numbers from 1 and ranges such as `2-4`;
    or regular expressions found anywhere in a name.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    by: Literal["names", "types", "indexes", "pattern"]
    values: tuple[str, ...] = ()
    exclude: bool = False

    @model_validator(mode="before")
    @classmethod
    def _values_as_text(cls, raw: Any) -> Any:
        """Numbers may be given as such, one value without its list, and `1-4,6` in one text."""
        if not isinstance(raw, dict) or "values" not in raw:
            return raw
        values = raw["values"]
        values = values if isinstance(values, (list, tuple)) else [values]
        if raw.get("by") == "indexes":
            values = [part for value in values for part in str(value).split(",") if part.strip()]
        return raw | {"values": [str(value) if isinstance(value, int) else value for value in values]}

    @model_validator(mode="after")
    def _values_fit(self) -> Self:
        for value in self.values:
            if self.by == "types" and value not in TYPES:
                raise ValueError(f"'{value}' is not a column type; there are {', '.join(TYPES)}")
            if self.by == "indexes" and not RANGE.fullmatch(value):
                raise ValueError(f"'{value}' is neither a column number nor a range such as 2-4")
            if self.by == "pattern":
                try:
                    re.compile(value)
                except re.error as error:
                    raise ValueError(f"'{value}' is not a regular expression: {error}") from error
        return self

    def names(self, table: Table) -> list[str]:
        """The names the rule means, in the order it says them; ModuleError for one that is not there."""
        return [name for value in self.values for name in FINDERS[self.by](table, value)]


class ColumnSelection(BaseModel):
    """Rules that pick columns, beginning with all of them or none.

    `ordered` keeps the order of selection and columns selected twice; otherwise the columns come
    in the table's order, each once.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    begin: Literal["none", "all"] = "none"
    rules: tuple[Rule, ...] = Field(default=())
    ordered: bool = False

    @model_validator(mode="before")
    @classmethod
    def _short_forms(cls, raw: Any) -> Any:
        if raw is None:
            return {}
        if isinstance(raw, str):
            raw = [name.strip() for name in raw.split(",") if name.strip()]
        if isinstance(raw, (list, tuple)):
            return {"rules": [{"by": "names", "values": list(raw)}] if raw else [], "ordered": True}
        return raw

    @classmethod
    def all(cls) -> Self:
        return cls(begin="all")

    @classmethod
    def none(cls) -> Self:
        return cls()

    @classmethod
    def of(cls, *names: str) -> Self:
        """Just these, in this order.

        >>> ColumnSelection.of("y", "x").names(Table.of(x=[1], y=[2]))
        ['y', 'x']
        """
        return cls(rules=(Rule(by="names", values=names),), ordered=True)

    def names(self, table: Table) -> list[str]:
        """The names of the columns picked; ModuleError where a rule names one that is not there.

        >>> no_text = {"by": "types", "values": ["string"], "exclude": True}
        >>> ColumnSelection(begin="all", rules=[no_text]).names(Table.of(x=[1], y=["a"]))
        ['x']
        """
        picked = list(table.names) if self.begin == "all" else []
        for rule in self.rules:
            names = rule.names(table)
            if rule.exclude:
                out = set(names)
                picked = [name for name in picked if name not in out]
            else:
                picked += names
        if self.ordered:
            return picked
        chosen = set(picked)
        return [name for name in table.names if name in chosen]


def _by_name(table: Table, value: str) -> list[str]:
    if table.has(value):
        return [value]
    raise ModuleError(f"There is no column '{value}' in the table{_nearest(table.names, value)}.")


def _nearest(names: list[str], value: str) -> str:
    lower = {name.strip().lower(): name for name in names}
    found = get_close_matches(value.strip().lower(), list(lower), 1, 0.5)
    if found:
        return f"; the nearest name is '{lower[found[0]]}'"
    shown = ", ".join(names[:10]) + (" …" if len(names) > 10 else "")
    return f"; it has {shown}" if names else "; it has no columns"


def _by_type(table: Table, value: str) -> list[str]:
    return [column.name for column in table if column.type in TYPES[value]]


def _by_index(table: Table, value: str) -> list[str]:
    low, high = (int(end) for end in _ends(value))
    if not 1 <= low <= high <= len(table.columns):
        raise ModuleError(
            f"There is no column number {value.strip()}; the table has {len(table.columns)} columns."
        )
    return table.names[low - 1 : high]


def _ends(value: str) -> tuple[str, str]:
    found = RANGE.fullmatch(value)
    if found is None:
        raise ModuleError(f"'{value}' is neither a column number nor a range such as 2-4.")
    return found[1], found[2] or found[1]


def _by_pattern(table: Table, value: str) -> list[str]:
    return [name for name in table.names if re.search(value, name)]


FINDERS: dict[str, Callable[[Table, str], list[str]]] = {
    "names": _by_name,
    "types": _by_type,
    "indexes": _by_index,
    "pattern": _by_pattern,
}
