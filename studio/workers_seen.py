"""Which workers are up, and what their sandbox can do: each leaves a report in Redis that expires."""

from __future__ import annotations

import json
import logging
import socket
from functools import cache
from typing import Any

import redis

from studio import config

PREFIX = "studio:worker:"
SECONDS = 15
PATIENCE = 700


@cache
def connection() -> redis.Redis:
    """This process's connections to Redis (a pool; safe between threads)."""
    return redis.Redis.from_url(config.redis_url(), socket_timeout=PATIENCE, socket_connect_timeout=3)


def report_worker(name: str, report: dict[str, Any]) -> None:
    """Says for the next 15 seconds that a worker is up."""
    connection().set(PREFIX + name, json.dumps(report), ex=SECONDS)


def worker_reports() -> list[dict[str, Any]]:
    """The reports of the workers that are up; none where Redis is away."""
    try:
        keys = sorted(connection().scan_iter(PREFIX + "*", count=100))
        return [json.loads(value) for value in connection().mget(keys) if value] if keys else []
    except redis.RedisError as error:
        logging.getLogger(__name__).warning("Redis is away: %s", error)
        return []


def worker_on_this_host() -> bool:
    """Whether a worker on this very machine (or in this container) is up; its name begins with the host's."""
    try:
        return any(connection().scan_iter(f"{PREFIX}{socket.gethostname()}:*", count=100))
    except redis.RedisError:
        return False
