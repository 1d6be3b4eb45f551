"""Which workers are up, what their sandbox and how much they can do: each leaves a report in Redis that
expires. And how they are told that there is work."""

from __future__ import annotations

import json
import logging
import time
from typing import Any

import redis

from studio.celery import hint
from studio.redis_client import connection

log = logging.getLogger(__name__)

PREFIX = "studio:worker:"
SECONDS = 15

MOST_HINTS = 16
FRESH = 5.0
_slots = (-FRESH, MOST_HINTS)
"""When they were counted, and how many there were."""


def report_worker(name: str, report: dict[str, Any]) -> None:
    """Says for the next 15 seconds that a worker is up."""
    connection().set(PREFIX + name, json.dumps(report), ex=SECONDS)


def worker_reports() -> list[dict[str, Any]]:
    """The reports of the workers that are up, each with its `name`; none where Redis is away."""
    try:
        return read_reports()
    except redis.RedisError as error:
        log.warning("Redis is away: %s", error)
        return []


def read_reports() -> list[dict[str, Any]]:
    """The reports of the workers that are up. Raises RedisError if Redis is away."""
    keys = sorted(connection().scan_iter(PREFIX + "*", count=100))
    found = zip(keys, connection().mget(keys) if keys else (), strict=False)
    return [{"name": key.decode().removeprefix(PREFIX), **json.loads(said)} for key, said in found if said]


def slots_seen() -> int:
    """How many node runs the workers that are up carry out at once; MOST_HINTS at most, and where nobody
    says. Up to 5 seconds old."""
    global _slots
    when, count = _slots
    if time.monotonic() - when > FRESH:
        count = sum(report.get("slots", 0) for report in worker_reports())
        count = min(count, MOST_HINTS) or MOST_HINTS
        _slots = time.monotonic(), count
    return count


def wake_workers(count: int) -> None:
    """Tells them that so many node runs are free: as many messages as slots can be idle."""
    for _ in range(min(count, slots_seen()) if count > 0 else 0):
        hint("workers.work")
