"""Calls a published service, and waits for its answer: `call` where there is a loop, `call_now` in a
thread."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import redis

from modules.exchange.call import Form
from modules.exchange.problems import STATUSES
from studio.ids import new_id
from studio.redis_client import connection
from studio.services.call_wire import (
    CallError,
    CallHead,
    Garbled,
    ReplyHead,
    call_key,
    reply_list,
    unpack,
)
from studio.services.calls_under_way import SEND, Bounds, Line, keys_and_arguments, look_for_lost, wake
from studio.services.reply_reader import ReplyReader

MOST_ANSWER = 32 << 20
"""Bytes of an answer."""
GRACE = 5.0
"""Seconds beyond a call's own, until nobody waits for the worker's word that it took too long."""
LOOK = 1.0
"""Seconds between two looks for calls that nobody answers any more."""
SLICE = 1.0

_bounds = Bounds()
_readers: dict[int, ReplyReader] = {}
_lock = threading.Lock()


@dataclass(frozen=True)
class CallReply:
    """`body` is the answer where there is no `error`. `retry_after`: seconds, where the same call may go well
    then. `log`: what the scripts printed. `timings`: seconds of reading, running, writing, and in all
    ("total")."""

    body: bytes = b""
    content_type: str = "application/json"
    error: CallError | None = None
    retry_after: int | None = None
    log: str = ""
    timings: Mapping[str, float] = field(default_factory=dict)

    @property
    def status(self) -> int:
        return STATUSES.get(self.error.code, 500) if self.error else 200


def refused(code: str, message: str, retry_after: int | None = None) -> CallReply:
    return CallReply(error=CallError(code=code, message=message), retry_after=retry_after)


GONE = "The worker that answered this call has stopped, or was ended, before it was done. Call again."
AWAY = "The service cannot be reached just now: Redis is away. Call again in a moment."
LATE = "No worker had time for this call within {seconds:g} seconds. Call again later."
SLOW = "The call took longer than it may: the limit is {seconds:g} seconds (timeout_s of the service)."


def crowded(concurrency: int) -> CallReply:
    """What a call is told that came while as many as may be were under way."""
    return refused(
        "RequestThrottled",
        f"Too many calls are under way at this endpoint: it answers {concurrency} at once. Call again in a "
        "moment.",
        retry_after=1,
    )


async def call(
    version: str,
    form: Form,
    body: bytes,
    query: Mapping[str, str] | None = None,
    timeout: float = 120.0,
    concurrency: int = 20,
    seen: int | None = None,
) -> CallReply:
    """What the version answers. `timeout`: seconds that the call may take. `concurrency`: calls of the
    version that this process has under way at once, waiting ones included; one more is refused at once.
    `seen`: the generation in which the caller was let in; Changed, and no call is made, if it is another one
    by now."""
    began = time.monotonic()
    if not _bounds.take(version, len(body), concurrency):
        return crowded(concurrency)
    try:
        return _timed(await _call(version, form, body, query or {}, timeout, seen), began)
    except redis.RedisError:
        return refused("ServiceUnavailable", AWAY, retry_after=2)
    finally:
        _bounds.give_back(version, len(body))


async def _call(
    version: str, form: Form, body: bytes, query: Mapping[str, str], timeout: float, seen: int | None
) -> CallReply:
    reader = _reader()
    head = CallHead(id=new_id(), form=form, query=query, seconds=timeout, most=MOST_ANSWER, reply=reader.list)
    reply, line = reader.expect(head.id), Line(version, head.id)
    end, taken = time.monotonic() + timeout, False
    try:
        await reader.send(version, head, body, timeout, seen)
        while not reply.done():
            await asyncio.wait([reply], timeout=LOOK)
            if reply.done():
                break
            found = await asyncio.to_thread(look_for_lost, line)
            if found == "lost":
                return refused("ServiceUnavailable", GONE, retry_after=1)
            taken = found == "taken"
            if time.monotonic() > end + (GRACE if taken else 0):
                return _too_late(taken, timeout)
        return reply_of(*reply.result())
    finally:
        reader.forget(head.id)
        if not reply.done():
            reader.withdraw(head.id)


def call_now(
    version: str,
    form: Form,
    body: bytes,
    query: Mapping[str, str] | None = None,
    timeout: float = 120.0,
) -> CallReply:
    """The same for whoever may wait in a thread."""
    began, id = time.monotonic(), new_id()
    head = CallHead(
        id=id, form=form, query=query or {}, seconds=timeout, most=MOST_ANSWER, reply=reply_list(id)
    )
    line, end = Line(version, id), began + timeout
    client, taken = connection(), False
    try:
        put = client.register_script(SEND)
        if not put(*keys_and_arguments(version, head, body, timeout)):
            wake(client, version)
        while True:
            found: Any = client.blpop([head.reply], timeout=SLICE)
            if found is not None:
                return _timed(read_reply(found[1]), began)
            state = look_for_lost(line)
            taken = state == "taken"
            if state == "lost":
                return refused("ServiceUnavailable", GONE, retry_after=1)
            if time.monotonic() > end + (GRACE if taken else 0):
                client.delete(call_key(id))
                return _too_late(taken, timeout)
    except redis.RedisError:
        return refused("ServiceUnavailable", AWAY, retry_after=2)


def read_reply(data: bytes) -> CallReply:
    """What a worker has said."""
    try:
        head, body = unpack(ReplyHead, data)
    except Garbled as error:
        return refused("InternalError", f"The worker's word could not be read: {error}.")
    return reply_of(head, body)


def reply_of(head: ReplyHead, body: bytes) -> CallReply:
    return CallReply(body, head.content_type, head.error, head.retry_after, head.log, head.timings)


def _too_late(taken: bool, seconds: float) -> CallReply:
    if taken:
        return refused("RequestTimeout", SLOW.format(seconds=seconds))
    return refused("RequestThrottled", LATE.format(seconds=seconds), retry_after=5)


def _timed(reply: CallReply, began: float) -> CallReply:
    timings = {**reply.timings, "total": time.monotonic() - began}
    return replace(reply, timings=timings)


def _reader() -> ReplyReader:
    """One for each loop: a process has one, tests have many."""
    loop = asyncio.get_running_loop()
    with _lock:
        for key in [key for key, reader in _readers.items() if reader.loop.is_closed()]:
            del _readers[key]
        if id(loop) not in _readers:
            _readers[id(loop)] = ReplyReader(loop)
        return _readers[id(loop)]
