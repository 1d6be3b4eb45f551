"""The columns of a SQL query: those that it takes and no table has, and those that it gives. By sqlglot."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.optimizer.scope import Scope, traverse_scope

from modules.scripting.finding import Columns

logging.getLogger("sqlglot").setLevel(logging.ERROR)
HIDDEN = {"rowid", "oid", "_rowid_"}

Tables = Mapping[str, Columns | None]


class Unknown(NamedTuple):
    """A column that is taken and not there. `where`: the table, or the tables that could have it."""

    name: str
    where: str
    known: list[str]
    line: int
    column: int


def unknown_columns(sql: str, engine: str, tables: Tables) -> Iterator[Unknown]:
    """Told only where each place that the column could come from is a table whose columns are known."""
    for statement in _parsed(sql, engine):
        for scope in _scopes(statement):
            named = {name.casefold() for name in _aliases(scope)}
            for column in scope.columns:
                if column.parent_select is not scope.expression:
                    continue  # it stands in a query inside of this one, whose turn comes too
                sources = _sources(scope, column.table, tables)
                if not sources or any(source is None for _, source in sources):
                    continue
                known = [name for _, source in sources for name in source or ()]
                folded = {name.casefold() for name in known} | HIDDEN
                if column.name.casefold() not in folded | (named if not column.table else set()):
                    place = column.this.meta
                    yield Unknown(
                        column.name,
                        " or ".join(dict.fromkeys(name for name, _ in sources)),
                        known,
                        place.get("line", 1),
                        max(0, place.get("col", 1) - len(column.name)),
                    )


def result_columns(sql: str, engine: str, tables: Tables) -> Columns | None:
    """The columns of the last statement's result, with types where they are those of a table; None where
    that cannot be told without running it."""
    statements = [one for one in _parsed(sql, engine) if isinstance(one, exp.Query)]
    if not statements or len(statements) < len(_parsed(sql, engine)):
        return None
    scopes = _scopes(statements[-1])
    return _given(scopes[-1], tables, 0) if scopes else None


def _given(scope: Scope, tables: Tables, depth: int) -> Columns | None:
    if not isinstance(scope.expression, exp.Select) or depth > 20:
        return None
    found: dict[str, str] = {}
    for item in scope.expression.selects:
        if isinstance(item, exp.Star) or (isinstance(item, exp.Column) and isinstance(item.this, exp.Star)):
            if item.args.get("except_") or item.args.get("replace") or item.args.get("rename"):
                return None
            names = [item.table] if isinstance(item, exp.Column) else list(scope.selected_sources)
            for name in names:
                columns = _of_source(scope, name, tables, depth)
                if columns is None:
                    return None
                found |= columns
        else:
            if not item.output_name:
                return None
            inner = item.this if isinstance(item, exp.Alias) else item
            found[item.output_name] = _type(inner, scope, tables, depth)
    return found


def _of_source(scope: Scope, name: str, tables: Tables, depth: int) -> Columns | None:
    source = scope.sources.get(name)
    if isinstance(source, Scope):
        return _given(source, tables, depth + 1)
    return tables.get(source.name.casefold()) if isinstance(source, exp.Table) else None


def _type(value: exp.Expr, scope: Scope, tables: Tables, depth: int) -> str:
    """Of a column that is taken as it is; empty of all else."""
    if isinstance(value, exp.Column):
        for name in [value.table] if value.table else list(scope.selected_sources):
            kinds = {n.casefold(): kind for n, kind in (_of_source(scope, name, tables, depth) or {}).items()}
            if value.name.casefold() in kinds:
                return kinds[value.name.casefold()]
    return ""


def _sources(scope: Scope, name: str, tables: Tables) -> list[tuple[str, Columns | None]]:
    """What a column with this qualifier may come from, the queries around a subquery included."""
    found = [
        (source.name if isinstance(source, exp.Table) else alias, _of_source(scope, alias, tables, 0))
        for alias, (_, source) in scope.selected_sources.items()
        if alias.casefold() == (name or alias).casefold()
    ]
    if scope.parent and scope.is_subquery:
        found += _sources(scope.parent, name, tables)
    return found


def _aliases(scope: Scope) -> Iterator[str]:
    select = scope.expression
    if isinstance(select, exp.Select):
        yield from (item.output_name for item in select.selects if isinstance(item, exp.Alias))


def _scopes(statement: exp.Expr) -> list[Scope]:
    try:
        return list(traverse_scope(statement))
    except (SqlglotError, RecursionError, KeyError):
        return []


@lru_cache(maxsize=64)
def _parsed(sql: str, engine: str) -> tuple[exp.Expr, ...]:
    try:
        return tuple(one for one in sqlglot.parse(sql, dialect=engine) if one is not None)
    except (SqlglotError, RecursionError):
        return ()
