"""Runs a query in DuckDB, over the tables where they lie, without files, extensions or settings."""

from __future__ import annotations

import os
import re
import warnings
from collections.abc import Mapping
from typing import Any

import duckdb
import pyarrow as pa

from modules.data_transformation._engines import NO_ROWS, named_for_sql, wrong
from modules.data_transformation._sql_params import for_duckdb
from modules.data_transformation._tokens import words
from modules.sdk.ahead import Ahead
from modules.sdk.column import Column
from modules.sdk.errors import ModuleError
from modules.sdk.frames import unique_names
from modules.sdk.objects import LONG
from modules.sdk.storable import storable
from modules.sdk.values import Table

SETTINGS = (
    "SET python_enable_replacements=false",
    "SET TimeZone='UTC'",
    "SET preserve_insertion_order=true",
    "SET autoinstall_known_extensions=false",
    "SET autoload_known_extensions=false",
    "SET enable_external_access=false",
)
LOCK = "SET lock_configuration=true"
WITHOUT_THREADS = {"threads": 1, "async_threads": 0}
ROWS = duckdb.ExpectedResultType.QUERY_RESULT
BEYOND = {
    duckdb.StatementType.ATTACH,
    duckdb.StatementType.DETACH,
    duckdb.StatementType.COPY,
    duckdb.StatementType.EXPORT,
    duckdb.StatementType.LOAD,
}
"""Statements about other databases, files and extensions: the engine lets some through that touch no file."""
CHANGING = {
    duckdb.StatementType.INSERT,
    duckdb.StatementType.UPDATE,
    duckdb.StatementType.DELETE,
    duckdb.StatementType.MERGE_INTO,
}
MICROSECONDS_A_DAY = 86_400_000_000


def _new_engine() -> duckdb.DuckDBPyConnection:
    """It has been through one query: what an engine makes at its first is made."""
    engine = duckdb.connect(":memory:", config={**WITHOUT_THREADS})
    for setting in SETTINGS:
        engine.execute(setting)
    engine.register("t1", pa.table({"a": [1]}))
    engine.sql("select a from t1").to_arrow_table()
    engine.unregister("t1")
    return engine


_engines = Ahead(_new_engine)


def take_engine() -> duckdb.DuckDBPyConnection:
    """An engine that nobody else has; it is closed at the end of a `with`."""
    engine = _engines.take()
    engine.execute(f"SET threads={len(os.sched_getaffinity(0))}")
    return engine


def take_locked_engine() -> duckdb.DuckDBPyConnection:
    """The same, whose settings a query cannot change."""
    engine = take_engine()
    engine.execute(LOCK)
    return engine


def query_duckdb(sql: str, tables: Mapping[str, Table], given: Mapping[str, Any] | None = None) -> Table:
    """The rows of the last statement that gives some. `given`: the values of `:name`."""
    sql = for_duckdb(sql) if given else sql
    with take_locked_engine() as engine:
        for name, table in named_for_sql(sql, tables).items():
            engine.register(name, pa.table({c.name: as_duckdb_takes_it(c.data) for c in table}))
        try:
            statements = engine.extract_statements(sql)
        except duckdb.Error as error:
            raise _refused(error, 1) from None
        found, at = None, 0
        for statement in statements:
            at = max(sql.find(statement.query, at), at)
            line = sql.count("\n", 0, at) + 1
            if statement.type in BEYOND:
                raise wrong(
                    f"{statement.type.name} reaches beyond this node's tables, and is not there.", line
                )
            try:
                values = {
                    name: (given or {})[name] for name in statement.named_parameters if name in (given or {})
                }
                if list(statement.expected_result_type) == [ROWS]:
                    result = engine.sql(statement.query, params=values or None)
                    found = result.to_arrow_table() if result is not None else found
                elif _returns_rows(statement):
                    found = _fetched(engine.execute(statement, values or None))
                else:
                    engine.execute(statement, values or None)
            except duckdb.Error as error:
                raise _refused(_with_its_line(engine, statement.query, error, values), line) from None
            at += len(statement.query)
    if found is None:
        raise ModuleError(NO_ROWS, param="sql")
    names = unique_names(found.column_names)
    return Table.from_columns(
        (_column(name, data) for name, data in zip(names, found.columns, strict=True)), found.num_rows
    )


def _column(name: str, data: pa.ChunkedArray) -> Column:
    stored = storable(_durations(data))
    if pa.types.is_decimal(data.type) and pa.types.is_large_string(stored.type):
        print(f"warning: column {name}: {LONG}")
    return Column(name, stored)


def _returns_rows(statement: duckdb.Statement) -> bool:
    """Of those of which the engine cannot say so beforehand: what changes rows may return them, and PIVOT is
    several statements, the last of which tells what it is."""
    said = words(statement.query)
    if statement.type is duckdb.StatementType.MULTI:
        return "create" not in said[:1]
    return statement.type in CHANGING and "returning" in said


def _fetched(result: duckdb.DuckDBPyConnection) -> pa.Table:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that it copies
        return result.to_arrow_table()


def _with_its_line(
    engine: duckdb.DuckDBPyConnection, query: str, error: duckdb.Error, values: dict[str, Any]
) -> duckdb.Error:
    """The same error as `execute` words it: with the line, which `sql` leaves out."""
    if isinstance(error, duckdb.BinderException | duckdb.CatalogException):
        try:
            engine.execute(query, values or None)
        except duckdb.Error as worded:
            return worded
    return error


def _refused(error: duckdb.Error, first_line: int) -> ModuleError:
    """The engine's message; "LINE 2:" in it counts from the first line of its statement."""
    message = str(error)
    spot = re.search(r"\nLINE (\d+):", message)
    line = first_line + int(spot[1]) - 1 if spot else first_line
    return wrong(re.sub(r"\nLINE \d+:", f"\nLINE {line}:", message), line)


def as_duckdb_takes_it(data: pa.ChunkedArray) -> pa.ChunkedArray:
    """Categories as their values: SQL compares, sorts and joins them as such."""
    return data.cast(data.type.value_type) if pa.types.is_dictionary(data.type) else data


def _durations(data: pa.ChunkedArray) -> pa.ChunkedArray:
    """DuckDB's intervals as durations where they count no months, whose length nobody knows."""
    if not pa.types.is_interval(data.type):
        return data
    spans = data.to_pylist()
    if any(span is not None and span[0] for span in spans):
        return pa.chunked_array([pa.array([None if span is None else _worded(*span) for span in spans])])
    counts = [None if span is None else span[1] * MICROSECONDS_A_DAY + span[2] // 1000 for span in spans]
    return pa.chunked_array([pa.array(counts, pa.duration("us"))])


def _worded(months: int, days: int, nanoseconds: int) -> str:
    return f"{months} months {days} days {nanoseconds / 1e9:g} s"
