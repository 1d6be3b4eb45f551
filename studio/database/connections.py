"""Django's settings of the database that `DATABASE_URL` names.

With PostgreSQL every process has a pool of at most `STUDIO_DATABASE_CONNECTIONS`: however many requests
come at once, the server is asked for no more. Nothing here needs a session of the server's own, so PgBouncer
may stand between, in transaction mode.
"""

from __future__ import annotations

from typing import Any

import dj_database_url
from django.db import connections

from studio import config

POSTGRESQL = "django.db.backends.postgresql"

MAPPED = "PRAGMA mmap_size=134217728;"

PATIENCE = 20.0
"""Seconds that a request waits for a connection of the pool."""

IDLE = 300.0
"""Seconds after which a connection that nobody used is closed."""

WATCHED: dict[str, Any] = {
    "application_name": "studio",
    "connect_timeout": 5,
    "keepalives": 1,
    "keepalives_idle": 15,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}
"""A server that has vanished is noticed within 30 seconds. What the URL says goes first."""


def database() -> dict[str, Any]:
    """The value of DATABASES["default"]."""
    url = config.database_url()
    if url.startswith("sqlite"):
        found: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=600))
        # A writer takes its lock at BEGIN and waits for it: no transaction fails half-way as "locked".
        found["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 60,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; " + MAPPED,
        }
        return found
    found = dict(
        dj_database_url.parse(url, conn_max_age=0, conn_health_checks=True, disable_server_side_cursors=True)
    )
    if found["ENGINE"] == POSTGRESQL:
        pool = {
            "min_size": 0,
            "max_size": config.database_connections(),
            "timeout": PATIENCE,
            "max_idle": IDLE,
        }
        found["OPTIONS"] = {**WATCHED, **found.get("OPTIONS", {}), "pool": pool}
    return found


def map_no_database() -> None:
    """Lets this process read SQLite's file without mapping it. A map counts as memory of the process, up to
    the file's size, and a web process has a connection for each request under way: 8 of them and a file of
    117 MB made 470 MB. To be called before the first connection is made."""
    options = connections.settings["default"].get("OPTIONS", {})
    if MAPPED in options.get("init_command", ""):
        options["init_command"] = options["init_command"].replace(MAPPED, "")
