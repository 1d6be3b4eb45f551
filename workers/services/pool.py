"""Which versions this worker keeps warm: those that are called, as long as they are called and there is
memory."""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import redis

from studio.redis_client import connection
from studio.services import generation
from studio.services.call_wire import NAME, WAKE, WORKERS, warm_mark
from workers.engine.memory_room import memory
from workers.sandbox.parent import Sandbox
from workers.services.group import Group
from workers.services.version import Found

log = logging.getLogger(__name__)

SLICE = 1.0
BEAT_SECONDS, BEAT_LASTS = 1.0, 5
LEAST_FREE = 0.08
"""Of all memory, what must stay free for one more interpreter; else the one that was idle for longest
goes."""
MOST = 120
"""Interpreters that one worker keeps: each takes a thread, a process, and a connection to Redis."""


class Services:
    """One worker's. `name` tells it from others. `idle_seconds`: how long a version stays warm without a
    call. Takes nothing before `start`."""

    def __init__(
        self,
        sandbox: Sandbox,
        name: str,
        idle_seconds: Callable[[], float],
        find: Callable[[str], Found],
    ) -> None:
        self.sandbox, self.name, self._idle, self._find = sandbox, name, idle_seconds, find
        self.groups: dict[str, Group] = {}
        self._going: set[Group] = set()
        self._lock = threading.Lock()
        self._stopped = threading.Event()

    def start(self) -> None:
        for does in (self._listen, self._beat):
            threading.Thread(target=does, name=f"services {does.__name__}", daemon=True).start()

    def leave(self) -> None:
        """Takes no more calls; those under way go on. Other workers are told that this one serves nothing."""
        self._stopped.set()
        for group in self._all():
            _unmark(group.version)
            group.leave()

    def stop(self) -> None:
        """Ends all; calls that are under way are told to come again."""
        self.leave()
        for group in self._all():
            group.stop()

    def busy(self) -> bool:
        return any(group.busy for group in self._all_and_going())

    def warm_up(self, version: str) -> None:
        """Serves a version from now on, or serves it more."""
        with self._lock:
            group = self.groups.get(version)
            if group is None:
                group = self.groups[version] = Group(
                    version, self.sandbox, self._find, self._room, self._closed, self._idle()
                )
        group.grow()

    def drop(self, version: str) -> None:
        """Ends a version that was deleted, or changed, once its calls are answered. Until then they are named
        as under way, so that nobody takes them for lost."""
        with self._lock:
            group = self.groups.pop(version, None)
            if group is not None and group.servers:
                self._going.add(group)
        if group is not None:
            _unmark(version)
            group.leave()

    def _all(self) -> list[Group]:
        with self._lock:
            return list(self.groups.values())

    def _all_and_going(self) -> list[Group]:
        with self._lock:
            return [*self.groups.values(), *self._going]

    def _closed(self, group: Group) -> None:
        with self._lock:
            self._going.discard(group)
            if self.groups.get(group.version) is group and not group.servers:
                del self.groups[group.version]
        _unmark(group.version)

    def _room(self) -> bool:
        """Whether one more may be started; the version that was idle for longest makes room."""
        count = sum(len(group.servers) for group in self._all())
        total, free = memory()
        if count < MOST and free > LEAST_FREE * total:
            return True
        idle = [group for group in self._all() if not group.busy]
        if idle:
            self.drop(min(idle, key=lambda group: group.used).version)
        return False

    def _listen(self) -> None:
        """Takes up versions that are called while nobody serves them."""
        while not self._stopped.is_set():
            try:
                named: Any = connection().blpop([WAKE], timeout=SLICE)
            except redis.RedisError:
                self._stopped.wait(SLICE)
                continue
            if named is not None and NAME.fullmatch(version := named[1].decode("ascii", "replace")):
                if self._stopped.is_set():
                    connection().rpush(WAKE, version)
                    return
                if version not in self.groups:
                    self._room()
                self.warm_up(version)

    def _beat(self) -> None:
        """Says every second which versions are served here, and which calls are under way; and looks whether
        something about services has changed."""
        seen: Any = None
        while not self._stopped.is_set() or self.busy():
            groups = self._all()
            pipe = connection().pipeline(transaction=False)
            calls = [call for group in self._all_and_going() for call in group.calls()]
            pipe.set(f"{WORKERS}{self.name}", json.dumps(calls), ex=BEAT_LASTS)
            if not self._stopped.is_set():
                for group in groups:
                    if group.warm:
                        pipe.set(warm_mark(group.version), 1, ex=BEAT_LASTS)
            pipe.get(generation.NAME)
            try:
                now = pipe.execute()[-1]
            except redis.RedisError as error:
                log.warning("Redis is away: %s", error)
            else:
                if now != seen:
                    self._look_anew(groups)
                seen = now
            time.sleep(BEAT_SECONDS)

    def _look_anew(self, groups: list[Group]) -> None:
        """Ends those that were deleted or changed."""
        for group in groups:
            try:
                if group.has_changed():
                    self.drop(group.version)
            except Exception as error:  # the database is away: what is warm goes on
                log.warning("version %s could not be looked at: %s", group.version, error)


def _unmark(version: str) -> None:
    """The next call wakes somebody at once. A worker that still serves the version says so again."""
    with suppress(redis.RedisError):
        connection().delete(warm_mark(version))
