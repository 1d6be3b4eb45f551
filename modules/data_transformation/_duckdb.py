"""Runs a query in DuckDB, over the tables where they lie, without files, extensions or settings."""

from __future__ import annotations

import re
from collections.abc import Mapping

import duckdb
import pyarrow as pa

from modules.data_transformation._engines import NO_ROWS, named_for_sql, wrong
from modules.sdk.errors import ModuleError
from modules.sdk.frames import unique_names
from modules.sdk.storable import storable
from modules.sdk.values import Column, Table

LOCKS = (
    "SET python_enable_replacements=false",
    "SET TimeZone='UTC'",
    "SET preserve_insertion_order=true",
    "SET autoinstall_known_extensions=false",
    "SET autoload_known_extensions=false",
    "SET enable_external_access=false",
    "SET lock_configuration=true",
)
ROWS = duckdb.ExpectedResultType.QUERY_RESULT
MICROSECONDS_A_DAY = 86_400_000_000


def query_duckdb(sql: str, tables: Mapping[str, Table]) -> Table:
    """The rows of the last statement that gives some."""
    with duckdb.connect(":memory:") as engine:
        for name, table in named_for_sql(tables).items():
            engine.register(name, pa.table({c.name: _plain(c.data) for c in table}))
        for lock in LOCKS:
            engine.execute(lock)
        try:
            statements = engine.extract_statements(sql)
        except duckdb.Error as error:
            raise _refused(error, 1) from None
        found, at = None, 0
        for statement in statements:
            at = max(sql.find(statement.query, at), at)
            try:
                if ROWS in statement.expected_result_type and len(statement.expected_result_type) == 1:
                    result = engine.sql(statement.query)
                    found = result.to_arrow_table() if result is not None else None
                else:
                    engine.execute(statement)
            except duckdb.Error as error:
                raise _refused(
                    _with_its_line(engine, statement.query, error), sql.count("\n", 0, at) + 1
                ) from None
            at += len(statement.query)
    if found is None:
        raise ModuleError(NO_ROWS, param="sql")
    return Table.from_columns(
        (
            Column(name, storable(_durations(data)))
            for name, data in zip(unique_names(found.column_names), found.columns, strict=True)
        ),
        found.num_rows,
    )


def _with_its_line(engine: duckdb.DuckDBPyConnection, query: str, error: duckdb.Error) -> duckdb.Error:
    """The same error as `execute` words it: with the line, which `sql` leaves out."""
    if isinstance(error, duckdb.BinderException | duckdb.CatalogException):
        try:
            engine.execute(query)
        except duckdb.Error as worded:
            return worded
    return error


def _refused(error: duckdb.Error, first_line: int) -> ModuleError:
    """The engine's message; "LINE 2:" in it counts from the first line of its statement."""
    message = str(error)
    spot = re.search(r"\nLINE (\d+):", message)
    line = first_line + int(spot[1]) - 1 if spot else first_line
    return wrong(re.sub(r"\nLINE \d+:", f"\nLINE {line}:", message), line)


def _plain(data: pa.ChunkedArray) -> pa.ChunkedArray:
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
