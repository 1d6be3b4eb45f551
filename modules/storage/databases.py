"""Tables of databases, through SQLAlchemy and drivers in Python, whose connections go by the proxy."""

from __future__ import annotations

import logging
import os
import ssl
from typing import Any

from modules.sdk.errors import ModuleError
from modules.sdk.values import Table
from modules.storage.failing import telling
from modules.storage.places import Database

SECONDS = 60
ROWS = 20_000
"""Rows that are fetched at once."""
AS_IT_IS: dict[str, Any] = {"no_parameters": True}
"""A query's own `%` is no place for a value; PyMySQL would take it for one."""


def connect(database: Database, password: str) -> Any:
    """SQLAlchemy's engine; nothing is asked yet."""
    from sqlalchemy import URL, create_engine
    from sqlalchemy.pool import NullPool

    logging.getLogger("sqlalchemy").setLevel(logging.CRITICAL)  # it tells of one failure three times

    url = URL.create(
        database.driver,
        database.user or None,
        password or None,
        database.host,
        database.port,
        database.name or None,
    )
    return create_engine(url, poolclass=NullPool, connect_args=_arguments(database))


def run_query(database: Database, password: str, query: str) -> Table:
    """The rows of a query. ModuleError with what the database says."""
    import pyarrow as pa

    if not query.strip():
        raise ModuleError("Write a query, such as select * from cars.", param="database_query")
    engine = connect(database, password)
    with telling(place_of(database), "database_query"), engine.connect() as connection:
        found = connection.execution_options(stream_results=True, **AS_IT_IS).exec_driver_sql(query)
        if not found.returns_rows:
            raise ModuleError("The query gives no rows: it must be a select.", param="database_query")
        names = list(found.keys())
        parts: list[list[Any]] = [[] for _ in names]
        while rows := found.fetchmany(ROWS):
            for values, column in zip(parts, zip(*rows, strict=True), strict=True):
                values.append(_array(column))
    arrays = [_joined(pa, values) for values in parts]
    return Table.from_arrow(pa.Table.from_arrays(arrays, names=_different(names)))


def mark(database: Database, password: str, query: str) -> str | None:
    """What a query of one value gives, as text; None without a query."""
    if not query.strip():
        return None
    with connect(database, password).connect() as connection:
        row = connection.execution_options(**AS_IT_IS).exec_driver_sql(query).fetchone()
    return None if row is None else repr(tuple(row))


def write_table(database: Database, password: str, table: Table, name: str, mode: str, rows: int) -> None:
    """All rows or none. `mode`: "error" if there is such a table, "append" or "replace". `rows`: that one
    statement writes."""
    schema, _, plain = name.strip().rpartition(".")
    if not plain:
        raise ModuleError("Name the table to write to.", param="data_table_name")
    how: Any = {"error": "fail", "append": "append", "replace": "replace"}[mode]
    engine = connect(database, password)
    with telling(f"{place_of(database)}, table {name},", "data_table_name"), engine.begin() as connection:
        try:
            table.frame().to_sql(
                plain, connection, schema=schema or None, if_exists=how, index=False, chunksize=rows
            )
        except ValueError as error:
            if "already exists" not in str(error):
                raise
            message = f"There is a table {name} already. Choose another write mode, or another name."
            raise ModuleError(message, param="write_mode") from None


def place_of(database: Database) -> str:
    return f"The database {database.name or '(none)'} on {database.host}:{database.port}"


def _arguments(database: Database) -> dict[str, Any]:
    trusted = os.environ.get("SSL_CERT_FILE")
    if database.driver.endswith("pg8000"):
        safe = ssl.create_default_context(cafile=trusted) if database.encrypted else None
        return {"timeout": SECONDS, "ssl_context": safe}
    if database.driver.endswith("pymysql"):
        return {"connect_timeout": SECONDS, **({"ssl": {"ca": trusted}} if database.encrypted else {})}
    if database.encrypted:
        return {"login_timeout": SECONDS, "cafile": trusted, "validate_host": True}
    return {"login_timeout": SECONDS}


def _array(values: tuple[Any, ...]) -> Any:
    """Values of one column, as Arrow has them; what it does not know becomes text."""
    import datetime
    import decimal

    import pyarrow as pa

    kinds = {type(value) for value in values} - {type(None)}
    if kinds and kinds <= {decimal.Decimal, int, float} and kinds != {int}:
        return pa.array([None if value is None else float(value) for value in values], pa.float64())
    if kinds == {datetime.date}:
        return pa.array(values, pa.date32()).cast(pa.timestamp("us"))
    try:
        if kinds <= {bool, int, float, str, bytes, datetime.datetime, datetime.timedelta}:
            return pa.array(values, pa.large_string() if kinds == {str} else None)
    except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError):
        pass
    return pa.array([None if value is None else str(value) for value in values], pa.large_string())


def _joined(pa: Any, parts: list[Any]) -> Any:
    """One column of its pieces; where their types differ, that of the most."""
    kinds = {part.type for part in parts if part.type != pa.null()}
    if not kinds:
        return pa.array([None] * sum(len(part) for part in parts), pa.large_string())
    kind = next(iter(kinds)) if len(kinds) == 1 else _common(pa, kinds)
    return pa.chunked_array([part.cast(kind) for part in parts], kind).combine_chunks()


def _common(pa: Any, kinds: set[Any]) -> Any:
    return pa.float64() if kinds <= {pa.int64(), pa.float64()} else pa.large_string()


def _different(names: list[str]) -> list[str]:
    """A name that is taken gets ` (2)`, the next ` (3)`."""
    found: list[str] = []
    for name in map(str, names):
        count, free = 1, name
        while free in found:
            count += 1
            free = f"{name} ({count})"
        found.append(free)
    return found
