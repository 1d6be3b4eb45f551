"""Time that is made up, and the database as a host reaches it: one greenlet a thread of a host."""

from __future__ import annotations

import heapq
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from django.db import OperationalError
from greenlet import getcurrent, greenlet

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
BETWEEN = 0.1
"""How often another host goes first between two statements that are no transaction."""


class Killed(BaseException):
    """This host's process is no more: nothing of it goes on."""


class Host(Protocol):
    name: str
    dead: bool
    frozen_until: float
    cut_until: float
    next_commit: str
    commits_before: int


class Thread(greenlet):
    host: Host


class World:
    """`random` decides all that may go one way or another."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.now = 0.0
        self.jumped = timedelta()
        self.database_away_until = self.store_away_until = 0.0
        self.told: list[str] = []
        self._due: list[tuple[float, int, Thread | Callable[[], Any]]] = []
        self._count = 0
        self._main = getcurrent()

    def say(self, what: str) -> None:
        self.told.append(f"{self.now:8.3f} {what}")

    def steady(self) -> float:
        return self.now

    def shared(self) -> datetime:
        """What the database's clock shows to the host that asks."""
        if host := self.host():
            self.check(host)
        return NOON + timedelta(seconds=self.now) + self.jumped

    def host(self) -> Host | None:
        """Whose code runs now; None for the user and the checks."""
        return getattr(getcurrent(), "host", None)

    def at(self, when: float, what: Thread | Callable[[], Any]) -> None:
        self._count += 1
        heapq.heappush(self._due, (when, self._count, what))

    def start(self, host: Host, what: Callable[[], Any]) -> None:
        """A thread of that host, from now on."""

        def body() -> None:
            try:
                self.check_alive(host)
                what()
            except Killed:
                return

        thread = Thread(body, self._main)
        thread.host = host
        self.at(self.now, thread)

    def sleep(self, seconds: float) -> None:
        """Others go on meanwhile."""
        host = self.host()
        assert host is not None
        self.at(self.now + seconds, getcurrent())  # type: ignore[arg-type]
        self._main.switch()
        self.check_alive(host)

    def go_on(self, until: float, done: Callable[[], bool]) -> None:
        """Lets time pass."""
        while self._due and self._due[0][0] <= until:
            when, _, what = heapq.heappop(self._due)
            if isinstance(what, Thread) and not what.host.dead and what.host.frozen_until > when:
                self.at(what.host.frozen_until, what)
                continue
            self.now = max(self.now, when)
            what.switch() if isinstance(what, Thread) else what()
            if done():
                return

    def end(self) -> None:
        """Unwinds every thread: their hosts are dead by now."""
        while self._due:
            what = heapq.heappop(self._due)[2]
            if isinstance(what, Thread):
                what.switch()

    def check_alive(self, host: Host) -> None:
        if host.dead:
            raise Killed

    def check(self, host: Host) -> None:
        """OperationalError where the database is out of this host's reach."""
        self.check_alive(host)
        if max(self.database_away_until, host.cut_until) > self.now:
            raise OperationalError("the connection was lost")

    def guard(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        """Stands before every statement (`connection.execute_wrappers`)."""
        host = self.host()
        if host is not None:
            if not context["connection"].in_atomic_block and self.random.random() < BETWEEN:
                self.sleep(self.random.random() / 10)
            self.check(host)
        return execute(sql, params, many, context)

    def commit(self, really: Callable[[], None], back: Callable[[], None]) -> None:
        """A commit may be lost, or succeed without its host hearing of it, or be the last that a host did."""
        host = self.host()
        how = host.next_commit if host else ""
        if host is None or not how:
            really()
            return
        if host.commits_before:
            host.commits_before -= 1
            really()
            return
        host.next_commit = ""
        self.say(f"{host.name}: a commit is {how}")
        (back if how == "lost" else really)()
        if how == "its last":
            host.dead = True
            raise Killed
        raise OperationalError("the connection was lost")
