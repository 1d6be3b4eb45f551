"""A Studio to which things are done: its processes are killed, and what it stands on goes and comes back."""

from __future__ import annotations

import random
import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

import httpx
import psutil
import redis

from tests.chaos.troubles import Trouble
from tests.processes import child, family
from tests.server import Server

T = TypeVar("T")

PARTS = {
    "worker": "manage.py worker",
    "web": "manage.py serve",
    "redis": "redis-server",
    "template": "template.py",
}
VICTIMS = [*PARTS, "worker", "worker", "flush", "everything"]
MOST, WINDOW = 2, 30.0
"""Deaths of a part in so many seconds: a third one of the worker or its template may rightly fail a node."""


class Victim:
    """A Studio that is being killed, part by part and whole, and started again on the same home."""

    def __init__(self, home: Path, dice: random.Random, trouble: Trouble) -> None:
        self.home, self.dice, self.trouble = home, dice, trouble
        self.strikes: Counter[str] = Counter()
        self._recent: dict[str, deque[float]] = defaultdict(deque)
        self.studio = self._start()

    def _start(self) -> Server:
        return Server(self.home, **self.trouble.environment).__enter__()

    @property
    def kills(self) -> int:
        """Processes that were ended by SIGKILL."""
        return sum(count for name, count in self.strikes.items() if name in (*PARTS, "everything"))

    def strike(self) -> None:
        """Kills something, or lets the trouble come."""
        if self.trouble.comes(self.dice):
            self.strikes[self.trouble.name] += 1
            return
        name = self.dice.choice([one for one in VICTIMS if one not in self.trouble.spared])
        recent = self._recent["worker" if name == "template" else name]
        while recent and recent[0] < time.monotonic() - WINDOW:
            recent.popleft()
        if len(recent) >= MOST:
            return
        recent.append(time.monotonic())
        self.strikes[name] += 1
        if name == "everything":
            self._power_off()
        elif name == "flush":
            with suppress(redis.RedisError):
                redis.Redis(unix_socket_path=str(self.home / "redis.sock")).flushall()
        else:
            with suppress(StopIteration, psutil.Error):
                child(self.studio, PARTS[name]).kill()

    def _power_off(self) -> None:
        processes = family(self.studio)
        for process in processes:
            with suppress(psutil.Error):
                process.kill()
        psutil.wait_procs(processes, timeout=10)
        self.studio.__exit__()
        self.studio = self._start()

    def insist(self, ask: Callable[[Server], T], seconds: float = 60) -> T:
        """The answer, however often the server must be asked while it is being killed."""
        deadline = time.monotonic() + seconds
        while True:
            try:
                return ask(self.studio)
            except (httpx.HTTPError, AssertionError):
                if self.studio.process.poll() is not None or time.monotonic() > deadline:
                    raise AssertionError("\n".join(self.studio.lines[-60:])) from None
                time.sleep(0.1)


@contextmanager
def victim(home: Path, dice: random.Random, trouble: Trouble) -> Iterator[Victim]:
    one = Victim(home, dice, trouble)
    try:
        yield one
    finally:
        one.studio.__exit__()
