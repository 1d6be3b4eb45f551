"""Tasks that answer the web process, on a list of its own in Redis."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from studio.celery import app
from studio.live.reply import Reply
from studio.redis_client import connection

log = logging.getLogger(__name__)

REPLY_SECONDS = 120
"""How long an answer waits for whoever asked."""

Tell = Callable[[Reply], None]
"""Sends a part of the answer before its end."""


def question(name: str, failed: str) -> Callable[[Callable[..., Reply]], Callable[..., None]]:
    """Makes a task of that name of a function. The task's last argument is the list that waits for the
    answer; the function gets, by the name `tell`, what sends a part of it earlier. `failed` is the sentence,
    with `{error}` in it, for what nobody foresaw."""

    def declare(function: Callable[..., Reply]) -> Callable[..., None]:
        def task(*args: Any) -> None:
            *asked, reply = args

            def tell(part: Reply) -> None:
                _send(str(reply), part)

            try:
                answer = function(*asked, tell=tell)
            except Exception as error:
                log.exception("%s", name)
                answer = Reply.failed(failed.format(error=error), fault=True)
            tell(answer)

        task.__doc__ = function.__doc__
        made: Callable[..., None] = app.task(name=name)(task)
        return made

    return declare


def _send(reply: str, part: Reply) -> None:
    pipe = connection().pipeline()
    pipe.rpush(reply, part.model_dump_json())
    pipe.expire(reply, REPLY_SECONDS)
    pipe.execute()
