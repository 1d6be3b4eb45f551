"""The calls that this process waits for: how many there may be, and whether somebody still answers them."""

from __future__ import annotations

import threading
import time
from collections import Counter
from dataclasses import dataclass
from typing import Any, Literal

from studio.redis_client import connection
from studio.services import generation
from studio.services.call_wire import (
    WAKE,
    WORKERS,
    CallHead,
    call_key,
    calls_of,
    pack,
    read_worker,
    warm_mark,
)

MOST_CALLS, MOST_BYTES = 2_000, 512 << 20
"""Of all services together, in one web process."""
LOST_SECONDS = 2.5
"""How long no worker names a call, before it counts as lost. A worker says once a second what it has."""
LEFT_SECONDS = 30


class Bounds:
    """Safe between threads."""

    def __init__(self, most_calls: int = MOST_CALLS, most_bytes: int = MOST_BYTES) -> None:
        self.most_calls, self.most_bytes = most_calls, most_bytes
        self._lock, self._calls, self._bytes = threading.Lock(), Counter[str](), 0

    def take(self, version: str, size: int, most: int) -> bool:
        """Counts one more call, if there may be one."""
        with self._lock:
            full = self._calls.total() >= self.most_calls or self._bytes + size > self.most_bytes
            if full or self._calls[version] >= most:
                return False
            self._calls[version] += 1
            self._bytes += size
            return True

    def give_back(self, version: str, size: int) -> None:
        with self._lock:
            self._bytes -= size
            self._calls[version] -= 1
            if not self._calls[version]:
                del self._calls[version]


@dataclass
class Line:
    """A call that waits. `unnamed`: since when no worker has named it, though it was taken."""

    version: str
    id: str
    unnamed: float | None = None


SEND = """
if ARGV[4] ~= '' and (redis.call('GET', KEYS[4]) or '0') ~= ARGV[4] then return -1 end
redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[3])
redis.call('RPUSH', KEYS[2], ARGV[2])
redis.call('EXPIRE', KEYS[2], ARGV[3])
return redis.call('EXISTS', KEYS[3])
"""
"""Puts a call where workers take it, in one round trip and at one moment. 1 if a worker serves the version, 0
if none does; -1, and no call, if the generation is another one by now."""


def keys_and_arguments(
    version: str, head: CallHead, body: bytes, seconds: float, seen: int | None = None
) -> tuple[list[str], list[Any]]:
    """Of SEND. `seen`: the generation in which the call was let in; None asks for none."""
    return (
        [call_key(head.id), calls_of(version), warm_mark(version), generation.NAME],
        [pack(head, body), head.id, int(seconds) + LEFT_SECONDS, "" if seen is None else seen],
    )


BACK = """
local seconds = redis.call('TTL', KEYS[1])
if seconds == -2 then return 0 end
if not redis.call('LPOS', KEYS[2], ARGV[1]) then redis.call('RPUSH', KEYS[2], ARGV[1]) end
if redis.call('TTL', KEYS[2]) < seconds then redis.call('EXPIRE', KEYS[2], seconds) end
return 1
"""
"""Whether a call still waits. Its name is put back into the list if somebody took it from there and did no
more, because he was killed: whoever is only slow, and comes for the call later, finds none."""


def wake(client: Any, version: str) -> None:
    """Asks for a worker that serves the version, or serves it more; once a second is enough."""
    if client.set(f"{WAKE}:{version}", 1, nx=True, px=900):
        client.rpush(WAKE, version)
        client.expire(WAKE, LEFT_SECONDS)


def look_for_lost(line: Line) -> Literal["waits", "taken", "lost"]:
    """Where a call is that has had no answer for a while; where it still waits, somebody is woken."""
    client = connection()
    if client.register_script(BACK)([call_key(line.id), calls_of(line.version)], [line.id]):
        line.unnamed = None
        wake(client, line.version)
        return "waits"
    keys = list(client.scan_iter(f"{WORKERS}*", count=100))
    if any(line.id in read_worker(said) for said in (client.mget(keys) if keys else ()) if said):
        line.unnamed = None
        return "taken"
    now = time.monotonic()
    line.unnamed = line.unnamed or now
    return "lost" if now - line.unnamed > LOST_SECONDS else "taken"
