"""Rows of every table as lines of JSON, the same from SQLite and from PostgreSQL."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import IO, Any

from django.apps.registry import Apps
from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.models import BinaryField, DateTimeField, Field, Model

from studio.database.batches import batches

SNAPSHOT = "snapshot"
"""The connection that backups read by."""

AT_ONCE = 1000


def tables(apps: Apps) -> dict[str, type[Model]]:
    """Every table's model, by the table's name."""
    models = apps.get_models(include_auto_created=True)
    return {model._meta.db_table: model for model in models if model._meta.managed and not model._meta.proxy}


@contextmanager
def snapshot() -> Iterator[str]:
    """The alias of a connection that sees the database as it was at one moment, while others write."""
    settings = {**connections.databases[DEFAULT_DB_ALIAS], "CONN_MAX_AGE": 0}
    options = {name: value for name, value in settings.get("OPTIONS", {}).items() if name != "pool"}
    if connection.vendor == "postgresql":
        from django.db.backends.postgresql.psycopg_any import IsolationLevel as Level

        options["isolation_level"] = Level.REPEATABLE_READ
    else:
        options["transaction_mode"] = "DEFERRED"
    connections.databases[SNAPSHOT] = {**settings, "OPTIONS": options}
    try:
        with transaction.atomic(using=SNAPSHOT):
            yield SNAPSHOT
    finally:
        connections[SNAPSHOT].close()
        del connections[SNAPSHOT], connections.databases[SNAPSHOT]


def write_rows(model: type[Model], file: IO[str], using: str) -> int:
    """The names of the columns, then a line a row, in the order of the keys; how many rows."""
    fields = _fields(model)
    file.write(json.dumps([field.attname for field in fields]) + "\n")
    count = 0
    for row in _all(model, [field.attname for field in fields], using):
        file.write(json.dumps(row, default=_plain, ensure_ascii=False) + "\n")
        count += 1
    return count


def _all(model: type[Model], names: list[str], using: str) -> Iterator[tuple[Any, ...]]:
    """In pages by key: without a cursor of the server's, which PgBouncer would lose."""
    rows = model._base_manager.using(using).order_by("pk").values_list("pk", *names)
    page = list(rows[:AT_ONCE])
    while page:
        for _, *row in page:
            yield tuple(row)
        page = list(rows.filter(pk__gt=page[-1][0])[:AT_ONCE]) if len(page) == AT_ONCE else []


def read_rows(model: type[Model], lines: Iterable[str]) -> int:
    """Adds the rows as they were, their times included; how many."""
    lines = iter(lines)
    by_name = {field.attname: field for field in _fields(model)}
    fields = [by_name[name] for name in json.loads(next(lines))]
    most = max(1, min(AT_ONCE, connection.ops.bulk_batch_size(fields, [None] * AT_ONCE)))
    count = 0
    for some in batches(lines, most):
        rows = [
            model(
                **{
                    field.attname: _typed(field, value)
                    for field, value in zip(fields, json.loads(line), strict=True)
                }
            )
            for line in some
        ]
        # As raw, else Django would set the times of creation and change anew. Its stubs lack `_insert`.
        model._base_manager.all()._insert(rows, fields=fields, raw=True, using=DEFAULT_DB_ALIAS)  # type: ignore[attr-defined]
        count += len(rows)
    return count


def empty(models: Iterable[type[Model]]) -> None:
    """Removes all rows. Within a transaction: keys are looked at in its end."""
    for model in models:
        model._base_manager.all()._raw_delete(using=DEFAULT_DB_ALIAS)


def count_on(models: Iterable[type[Model]]) -> None:
    """Lets the numbers of new rows go on after those that were added."""
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), list(models)):
            cursor.execute(sql)


def _fields(model: type[Model]) -> list[Field[Any, Any]]:
    return list(model._meta.concrete_fields)


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode()
    raise TypeError(f"a {type(value).__name__} cannot be written as JSON")


def _typed(field: Field[Any, Any], value: Any) -> Any:
    if isinstance(field, BinaryField) and value:
        return base64.b64decode(value)
    return datetime.fromisoformat(value) if isinstance(field, DateTimeField) and value else value
