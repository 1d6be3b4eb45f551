"""Replies as they come to one loop: one list, one connection that waits at it, and one future for each
call."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from typing import Any

import redis
from redis.asyncio import ConnectionPool, Redis

from studio import config
from studio.ids import new_id
from studio.redis_client import ANSWER, CONNECT
from studio.services.call_wire import (
    WAKE,
    CallHead,
    Garbled,
    ReplyHead,
    call_key,
    reply_list,
    unpack,
)
from studio.services.calls_under_way import LEFT_SECONDS, SEND, keys_and_arguments
from studio.services.generation import Changed

Heard = tuple[ReplyHead, bytes]

log = logging.getLogger(__name__)

SLICE = 1.0
IDLE = 5.0
"""Seconds without a call after which nobody waits at the list any more."""
PAUSE = 0.2
CONNECTIONS = 64


class ReplyReader:
    """`list`: a name that nobody guesses, this reader's own."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop, self.list = loop, reply_list(new_id() + new_id())
        self._pool = ConnectionPool.from_url(
            config.redis_url(),
            socket_connect_timeout=CONNECT,
            socket_timeout=ANSWER,
            max_connections=CONNECTIONS,
        )
        self._client: Any = Redis(connection_pool=self._pool)
        self._put = self._client.register_script(SEND)
        self._turns = asyncio.Semaphore(CONNECTIONS - 2)
        self._expected: dict[str, asyncio.Future[Heard]] = {}
        self._task: asyncio.Task[None] | None = None
        self._withdrawing: set[asyncio.Task[None]] = set()

    def expect(self, id: str) -> asyncio.Future[Heard]:
        future = self._expected[id] = self.loop.create_future()
        if self._task is None or self._task.done():
            self._task = self.loop.create_task(self._read())
        return future

    def forget(self, id: str) -> None:
        self._expected.pop(id, None)

    async def send(self, version: str, head: CallHead, body: bytes, seconds: float, seen: int | None) -> None:
        """Puts a call where workers take it, and wakes one if nobody serves the version. Changed if `seen` is
        not the generation any more."""
        async with self._turns:
            served = await self._put(*keys_and_arguments(version, head, body, seconds, seen))
            if served < 0:
                raise Changed
            if not served and await self._client.set(f"{WAKE}:{version}", 1, nx=True, px=900):
                await self._client.rpush(WAKE, version)
                await self._client.expire(WAKE, LEFT_SECONDS)

    def withdraw(self, id: str) -> None:
        """Nobody waits for it any more: if no worker has taken it, none will."""
        task = self.loop.create_task(self._delete(call_key(id)))
        self._withdrawing.add(task)
        task.add_done_callback(self._withdrawing.discard)

    async def _delete(self, key: str) -> None:
        with suppress(redis.RedisError):
            async with self._turns:
                await self._client.delete(key)

    async def _read(self) -> None:
        """As long as somebody waits for a reply, and a moment longer."""
        idle = 0.0
        while self._expected or idle < IDLE:
            try:
                found = await self._client.blpop([self.list], timeout=SLICE)
            except (redis.RedisError, OSError) as error:
                log.warning("Redis is away: %s", error)
                await asyncio.sleep(PAUSE)
                continue
            idle = 0.0 if found or self._expected else idle + SLICE
            if found:
                self._pass_on(found[1])

    def _pass_on(self, data: bytes) -> None:
        """A reply to whoever waits for it; what nobody waits for is dropped."""
        try:
            heard = unpack(ReplyHead, data)
        except Garbled as error:
            log.warning("%s", error)
            return
        future = self._expected.get(heard[0].id)
        if future is not None and not future.done():
            future.set_result(heard)
