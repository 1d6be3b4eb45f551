"""Limits how many nodes run at once on this machine, however many workers of one Studio run on it, in
containers or not.

A slot is a lock on a file: the kernel gives it back when its holder dies, in whatever way. Workers with one
STUDIO_HOME share the files; those with homes of their own divide the slots, as reports tell.
"""

from __future__ import annotations

import fcntl
import os
import socket
import threading
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from studio import config


@cache
def machine() -> str:
    """The machine that this process runs on, the same in all of its containers. Another after each boot."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()[:13]
    except OSError:
        return socket.gethostname()


def slots_folder() -> Path:
    """In STUDIO_HOME, which the containers of a machine may share; this machine's own, where no file can be
    locked there."""
    for base in (config.home(), config.machine_folder()):
        folder = base / "slots" / machine()
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with (folder / "probe").open("a") as probe:
                fcntl.flock(probe, fcntl.LOCK_SH)
        except OSError:
            continue
        return folder
    raise OSError(f"No file can be locked in {config.home()}, nor where temporary files lie.")


def share(total: int, own: str, others: Iterable[Mapping[str, Any]]) -> int:
    """How many of this machine's slots are for the workers that share our files; one at least.

    `own` tells our files from those of the machine's other workers, whose reports `others` are.

    >>> share(4, "a", [{"machine": machine(), "files": "b"}, {"machine": "elsewhere", "files": "c"}])
    2
    >>> [share(4, own, [{"machine": machine(), "files": files} for files in "abc"]) for own in "abc"]
    [2, 1, 1]
    """
    groups = sorted({own, *(str(one["files"]) for one in others if one.get("machine") == machine())})
    each, left = divmod(total, len(groups))
    return max(1, each + (groups.index(own) < left))


BESIDE = 10.0
"""Processor seconds that a node may use while all slots are taken; then it stands until one is free."""


class Still(Protocol):
    """By which a child is stopped, whatever it says (`workers.sandbox.standstill`)."""

    @property
    def stands(self) -> bool: ...

    def stop(self) -> bool: ...

    def go_on(self) -> None: ...

    def cpu_seconds(self) -> float: ...


class HeldSlot:
    """A slot that is taken; given back once, whoever does it. `idle_since`: by the steady clock, if its node
    says that it is paused. That is not believed: the slot goes to others once the node is seen to stand.
    `waits`: it has used its share beside the others."""

    def __init__(self, slots: Slots, descriptor: int) -> None:
        self._slots, self._descriptor = slots, descriptor
        self._lock = threading.Lock()
        self._allowed = 0.0
        self.idle_since: float | None = None
        self.still: Still | None = None
        self.waits = False

    @property
    def taken(self) -> bool:
        return self._descriptor >= 0

    def give(self) -> None:
        with self._lock:
            if self._descriptor >= 0:
                self._give()

    def _give(self) -> None:
        self._slots.give(self._descriptor)
        self._descriptor = -1

    def look(self, now: float, longest: float) -> bool:
        """Gives the slot back if its node has been paused for longer than that, and stands; whether it did.
        Without a slot: takes one if the node goes on, and stops it where it has used its share."""
        with self._lock:
            still = self.still
            if still is None:
                return False
            idle = self.idle_since is not None and now - self.idle_since > longest
            if self._descriptor >= 0:
                if not idle or not still.stop():
                    return False
                self._allowed = still.cpu_seconds() + BESIDE
                self._give()
                return True
            if idle and not still.stands:
                still.stop()
            elif (self.waits or not still.stands) and self._take_free():
                still.go_on()
            elif not still.stands and still.cpu_seconds() > self._allowed:
                self.waits = still.stop()
            return False

    def go_on(self, now: float) -> bool:
        """Somebody orders something: it takes a slot if one is free. Otherwise it runs beside the others,
        since somebody sits before it. False if it has used its share of that."""
        with self._lock:
            if self.idle_since is not None:
                self.idle_since = now
            if self._descriptor < 0 and not self._take_free() and self.waits:
                return False
            if self.still is not None:
                self.still.go_on()
            return True

    def take_again(self) -> None:
        """The node says that it goes on."""
        with self._lock:
            self.idle_since = None
            if self._descriptor < 0:
                self._take_free()

    def _take_free(self) -> bool:
        found = self._slots.take()
        self._descriptor = -1 if found is None else found
        self.waits = self.waits and found is None
        return found is not None


class Slots:
    """`find` tells the folder in which the lock files lie: of this machine, not of a shared disk. Safe
    between threads."""

    def __init__(self, find: Callable[[], Path], count: int) -> None:
        self._find, self.count = find, count
        self._open_folder()

    def _open_folder(self) -> None:
        self.folder = self._find()
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def take(self) -> int | None:
        """A descriptor that holds a slot until it is closed; None where all are taken."""
        try:
            return self._take()
        except FileNotFoundError:  # the folder goes when its user signs out, and Studio may stay
            self._open_folder()
            return self._take()

    def _take(self) -> int | None:
        for place in range(self.count):
            slot = os.open(self.folder / str(place), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                fcntl.flock(slot, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(slot)
            else:
                return slot
        return None

    @property
    def files(self) -> str:
        """Tells the files apart from other workers': the folder's place on its disk."""
        found = self.folder.stat()
        return f"{found.st_dev}:{found.st_ino}"

    def give(self, slot: int) -> None:
        os.close(slot)
