"""Asks a worker, and waits for its answer on a list of its own."""

from __future__ import annotations

import json
from typing import Any

import redis

from studio.celery import hint
from studio.errors import Unavailable
from studio.ids import new_id
from studio.workers_seen import connection


def ask(task: str, *args: Any, patience: int) -> dict[str, Any]:
    """What the task answers to the list that is its last argument. Unavailable where none comes within
    `patience` seconds."""
    reply = f"studio:reply:{new_id()}"
    hint(task, *args, reply)
    try:
        found = connection().blpop([reply], timeout=patience)
    except redis.RedisError as error:
        raise Unavailable("Redis is away, so no worker can be asked. Try again in a moment.") from error
    if found is None:
        raise Unavailable(
            "No worker answered in time. See in Studio's log whether one is running, then try again."
        )
    answer: dict[str, Any] = json.loads(found[1])
    return answer
