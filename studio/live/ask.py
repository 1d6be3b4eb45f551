"""Asks a worker, and waits for its answer on a list of its own."""

from __future__ import annotations

import time
from typing import Any

import redis
from pydantic import ValidationError

from studio.celery import hint
from studio.database.pool import give_back
from studio.errors import Unavailable
from studio.ids import new_id
from studio.live.reply import Reply
from studio.redis_client import connection

SLICE = 1.0
"""Seconds of one wait: short, so that a Redis that is frozen meanwhile is noticed."""


class Question:
    """Asked as it is made. A worker may answer in several parts."""

    def __init__(self, task: str, *args: Any) -> None:
        self.reply = f"studio:reply:{new_id()}"
        if not hint(task, *args, self.reply):
            raise away()

    def heard(self, patience: float) -> Reply | None:
        """The next part, where it comes within so many seconds."""
        give_back()
        end = time.monotonic() + patience
        while (left := end - time.monotonic()) > 0:
            try:
                found: Any = connection().blpop([self.reply], timeout=min(left, SLICE))
            except redis.RedisError as error:
                raise away() from error
            if found is not None:
                return read_reply(found[1])
        return None


def read_reply(said: bytes) -> Reply:
    """Others may write to Redis: what is no reply is no worker's answer."""
    try:
        return Reply.model_validate_json(said)
    except ValidationError as error:
        raise Unavailable(
            "What came back is no worker's answer. Look who else writes to this Redis, then try again."
        ) from error


def ask(task: str, *args: Any, patience: int) -> Reply:
    """What the task answers to the list that is its last argument. Unavailable where none comes within
    `patience` seconds."""
    answer = Question(task, *args).heard(patience)
    if answer is None:
        raise silent()
    return answer


def away() -> Unavailable:
    """What is said where no question can be sent."""
    return Unavailable("Redis is away, so no worker can be asked. Try again in a moment.")


def silent() -> Unavailable:
    """What is said where no worker answers."""
    return Unavailable(
        "No worker answered in time. See in Studio's log whether one is running, then try again."
    )
