"""What is wrong with a SQL query, by the engine's own parser and by the columns that are known.

SQLite prepares each statement over tables without rows and runs none; DuckDB parses.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping

from modules.data_transformation._sql_params import declared_params, for_duckdb
from modules.data_transformation._sqlite import DECLARED, _allow, _line_of, split_statements
from modules.scripting.finding import Columns, Finding, meant

LONGEST = 100_000
"""Characters of a query that is looked at."""
MAKING = re.compile(
    r"\s*(?:create|alter|drop|insert|update|delete|replace|with\s+\w+.*insert)\b", re.IGNORECASE
)

Tables = Mapping[str, Columns | None]
"""The connected tables by the name that the query has for them; None where the columns are not known."""


def find_problems(sql: str, engine: str, tables: Tables) -> list[Finding]:
    """All that is probably wrong; the first thing only where the query cannot be parsed."""
    if len(sql) > LONGEST or not sql.strip():
        return []
    sql = sql.replace("\u00a0", " ").removeprefix("\ufeff")
    found = list(_by_duckdb(sql) if engine == "duckdb" else _by_sqlite(sql, tables))
    known = {name: columns for name, columns in tables.items() if columns}
    if not any(one.code == "sql-syntax" for one in found) and known:
        from modules.scripting.sql_scopes import unknown_columns  # sqlglot: no process starts with it

        for column in unknown_columns(sql, engine, tables):
            message = f"{column.where} has no column {column.name!r}; {meant(column.name, column.known)}"
            found.append(Finding(column.line, column.column, "unknown-column", message))
    return found


def _by_sqlite(sql: str, tables: Tables) -> Iterator[Finding]:
    """What SQLite refuses to prepare. Columns are left to `unknown_columns`, which knows the nearest."""
    engine = sqlite3.connect(":memory:", isolation_level=None)
    values = {one.name: None for one in declared_params(sql)}
    makes = any(MAKING.match(statement) for statement, _ in split_statements(sql))
    try:
        for name, columns in tables.items():
            listed = ", ".join(
                f'"{column.replace(chr(34), chr(34) * 2)}" {DECLARED.get(kind, "TEXT")}'
                for column, kind in _distinct(columns or {"c": "string"}).items()
            )
            engine.execute(f"create table {name} ({listed})")
        engine.set_authorizer(_allow)
        for statement, line in split_statements(sql):
            try:
                engine.execute(f"explain {statement}", values).close()
            except (sqlite3.Error, sqlite3.Warning) as error:
                said = str(error)
                if _is_certain(said, makes):
                    code = "sql-syntax" if "syntax error" in said or "unrecognized" in said else "sql"
                    yield Finding(_line_of(said, statement, line), 0, code, f"SQLite: {said}.")
    except (sqlite3.Error, UnicodeEncodeError):
        return
    finally:
        engine.close()


def _distinct(columns: Columns) -> dict[str, str]:
    """Without those that SQLite cannot tell from an earlier one."""
    found: dict[str, tuple[str, str]] = {}
    for name, kind in columns.items():
        found.setdefault(name.casefold(), (name, kind))
    return dict(list(found.values())[:1900])


def _is_certain(said: str, makes: bool) -> bool:
    """Whether this is wrong whatever the tables hold and whatever earlier statements made."""
    if said.startswith("no such table") or "no such view" in said:
        return not makes
    return not said.startswith(("no such column", "ambiguous column", "not authorized", "Incorrect number"))


def _by_duckdb(sql: str) -> Iterator[Finding]:
    import duckdb

    try:
        with duckdb.connect(":memory:") as engine:
            engine.extract_statements(for_duckdb(sql))
    except duckdb.Error as error:
        said = str(error).split("\n\nLINE")[0].removeprefix("Parser Error: ")
        line = re.search(r"LINE (\d+):", str(error))
        yield Finding(int(line[1]) if line else 1, 0, "sql-syntax", f"DuckDB: {said.splitlines()[0]}.")
