"""What the SQL engines have in common: tables by name, and one result."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from string import ascii_uppercase
from typing import NamedTuple

from modules.data_transformation._tokens import Name, names, names_its_columns
from modules.sdk.column import Column
from modules.sdk.errors import ModuleError
from modules.sdk.values import Table

NO_ROWS = (
    "The query has no statement that returns rows. Its last statement should be a SELECT, for example "
    "`select * from t1;`."
)


WIDE = 1000
"""Columns from which on a table is narrowed to those that a query names."""

BEHIND_A_TABLE = frozenset(
    {
        "on", "using", "where", "join", "left", "right", "full", "inner", "outer", "cross", "natural", "asof",
        "positional", "group", "order", "having", "limit", "union", "except", "intersect", "window",
        "qualify", "sample", "tablesample", "pivot", "unpivot", "select", "set", "values", "and", "or",
    }
)  # fmt: skip
"""Words that may follow a table's name and are no alias of it."""


def wrong(message: str, line: int | None = None) -> ModuleError:
    """The failure for what the engine refused, in the engine's own words."""
    return ModuleError(f"The SQL query is not correct: {message}", param="sql", line=line)


def named_for_sql(sql: str, tables: Mapping[str, Table]) -> dict[str, Table]:
    """The tables with column names that SQL can tell apart.

    SQL sees no difference between `x` and `X`: the second becomes `X (2)`, and a query that writes `X` is
    refused, for the engine would give it `x` without a word. A column without a name becomes `T1COL1`,
    counted by position.
    """
    named, hidden = {}, {}
    for name, table in tables.items():
        named[name], hidden[name] = _named(name, table)
    if any(hidden.values()):
        said = list(names(sql))
        places = aliases(said, tables)
        for word in said:
            _refuse_another(word, places.get(_folded(word.of or "")), hidden)
    return _narrowed(sql, named)


def _narrowed(sql: str, tables: dict[str, Table]) -> dict[str, Table]:
    """Of wide tables the columns that the query names, where it names all that it takes: an engine is slow
    over 100,000 columns, or refuses them."""
    if max(len(table.columns) for table in tables.values()) <= WIDE or not names_its_columns(sql, tables):
        return tables
    said = {_folded(name.text) for name in names(sql)}
    return {
        name: _only(table, said) if len(table.columns) > WIDE else table for name, table in tables.items()
    }


def _only(table: Table, folded: set[str]) -> Table:
    """Its columns of these names; the first where it has none of them."""
    found = [column for column in table if _folded(column.name) in folded]
    return Table.from_columns(found or table.columns[:1], len(table))


class Hidden(NamedTuple):
    """A column that SQL takes for another: what it is called in the query, and that other one."""

    called: str
    other: str


def _named(name: str, table: Table) -> tuple[Table, dict[str, list[tuple[str, Hidden]]]]:
    """The table, and by folded name the columns that are called otherwise, with the names they had."""
    if not table.columns:
        raise ModuleError(f"The table {name} has no columns, so there is nothing to query.", param="sql")
    taken = {_folded(column.name) for column in table}
    seen: dict[str, str] = {}
    hidden: dict[str, list[tuple[str, Hidden]]] = {}
    columns: list[Column] = []
    for position, column in enumerate(table, start=1):
        wanted = column.name or f"{name.upper()}COL{position}"
        free, number = wanted, 2
        while _folded(free) in seen or (free != wanted and _folded(free) in taken):
            free, number = f"{wanted} ({number})", number + 1
        if free != column.name:
            print(f"warning: in {name}, column {position} ({column.name!r}) is called {free!r} in this query")
        if free != wanted:
            twin = Hidden(free, seen[_folded(wanted)])
            hidden.setdefault(_folded(wanted), []).append((wanted, twin))
        seen[_folded(free)] = free
        columns.append(column.renamed(free))
    return Table.from_columns(columns, len(table)), hidden


def _refuse_another(
    name: Name, of: str | None, hidden: Mapping[str, dict[str, list[tuple[str, Hidden]]]]
) -> None:
    """Refuses a name that is not spelt like the column that it would stand for. `of`: the table it names."""
    if name.after == "as" or (name.called and not name.quoted):
        return
    for table, twins in hidden.items():
        found = twins.get(_folded(name.text), [])
        if not found or name.text == found[0][1].other or (of or table) != table:
            continue
        first = found[0][1].other
        meant = next((twin for had, twin in found if had == name.text), None)
        advice = (
            f"it is called `{meant.called}`: write {quoted(meant.called)}, or {first} for the first one"
            if meant
            else f"write {first} for the first one, or {quoted(found[0][1].called)} for the second"
        )
        raise ModuleError(
            f"The query takes {name.text} of {table}. That table has columns whose names differ in upper and "
            f"lower case only, and SQL cannot tell them apart; {advice}.",
            param="sql",
            line=name.line,
        )


def aliases(said: Sequence[Name], tables: Collection[str]) -> dict[str, str]:
    """Folded names that stand for a table: its own, and those given by `t1 a` and `t1 as a`."""
    found = {name: name for name in tables}
    for table, following, third in zip(said, said[1:], [*said[2:], None], strict=False):
        if table.of is None and _folded(table.text) in tables:
            alias = third if _folded(following.text) == "as" else following
            if alias is not None and (alias.quoted or _folded(alias.text) not in BEHIND_A_TABLE):
                found.setdefault(_folded(alias.text), _folded(table.text))
    return found


def _folded(name: str) -> str:
    """As both engines compare names: without regard to the case of A to Z, and of no other letter."""
    return name.translate(_LOWER)


_LOWER = {ord(letter): letter.lower() for letter in ascii_uppercase}


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
