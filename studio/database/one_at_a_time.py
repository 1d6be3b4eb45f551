"""What one process of all that share a database may do at a time: prepare it, fill it."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from studio import config

ADVISORY = 0x53747564696F
"""The number of our lock in PostgreSQL ("Studio")."""


@contextmanager
def alone() -> Iterator[None]:
    """Waits until no other process is in here. With PostgreSQL on all hosts, by a lock of a transaction,
    which PgBouncer passes on and which ends with its connection; else on this home."""
    if connection.vendor != "postgresql":
        with (config.home() / "prepare.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        return
    own = connection.copy()
    try:
        own.set_autocommit(False)
        with own.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = 0")
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ADVISORY])
        yield
    finally:
        if own.connection is not None:
            own.rollback()
        own.close()
