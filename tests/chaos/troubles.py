"""What a machine may do to Studio beside killing its processes."""

from __future__ import annotations

import random
import subprocess
import threading
from contextlib import suppress
from pathlib import Path

from tests.host_clock import HostClock
from tests.postgresql import PostgreSQL
from tests.redis_server import RedisServer

MB = 1 << 20


class Trouble:
    """None of them: only processes are killed. Use it as a context. `home`: where Studio's state lies.
    `spared`: what is not to be killed meanwhile."""

    name = "none"
    often = 0.0
    """How often it comes, of all strikes."""
    lasts = 0.0
    """Seconds."""
    spared: tuple[str, ...] = ()

    def __init__(self, folder: Path) -> None:
        self.folder, self.home = folder, folder / "killed"
        self.environment: dict[str, str] = {}
        self._timer: threading.Timer | None = None

    def __enter__(self) -> Trouble:
        self.set_up()
        return self

    def __exit__(self, *_: object) -> None:
        self.is_over()
        self.take_down()

    def comes(self, dice: random.Random) -> bool:
        """Whether it came now; it goes by itself. Never twice at once."""
        if dice.random() >= self.often or (self._timer and self._timer.is_alive()):
            return False
        self.begin(dice)
        self._timer = threading.Timer(self.lasts, self.end)
        self._timer.start()
        return True

    def is_over(self) -> None:
        """Waits until it has gone."""
        if self._timer:
            self._timer.join()

    def set_up(self) -> None: ...

    def begin(self, dice: random.Random) -> None: ...

    def end(self) -> None: ...

    def take_down(self) -> None: ...


class FullDisk(Trouble):
    """The home lies on a file system of its own, which somebody else fills for some seconds."""

    name, often, lasts = "full disk", 0.3, 6.0

    def set_up(self) -> None:
        self.disk = self.folder / "disk"
        self.disk.mkdir()
        options = ["-t", "tmpfs", "-o", "size=400m,mode=0700", "studio-chaos"]
        subprocess.run(["mount", *options, str(self.disk)], check=True)
        self.home = self.disk / "home"
        self.environment = {"STUDIO_RESERVE_BYTES": str(32 * MB)}

    def begin(self, dice: random.Random) -> None:
        block = bytes(MB)
        with suppress(OSError), (self.disk / "filler").open("wb", buffering=0) as filler:
            while True:
                filler.write(block)

    def end(self) -> None:
        (self.disk / "filler").unlink(missing_ok=True)

    def take_down(self) -> None:
        subprocess.run(["umount", "-l", str(self.disk)], check=True)


class JumpingClock(Trouble):
    """The clock of Studio's processes, its database's too (SQLite asks the machine), jumps ahead and back."""

    name, often = "jumping clock", 0.4

    def set_up(self) -> None:
        self._clock = HostClock(self.folder)
        self.environment = self._clock.environment

    def begin(self, dice: random.Random) -> None:
        self._clock.shift(dice.choice((-3600, -40, -5, 0, 5, 40, 3600)))


class RestartedDatabase(Trouble):
    """PostgreSQL ends at once, as in a crash or an orderly restart, and is back some seconds later."""

    name, often, lasts = "PostgreSQL restarted", 0.3, 4.0

    def set_up(self) -> None:
        self._server = PostgreSQL().__enter__()
        self.environment = {"DATABASE_URL": self._server.new_database("chaos")}

    def begin(self, dice: random.Random) -> None:
        self._server.stop(dice.choice(("immediate", "fast")))

    def end(self) -> None:
        self._server.start()

    def take_down(self) -> None:
        self._server.__exit__()


class GoneRedis(Trouble):
    """Redis is killed, and comes back empty a minute later."""

    name, often, lasts = "Redis gone", 0.2, 60.0
    spared = ("redis", "flush", "everything")  # Studio does not start without the Redis that it is told

    def set_up(self) -> None:
        self._redis = RedisServer(self.folder).__enter__()
        self.environment = {"REDIS_URL": self._redis.url}

    def begin(self, dice: random.Random) -> None:
        self._redis.kill()

    def end(self) -> None:
        self._redis.start()

    def take_down(self) -> None:
        self._redis.__exit__()


TROUBLES: dict[str, type[Trouble]] = {
    "none": Trouble,
    "disk": FullDisk,
    "clock": JumpingClock,
    "postgresql": RestartedDatabase,
    "redis": GoneRedis,
}
