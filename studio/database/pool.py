"""This process's pool of connections to PostgreSQL. SQLite has none."""

from __future__ import annotations

from django.db import connections


def give_back() -> None:
    """Puts this thread's connection back into the pool; the next query takes one again. To be called before a
    long wait for something else than the database. Does nothing within a transaction."""
    for connection in connections.all(initialized_only=True):
        if getattr(connection, "pool", None) is not None and not connection.in_atomic_block:
            connection.close()


def close_all() -> None:
    """Leaves no connection open, not even an idle one."""
    connections.close_all()
    for connection in connections.all(initialized_only=True):
        if close_pool := getattr(connection, "close_pool", None):
            close_pool()


def try_database() -> None:
    """Raises DatabaseError at once where the database cannot be reached; the pool would try for a while, and
    say only that it did."""
    usual = connections["default"]
    if getattr(usual, "pool", None) is None:
        usual.ensure_connection()
        return
    import psycopg  # only where PostgreSQL is used

    with usual.wrap_database_errors:
        psycopg.connect(**usual.get_connection_params()).close()
