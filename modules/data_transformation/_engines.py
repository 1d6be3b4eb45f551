"""What the SQL engines have in common: tables by name, and one result."""

from __future__ import annotations

from collections.abc import Mapping

from modules.sdk.column import Column
from modules.sdk.errors import ModuleError
from modules.sdk.values import Table

NO_ROWS = (
    "The query has no statement that returns rows. Its last statement should be a SELECT, for example "
    "`select * from t1;`."
)


def wrong(message: str, line: int | None = None) -> ModuleError:
    """The failure for what the engine refused, in the engine's own words."""
    return ModuleError(f"The SQL query is not correct: {message}", param="sql", line=line)


def named_for_sql(tables: Mapping[str, Table]) -> dict[str, Table]:
    """The tables with column names that SQL can tell apart.

    SQL sees no difference between `x` and `X`: the second becomes `X (2)`. A column without a name
    becomes `T1COL1`, counted by position.
    """
    return {name: _named(name, table) for name, table in tables.items()}


def _named(name: str, table: Table) -> Table:
    if not table.columns:
        raise ModuleError(f"The table {name} has no columns, so there is nothing to query.", param="sql")
    taken = {column.name.casefold() for column in table}
    seen: set[str] = set()
    columns: list[Column] = []
    for position, column in enumerate(table, start=1):
        wanted = column.name or f"{name.upper()}COL{position}"
        free, number = wanted, 2
        while free.casefold() in seen or (free != wanted and free.casefold() in taken):
            free, number = f"{wanted} ({number})", number + 1
        if free != column.name:
            print(f"warning: in {name}, column {position} ({column.name!r}) is called {free!r} in this query")
        seen.add(free.casefold())
        columns.append(column.renamed(free))
    return Table.from_columns(columns, len(table))


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
