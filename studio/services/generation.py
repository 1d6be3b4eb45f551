"""A number in Redis that changes whenever a service, a version or a key does.

Web processes remember which key opens what as long as the number stays the same, so that a call asks the
database nothing, and a key that is revoked opens nothing from that moment on.
"""

from __future__ import annotations

import asyncio

import redis
import redis.asyncio as aioredis
from django.db import transaction

from studio import config
from studio.redis_client import ANSWER, CONNECT, connection

NAME = "studio:services:generation"


class Changed(Exception):
    """Something about services has changed since the number was read: look anew."""


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


_clients: dict[int, tuple[asyncio.AbstractEventLoop, aioredis.Redis]] = {}


def client() -> aioredis.Redis:
    """This loop's connection to Redis. A process has one loop; tests have many."""
    loop = asyncio.get_running_loop()
    kept = _clients.get(id(loop))
    if kept is None or kept[0] is not loop:
        made = aioredis.Redis.from_url(
            config.redis_url(), socket_connect_timeout=CONNECT, socket_timeout=ANSWER
        )
        kept = _clients[id(loop)] = (loop, made)
    return kept[1]


async def current_soon() -> int | None:
    """`current`, for whoever has a loop to keep going."""
    try:
        return int(await client().get(NAME) or 0)
    except (redis.RedisError, OSError, ValueError):
        return None
