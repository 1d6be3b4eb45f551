"""Asks a worker, and waits for its answer on a list of its own."""

from __future__ import annotations

import json
from typing import Any

import redis

from studio.celery import hint
from studio.errors import Unavailable
from studio.ids import new_id
from studio.workers_seen import connection


class Question:
    """Asked as it is made. A worker may answer in several parts."""

    def __init__(self, task: str, *args: Any) -> None:
        self.reply = f"studio:reply:{new_id()}"
        hint(task, *args, self.reply)

    def heard(self, patience: float) -> dict[str, Any] | None:
        """The next part, where it comes within so many seconds."""
        try:
            found = connection().blpop([self.reply], timeout=patience)
        except redis.RedisError as error:
            raise Unavailable("Redis is away, so no worker can be asked. Try again in a moment.") from error
        return None if found is None else json.loads(found[1])


def ask(task: str, *args: Any, patience: int) -> dict[str, Any]:
    """What the task answers to the list that is its last argument. Unavailable where none comes within
    `patience` seconds."""
    answer = Question(task, *args).heard(patience)
    if answer is None:
        raise silent()
    return answer


def silent() -> Unavailable:
    """What is said where no worker answers."""
    return Unavailable(
        "No worker answered in time. See in Studio's log whether one is running, then try again."
    )
