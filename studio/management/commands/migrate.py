"""`manage.py migrate`: Django's own, one process at a time; with PostgreSQL it also bounds how long the role
waits, for locks and for hosts that have vanished."""

from __future__ import annotations

import logging
from typing import Any

from django.core.management.commands import migrate
from django.db import DatabaseError, connection

from studio.database.one_at_a_time import alone

log = logging.getLogger(__name__)

BOUNDS = {
    "lock_timeout": "30s",
    "idle_in_transaction_session_timeout": "60s",
    "tcp_keepalives_idle": "15",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
    "tcp_user_timeout": "30s",
}
"""Kept with the role in this database: PgBouncer refuses them where a connection asks for them. A host that
vanished within a transaction keeps its locks for 30 seconds; one that is frozen, for 60."""


class Command(migrate.Command):
    help = "Brings the database to today's form, one process at a time."

    def handle(self, *args: Any, **options: Any) -> None:
        with alone():
            if connection.vendor == "postgresql":
                _bound_the_role()
            super().handle(*args, **options)


def _bound_the_role() -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_database()")
            (name,) = cursor.fetchone()
            here = f"ALTER ROLE CURRENT_USER IN DATABASE {connection.ops.quote_name(name)}"
            for setting, value in BOUNDS.items():
                cursor.execute(f"{here} SET {setting} = %s", [value])
    except DatabaseError as error:
        log.warning("the bounds of the database role could not be set: %s", str(error).strip())
