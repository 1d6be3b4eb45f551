"""How an engine runs a query: its plan, with the rows that each step gave as far as the engine says."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any, NamedTuple

import duckdb
import pyarrow as pa

from modules.data_transformation._duckdb import as_duckdb_takes_it, take_locked_engine
from modules.data_transformation._engines import named_for_sql
from modules.data_transformation._sql_params import for_duckdb
from modules.data_transformation._sqlite import load_tables, new_sqlite, split_statements
from modules.data_transformation.apply_sql_transformation import SqlParams, plain_sql
from modules.sdk.values import Table

MOST_STEPS = 200
LONGEST = 500
HIDDEN = {"RESULT_COLLECTOR", "EXPLAIN_ANALYZE"}
GUESSED = {"Estimated Cardinality", "Function"}


class PlanStep(NamedTuple):
    """`depth`: 0 is the last step; those that feed it are one deeper. `rows`: that it gave, None where the
    engine does not say. `seconds`: that it took."""

    depth: int
    what: str
    detail: str
    rows: int | None
    seconds: float | None


def query_plan(params: SqlParams, tables: Mapping[str, Table]) -> list[PlanStep]:
    """The plan of the last statement that returns rows. It is an extra: empty if the engine gives none."""
    sql = plain_sql(params.sql)
    with suppress(duckdb.Error, sqlite3.Error, sqlite3.Warning, ValueError, KeyError):
        steps = (_in_duckdb if params.engine == "duckdb" else _in_sqlite)(sql, tables, params.declared)
        return steps[:MOST_STEPS]
    return []


def _in_duckdb(sql: str, tables: Mapping[str, Table], given: Mapping[str, Any]) -> list[PlanStep]:
    sql = for_duckdb(sql) if given else sql
    with take_locked_engine() as engine:
        for name, table in named_for_sql(sql, tables).items():
            engine.register(name, pa.table({c.name: as_duckdb_takes_it(c.data) for c in table}))
        statements = engine.extract_statements(sql)
        last = max(n for n, one in enumerate(statements) if one.type is duckdb.StatementType.SELECT)
        for statement in statements[:last]:
            engine.execute(statement, _values(statement, given)).fetchall()
        wanted = statements[last]
        told = engine.execute(f"EXPLAIN (ANALYZE, FORMAT json) {wanted.query}", _values(wanted, given))
        plan = json.loads(told.fetchall()[0][1])
    return [step for root in plan["operator"] for step in _operators(root, 0)]


def _values(statement: duckdb.Statement, given: Mapping[str, Any]) -> dict[str, Any] | None:
    return {name: given[name] for name in statement.named_parameters if name in given} or None


def _operators(node: Mapping[str, Any], depth: int) -> Iterator[PlanStep]:
    kind = str(node["type"])
    below = depth
    if kind not in HIDDEN:
        facts = (
            f"{name}: {', '.join(map(str, value)) if isinstance(value, list) else value}"
            for name, value in node.get("extra_info", {}).items()
            if name not in GUESSED
        )
        detail = "; ".join(facts).replace("\n", " ")
        words = kind.replace("_", " ").strip().capitalize()
        rows, seconds = int(node["intermediate_rows"]), float(node["timing"])
        counted = rows > 0 or seconds > 0  # a union passes on what its parts gave
        yield PlanStep(depth, words, detail[:LONGEST], rows if counted else None, seconds)
        below += 1
    for child in node.get("children", ()):
        yield from _operators(child, below)


def _in_sqlite(sql: str, tables: Mapping[str, Table], given: Mapping[str, Any]) -> list[PlanStep]:
    """SQLite says no numbers; of a table that it reads from end to end they are known."""
    named, found = named_for_sql(sql, tables), []
    engine = new_sqlite()
    try:
        load_tables(engine, named)
        for statement, _ in split_statements(sql):
            plan: list[tuple[int, int, int, str]] = []
            with suppress(sqlite3.Error):
                plan = engine.execute(f"explain query plan {statement}", given).fetchall()
            cursor = engine.execute(statement, given)
            if cursor.description is not None:
                found = plan
                cursor.fetchall()
    finally:
        engine.close()
    depths = {0: -1}
    rows = {name.casefold(): len(table) for name, table in named.items()}
    steps = []
    for id, parent, _, text in found:
        depths[id] = depths.get(parent, -1) + 1
        scanned = re.match(r"SCAN (\w+)", text)
        count = rows.get(scanned[1].casefold()) if scanned else None
        what, _, detail = text.partition(" ")
        steps.append(PlanStep(depths[id], what.capitalize(), detail[:LONGEST], count, None))
    return steps
