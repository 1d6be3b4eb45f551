"""The form of the database: which migrations it has, and how to make it anew in the form of a backup."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

Key = tuple[str, str]


def applied() -> list[Key]:
    """The migrations that the database has."""
    return sorted(MigrationRecorder(connection).applied_migrations())


def unknown(keys: list[Key]) -> list[Key]:
    """Those that this Studio does not have."""
    known = MigrationExecutor(connection).loader.graph.nodes
    return [key for key in keys if key not in known]


def make_anew(keys: list[Key]) -> Apps:
    """Drops all of Studio's tables and makes them with these migrations; the models as they were then."""
    _drop_all()
    executor = MigrationExecutor(connection)
    nodes = executor.loader.graph.node_map
    having = set(keys)
    newest = [
        key
        for key in keys
        if not any(child.key in having and child.key[0] == key[0] for child in nodes[key].children)
    ]
    executor.migrate(newest)
    return executor.loader.project_state(newest).apps


def _drop_all() -> None:
    ours = {*connection.introspection.django_table_names(), "django_migrations"}
    cascade = " CASCADE" if connection.vendor == "postgresql" else ""
    with connection.schema_editor() as editor:
        for table in sorted(ours & set(connection.introspection.table_names())):
            editor.execute(f"DROP TABLE {connection.ops.quote_name(table)}{cascade}")
