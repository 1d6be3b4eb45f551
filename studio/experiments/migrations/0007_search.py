"""Indexes for the list of experiments and for its search."""

import logging

from django.conf import settings
from django.db import DatabaseError, migrations, transaction

from studio.database.wide_index import WideIndex

log = logging.getLogger(__name__)

SEARCHED = ("name", "folder", "tag_lines")


def index_trigrams(apps, schema_editor):
    """PostgreSQL's trigrams, where the role may have them; elsewhere a search reads the names of all."""
    if schema_editor.connection.vendor != "postgresql":
        return
    columns = ", ".join(f"upper({column}::text) gin_trgm_ops" for column in SEARCHED)
    try:
        with transaction.atomic(schema_editor.connection.alias):
            schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            schema_editor.execute(f"CREATE INDEX search_experiments ON experiments_experiment USING gin ({columns})")
    except DatabaseError as error:
        log.warning("searches for experiments do without an index of trigrams: %s", error)


def drop_trigrams(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX IF EXISTS search_experiments")


class Migration(migrations.Migration):
    dependencies = [
        ("experiments", "0006_count_runs"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="experiment",
            index=WideIndex(fields=["owner", "-updated", "id"], beside=["name", "folder", "tag_lines"], name="list_experiments"),
        ),
        migrations.RemoveIndex(model_name="experiment", name="experiments_owner_i_098c3d_idx"),
        migrations.RunPython(index_trigrams, drop_trigrams),
    ]
