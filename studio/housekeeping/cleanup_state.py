"""How a clean-up stands: a worker says it in Redis, where it outlives the page that asked."""

from __future__ import annotations

import json
from typing import Any

import redis
from django.utils import timezone

from studio.redis_client import connection
from studio.times import iso

KEY = "studio:clean-up"
SILENCE = 600
"""Seconds after which a clean-up that said nothing more is taken to have died with its worker."""
UNTAKEN = 60
"""Seconds after which a clean-up that no worker has begun is taken to be lost."""
REMEMBERED = 24 * 3600

NONE: dict[str, Any] = {"state": "none", "freed": 0, "results": 0, "exports": 0}


def state() -> dict[str, Any]:
    """Of the last clean-up; "none" where there was none in the last day, or Redis is away."""
    try:
        said = connection().get(KEY)
    except redis.RedisError:
        return NONE
    return NONE if said is None else json.loads(said)


def begin() -> bool:
    """Says that one begins; False where one goes on already."""
    if state()["state"] == "running":
        return False
    say("running", seconds=UNTAKEN)
    return True


def say(how: str, *, seconds: int | None = None, **more: Any) -> None:
    """`how`: running, finished, failed; `freed` in bytes, `results`, `exports`, a failed one's `problem`."""
    told = NONE | {"state": how, "told": iso(timezone.now())} | more
    lasts = seconds or (SILENCE if how == "running" else REMEMBERED)
    connection().set(KEY, json.dumps(told), ex=lasts)
