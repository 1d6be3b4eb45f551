"""A number in Redis that changes whenever a service, a version or a key does.

Web processes remember which key opens what as long as the number stays the same, so that a call asks the
database nothing, and a key that is revoked opens nothing from that moment on.
"""

from __future__ import annotations

import redis
from django.db import transaction

from studio.redis_client import connection

NAME = "studio:services:generation"


def changed() -> None:
    """Makes every web process and worker look anew, once the change is committed."""
    transaction.on_commit(_count)


def _count() -> None:
    try:
        connection().incr(NAME)
    except redis.RedisError:
        return  # nobody remembers anything while Redis is away: `current` says so


def current() -> int | None:
    """The number; None where Redis is away, so that nothing remembered may be trusted."""
    try:
        return int(connection().get(NAME) or 0)
    except (redis.RedisError, ValueError):
        return None
