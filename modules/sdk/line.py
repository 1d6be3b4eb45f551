"""The one line of SQL or pandas that a module does the same as: made of its params, to read and to copy.

SQL is DuckDB's, with tables `t1`, `t2` … as in Apply SQL Transformation; pandas has frames `dataframe1`,
`dataframe2` as in Execute Python Script. A module says its line by a function that takes a `Known` in place
of each table. It only puts texts together, so it runs in the web process."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal, NamedTuple

import pyarrow as pa

from modules.sdk.arrow_types import ARROW
from modules.sdk.column import Column
from modules.sdk.errors import ModuleError
from modules.sdk.selection import ColumnSelection
from modules.sdk.values import Table

Language = Literal["sql", "pandas"]
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.IGNORECASE)
SEVERAL = "With these settings it takes more than one line of SQL or pandas."
NOT_KNOWN = "The columns that come in are not known yet. Run what is above this node."


class NoLine(Exception):
    """There is no line; the message says why, in a sentence."""


class Line(NamedTuple):
    language: Language
    text: str


Says = Callable[..., Line]
"""Given the params and, by port, what is known of each table: the line. Raises NoLine, or ModuleError if the
module would refuse."""


def sql(*parts: str) -> Line:
    """
    >>> sql("select * from t1", "", "limit 2").text
    'select * from t1 limit 2'
    """
    return Line("sql", " ".join(filter(None, parts)))


def pandas(text: str) -> Line:
    return Line("pandas", text)


class Known:
    """The columns of a table as far as they are known: types by name, an empty type is not known; or None."""

    def __init__(self, columns: Mapping[str, str] | None) -> None:
        self._columns = columns

    @property
    def every(self) -> list[str]:
        """The names of all columns. NoLine if they are not known."""
        if self._columns is None:
            raise NoLine(NOT_KNOWN)
        return list(self._columns)

    def type_of(self, name: str) -> str:
        """Empty if it is not known."""
        return (self._columns or {}).get(name, "")

    def names(self, selection: ColumnSelection) -> list[str]:
        """The columns that are chosen, each once. Patterns are not tried: they may take for ever."""
        rules = selection.rules
        if any(rule.by == "pattern" for rule in rules):
            raise NoLine("Columns that a pattern chooses are known after the run.")
        plain = selection.begin == "none" and all(rule.by == "names" and not rule.exclude for rule in rules)
        if self._columns is None and plain:
            return list(dict.fromkeys(name for rule in rules for name in rule.values))
        return list(dict.fromkeys(selection.names(self.table())))

    def one(self, selection: ColumnSelection, what: str) -> str:
        """The one column that is chosen; `what` names the setting that chooses it."""
        names = self.names(selection)
        if len(names) != 1:
            raise NoLine(f"{what}: choose one column.")
        return names[0]

    def table(self) -> Table:
        """A table of these columns without rows; text stands for a type that is not known."""
        if self._columns is None:
            raise NoLine(NOT_KNOWN)
        arrays = ((name, ARROW[kind or "string"]) for name, kind in self._columns.items())
        made = (Column(name, pa.chunked_array([pa.array([], arrow)])) for name, arrow in arrays)
        return Table.from_columns(made, 0)


def sql_name(name: str) -> str:
    """
    >>> sql_name('a "b" c')
    '"a ""b"" c"'
    """
    return '"' + name.replace('"', '""') + '"'


def sql_names(names: Iterable[str]) -> str:
    return ", ".join(map(sql_name, names))


def sql_value(value: Any) -> str:
    """A value as it stands in SQL.

    >>> [sql_value(value) for value in (1, 2.5, "it's", True, None)]
    ['1', '2.5', "'it''s'", 'true', 'null']
    """
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, float)):
        return repr(value) if abs(value) < float("inf") else f"'{value}'::double"
    return "'" + str(value).replace("'", "''") + "'"


def assigned(columns: Mapping[str, str], frame: str = "dataframe1") -> Line:
    """The frame with these columns, each an expression.

    >>> assigned({"a b": "1"}).text
    "dataframe1.assign(**{'a b': 1})"
    """
    said = ", ".join(f"{name!r}: {value}" for name, value in columns.items())
    return pandas(f"{frame}.assign(**{{{said}}})")


def one_of(known: Known, names: Iterable[str], *types: str) -> None:
    """NoLine if one of the columns is known to be of another type."""
    for name in names:
        if (kind := known.type_of(name)) and kind not in types:
            raise NoLine(f"Column {name} is {kind}, for which SQL and pandas need more than one line.")


def line_of(says: Says, params: Any, inputs: Mapping[str, Mapping[str, str] | None]) -> Line | str:
    """The line, or the sentence that says why there is none."""
    try:
        return says(params=params, **{port: Known(columns) for port, columns in inputs.items()})
    except NoLine as none:
        return str(none)
    except ModuleError as error:
        return error.message
