"""Runs a query in SQLite: tables are loaded into memory, and the engine may touch nothing else.

| column      | in SQLite                          | back, where the result takes the column as it is |
|-------------|------------------------------------|--------------------------------------------------|
| integer     | INTEGER                            | integer                                          |
| float       | REAL                               | float                                            |
| string      | TEXT                               | string                                           |
| boolean     | 0 or 1                             | boolean                                          |
| datetime    | ISO text, UTC: 2020-01-31 12:00:00 | datetime                                         |
| timedelta   | REAL, seconds                      | float                                            |
| categorical | its values                         | as its values                                    |
| binary      | BLOB                               | binary                                           |

A computed column is integer, float or text, as SQLite computed it.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from modules.data_transformation._engines import NO_ROWS, named_for_sql, quoted, wrong
from modules.data_transformation._tokens import in_graves, words
from modules.sdk.column import Column
from modules.sdk.errors import ModuleError
from modules.sdk.frames import unique_names
from modules.sdk.storable import storable
from modules.sdk.values import Table

DENIED = {sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH}
TELLING = {"table_info", "table_xinfo", "table_list", "index_list", "index_info", "function_list"}
"""Pragmas that tell of tables and change nothing."""
DECLARED = {
    "integer": "INTEGER",
    "float": "REAL",
    "boolean": "BOOLEAN",
    "datetime": "DATETIME",
    "timedelta": "REAL",
    "binary": "BLOB",
    "string": "TEXT",
}
MOST = 2**63 - 1
CHUNK = 100_000


def query_sqlite(sql: str, tables: Mapping[str, Table], given: Mapping[str, Any] | None = None) -> Table:
    """The rows of the last statement that gives some. `given`: the values of `:name`."""
    values = dict(given or {})
    engine = new_sqlite()
    try:
        named = named_for_sql(sql, tables)
        load_tables(engine, named, _columns_read(sql, named, values))
        found = None
        for statement, line in split_statements(sql):
            try:
                _tell_of_text_in_double_quotes(engine, statement, values)
                cursor = engine.execute(statement, values)
                if cursor.description is not None:
                    names = [entry[0] for entry in cursor.description]
                    found = names, cursor.fetchall(), statement
            except (sqlite3.Error, sqlite3.Warning, OverflowError) as error:
                raise wrong(str(error), _line_of(str(error), statement, line)) from None
        if found is None:
            raise ModuleError(NO_ROWS, param="sql")
        names, rows, statement = found
        engine.set_authorizer(None)
        return _table(names, rows, _declared(engine, statement, len(names)))
    finally:
        engine.close()


def new_sqlite() -> sqlite3.Connection:
    engine = sqlite3.connect(":memory:", isolation_level=None)
    engine.execute("pragma journal_mode = off")
    return engine


def load_tables(
    engine: sqlite3.Connection, tables: Mapping[str, Table], read: dict[str, set[str]] | None = None
) -> None:
    """From here on the engine may touch nothing else. `read`: the columns needed of each, None for all."""
    for name, table in tables.items():
        _load(engine, name, table, read.get(name, set()) if read is not None else None)
    engine.set_authorizer(_allow)


def split_statements(sql: str) -> Iterator[tuple[str, int]]:
    """Each statement with the line on which it begins, counted from 1.

    >>> list(split_statements("select ';';\\n-- done; really\\nselect 2"))
    [("select ';';", 1), ('-- done; really\\nselect 2', 2)]
    """
    start = 0
    for semicolon in (*(found.end() for found in re.finditer(";", sql)), len(sql)):
        piece = sql[start:semicolon]
        if semicolon < len(sql) and not sqlite3.complete_statement(piece):
            continue
        text = piece.lstrip()
        if re.sub(r"--[^\n]*|/\*.*?\*/|[\s;]", "", text, flags=re.DOTALL):
            yield text, sql.count("\n", 0, semicolon - len(text)) + 1
        start = semicolon


def _allow(action: int, first: str | None, second: str | None, *_: object) -> int:
    denied = (
        action in DENIED
        or (action == sqlite3.SQLITE_PRAGMA and (first or "").lower() not in TELLING)
        or (action == sqlite3.SQLITE_FUNCTION and second == "load_extension")
    )
    return sqlite3.SQLITE_DENY if denied else sqlite3.SQLITE_OK


def _tell_of_text_in_double_quotes(
    engine: sqlite3.Connection, statement: str, values: dict[str, Any]
) -> None:
    """SQLite takes "x" for the text 'x' where there is no such column, which a slip makes of many a query."""
    strict = in_graves(statement)
    if strict == statement:
        return
    try:
        engine.execute(f"explain {strict}", values).close()
    except sqlite3.Error as error:
        unknown = str(error).removeprefix("no such column: ")
        if unknown != str(error) and quoted(unknown) in statement:
            print(
                f"warning: there is no column {quoted(unknown)}, so SQLite takes it for text; "
                f"write text in single quotes: '{unknown}'"
            )


def _line_of(message: str, statement: str, line: int) -> int:
    """The line of the word that the engine complains about; where it names none, that of the statement."""
    word = re.search(r'near "(.+)":|no such [a-z ]+: (?:\w+\.)?(.+)$|: ([^:]+)$', message)
    wanted = next(filter(None, word.groups()), "") if word else ""
    spot = re.search(rf"(?<!\w){re.escape(wanted)}", statement)
    return line + statement.count("\n", 0, spot.start() if spot else 0)


def _columns_read(
    sql: str, tables: Mapping[str, Table], values: dict[str, Any]
) -> dict[str, set[str]] | None:
    """The columns that the query reads, by table: tried on tables without rows. None where that fails, and
    where SQLite does not tell of all: of columns that join tables by name, and of tables copied whole."""
    if {"using", "natural", "insert", "replace"} & set(words(sql)):
        return None
    engine = sqlite3.connect(":memory:", isolation_level=None)
    read: dict[str, set[str]] = {}

    def note(action: int, first: str | None, second: str | None, *_: object) -> int:
        if action == sqlite3.SQLITE_READ and first and second:
            read.setdefault(first.casefold(), set()).add(second)
        return _allow(action, first, second)

    try:
        for name, table in tables.items():
            _create(engine, name, table)
        engine.set_authorizer(note)
        for statement, _ in split_statements(sql):
            engine.execute(statement, values).fetchall()
    except (sqlite3.Error, sqlite3.Warning, OverflowError):
        return None
    finally:
        engine.close()
    return read


def _create(engine: sqlite3.Connection, name: str, table: Table) -> None:
    columns = ", ".join(
        f"{quoted(column.name)} {DECLARED[Column('', _plain(column.data.slice(0, 0))).type]}"
        for column in table
    )
    engine.execute(f"create table {name} ({columns})")


def _load(engine: sqlite3.Connection, name: str, table: Table, read: set[str] | None) -> None:
    """`read`: the columns that are needed, None for all; the others stay NULL."""
    needed = [column for column in table if read is None or column.name in read] or list(table)[:1]
    try:
        _create(engine, name, table)
        names = ", ".join(quoted(column.name) for column in needed)
        insert = f"insert into {name} ({names}) values ({', '.join('?' * len(needed))})"  # noqa: S608  our own names
        engine.execute("begin")
        for start in range(0, len(table), CHUNK):
            parts = [_values(column.data.slice(start, CHUNK)) for column in needed]
            engine.executemany(insert, zip(*parts, strict=True))
        engine.execute("commit")
    except sqlite3.Error as error:
        raise wrong(f"{name} does not fit into SQLite ({error}); the engine duckdb may take it") from None


def _plain(data: pa.ChunkedArray) -> pa.ChunkedArray:
    data = storable(data)
    return data.cast(data.type.value_type) if pa.types.is_dictionary(data.type) else data


def _values(column: pa.ChunkedArray) -> list[Any]:
    data = _plain(column)
    arrow = data.type
    if pa.types.is_timestamp(arrow):
        texts = pc.strftime(data.cast(pa.timestamp("us"), safe=False), "%Y-%m-%d %H:%M:%S")
        return _listed(pc.replace_substring_regex(texts, r"\.0+$", ""))
    if pa.types.is_duration(arrow):
        seconds = data.cast(pa.duration("us"), safe=False).cast(pa.int64()).cast(pa.float64())
        return _listed(pc.divide(seconds, 1e6))
    if pa.types.is_uint64(arrow) and (pc.max(data).as_py() or 0) > MOST:
        return _listed(data.cast(pa.float64(), safe=False))
    return _listed(data)


def _listed(data: pa.ChunkedArray) -> list[Any]:
    """As Python values, None where one is missing; by way of NumPy, which is five times as fast."""
    arrow = data.type
    if not (pa.types.is_integer(arrow) or pa.types.is_floating(arrow) or pa.types.is_boolean(arrow)):
        return data.to_numpy().tolist() if _is_text(arrow) else data.to_pylist()
    if not data.null_count:
        return data.to_numpy().tolist()
    values = data.fill_null(False if pa.types.is_boolean(arrow) else 0).to_numpy().tolist()
    for place in np.flatnonzero(data.is_null().to_numpy()):
        values[place] = None
    return values


def _is_text(arrow: pa.DataType) -> bool:
    return pa.types.is_string(arrow) or pa.types.is_large_string(arrow)


def _declared(engine: sqlite3.Connection, statement: str, count: int) -> list[str]:
    """The declared type of each result column, "" for one that is computed."""
    try:
        engine.execute(f"create temp view studio_result as {statement}")
        types = [row[2] for row in engine.execute("pragma table_info(studio_result)")]
    except sqlite3.Error:
        types = []
    return types if len(types) == count else [""] * count


def _table(names: list[str], rows: list[tuple[Any, ...]], declared: list[str]) -> Table:
    parts = zip(*rows, strict=True) if rows else ((),) * len(names)
    columns = [
        Column(name, storable(_column(name, values, kind)))
        for name, values, kind in zip(unique_names(names), parts, declared, strict=True)
    ]
    return Table.from_columns(columns, len(rows))


def _column(name: str, values: Any, declared: str) -> pa.ChunkedArray:
    try:
        data = pa.chunked_array([pa.array(values)])
    except (pa.ArrowException, OverflowError):
        print(f"warning: column {name}: SQLite gave values of several types, so all of them become text")
        data = pa.chunked_array([pa.array([None if value is None else _text(value) for value in values])])
    empty = {
        "INTEGER": pa.int64(),
        "REAL": pa.float64(),
        "BLOB": pa.large_binary(),
        "BOOLEAN": pa.bool_(),
        "DATETIME": pa.timestamp("us"),
    }
    if pa.types.is_null(data.type):
        return data.cast(empty.get(declared, pa.large_string()))
    try:
        if declared == "BOOLEAN" and set(pc.unique(data).to_pylist()) <= {0, 1, None}:
            return data.cast(pa.bool_())
        if declared == "REAL" and pa.types.is_integer(data.type):
            return data.cast(pa.float64())
        if declared == "DATETIME" and pa.types.is_string(data.type):
            return data.cast(pa.timestamp("us"))
    except pa.ArrowException:
        pass
    return data


def _text(value: Any) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
