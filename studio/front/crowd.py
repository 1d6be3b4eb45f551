"""All connections together: how many there may be, who has to go first, and who took too long."""

from __future__ import annotations

import asyncio
import resource
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.front.connection import Connection

HEAD_SECONDS = 10.0
"""For a head to be complete: from the connection, or from its first byte."""
BODY_SECONDS, BODY_BYTES = 30.0, 16 << 10
"""A body must go on by so many bytes in so many seconds, unless it is complete or we do not read."""
ANSWER_SECONDS = 60.0
"""For a reader to take anything of an answer."""
UNSENT = 256 << 20
"""Bytes of answers that may wait for slow readers, of all together."""
MOST = 4096
SPARE = 256
"""Descriptors kept for files, the database and Redis."""
DESCRIPTORS = 65_536
EVERY = 1.0
"""Seconds between two sweeps."""


def raise_descriptors() -> int:
    """Lets this process open as many files as it may; how many connections that leaves room for."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = DESCRIPTORS if hard == resource.RLIM_INFINITY else min(hard, DESCRIPTORS)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        soft = wanted
    return max(64, min(MOST, soft - SPARE))


class Crowd:
    """The connections of one process that speak HTTP (sockets have their own heartbeat)."""

    def __init__(self, most: int, headers: list[tuple[bytes, bytes]]) -> None:
        self.most, self.headers = most, headers
        self._here: set[Connection] = set()
        self._sweeping = False

    def welcome(self, new: Connection) -> None:
        """Takes one more in. If there are too many, the one that has asked for nothing for longest goes."""
        self._here.add(new)
        if len(self._here) > self.most:
            idle = [one for one in self._here if not one.busy and one is not new]
            if idle:
                self._end(min(idle, key=lambda one: one.since))
            else:
                self.leave(new)
                new.refuse(503)
        if not self._sweeping:
            self._sweeping = True
            new.loop.call_later(EVERY, self._sweep, new.loop)

    def leave(self, one: Connection) -> None:
        self._here.discard(one)

    def _end(self, one: Connection) -> None:
        self.leave(one)
        one.transport.abort()

    def _sweep(self, loop: asyncio.AbstractEventLoop) -> None:
        now = loop.time()
        for one in list(self._here):
            self._look_at(one, now)
        waiting = sorted(self._here, key=lambda one: one.unsent)
        while waiting and sum(one.unsent for one in waiting) > UNSENT:
            self._end(waiting.pop())
        self._sweeping = bool(self._here)
        if self._sweeping:
            loop.call_later(EVERY, self._sweep, loop)

    def _look_at(self, one: Connection, now: float) -> None:
        unsent = one.transport.get_write_buffer_size()
        if unsent != one.unsent or not unsent:
            one.unsent, one.unsent_since = unsent, now
        if now - one.unsent_since > ANSWER_SECONDS:
            self._end(one)
        elif one.transport.is_closing():
            return
        elif one.in_head and not one.busy:
            if now - one.since > HEAD_SECONDS:
                one.refuse(408)
        elif not one.busy or not one.cycle.more_body or one.flow.read_paused:
            one.mark, one.mark_bytes = now, one.body_bytes
        elif now - one.mark > BODY_SECONDS:
            if one.body_bytes - one.mark_bytes < BODY_BYTES:
                one.refuse(408)
            one.mark, one.mark_bytes = now, one.body_bytes
