"""The interpreters of one version that this worker keeps."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable

from workers.data.sandbox_input import ArtifactGone
from workers.sandbox.parent import Sandbox
from workers.services.server import Server
from workers.services.version import Found, NoVersion

AT_ONCE = (os.cpu_count() or 1) + 1
"""Interpreters of a version that are started as soon as calls wait; more only where calls have waited for
long."""
MOST = 16
EXTRA_SECONDS = 20.0
"""How long one that is not the last of its version stays without a call."""


class Group:
    """Safe between threads. `closed`: called once the last has left."""

    def __init__(
        self,
        version: str,
        sandbox: Sandbox,
        find: Callable[[str], Found],
        room: Callable[[], bool],
        closed: Callable[[Group], None],
        idle_seconds: float,
    ) -> None:
        self.version, self.sandbox, self._find, self._room = version, sandbox, find, room
        self._closed, self.idle_seconds = closed, idle_seconds
        self.servers: list[Server] = []
        self.found: Found | None = None
        self.stopping = False
        self._most = MOST
        self._ready: set[Server] = set()
        self._lock = threading.Lock()

    def find(self) -> Found:
        found = self.found = self._find(self.version)
        self._most = max(1, min(MOST, found.concurrency))
        return found

    def has_changed(self) -> bool:
        """Whether the version was deleted, or something about it is not as it was when this began."""
        before = self.found
        try:
            return before is not None and self._find(self.version) != before
        except (NoVersion, ArtifactGone):
            return True

    @property
    def warm(self) -> bool:
        """Whether somebody takes its calls, or will in a moment."""
        return bool(self.servers)

    @property
    def used(self) -> float:
        """When it was called last, by the steady clock."""
        return max((server.used for server in list(self.servers)), default=0.0)

    @property
    def busy(self) -> bool:
        return any(server.busy for server in list(self.servers))

    def calls(self) -> list[str]:
        """The calls that are under way."""
        return [call for server in list(self.servers) if (call := server.call)]

    def grow(self, most: int = MOST) -> None:
        """One more, unless there are so many, one is on its way, or there is no room. The first always gets
        in."""
        with self._lock:
            on_the_way = any(server not in self._ready for server in self.servers)
            if self.stopping or on_the_way or len(self.servers) >= min(most, self._most):
                return
            if self.servers and not self._room():
                return
            server = Server(self)
            self.servers.append(server)
        server.thread.start()

    def is_ready(self, server: Server) -> None:
        with self._lock:
            self._ready.add(server)

    def waiting(self, calls: int, lay_there: bool) -> None:
        """So many wait beside the one that was just taken. `lay_there`: that one had to wait until an
        interpreter had its next copy; with one more, a caller who calls again at once finds a copy ready."""
        if (calls or lay_there) and len(self.servers) < AT_ONCE:
            self.grow(AT_ONCE)

    def is_enough(self, server: Server) -> bool:
        """Whether one that waits for calls may go."""
        idle = time.monotonic() - server.used
        with self._lock:
            extra = len(self.servers) > 1
        return idle > (EXTRA_SECONDS if extra else self.idle_seconds)

    def has_no_other(self, server: Server) -> bool:
        """Whether nobody else takes calls."""
        with self._lock:
            return not self._ready - {server}

    def left(self, server: Server, again: bool) -> None:
        """It has ended. `again`: not because there was nothing to do."""
        with self._lock:
            self.servers.remove(server)
            self._ready.discard(server)
            last = not self.servers
        if again and not self.stopping and time.monotonic() - server.used < EXTRA_SECONDS:
            self.grow()
        elif last:
            self._closed(self)

    def leave(self) -> None:
        """Takes no more calls."""
        with self._lock:
            self.stopping = True
        for server in list(self.servers):
            server.leave()

    def stop(self) -> None:
        self.leave()
        for server in list(self.servers):
            server.stop()
