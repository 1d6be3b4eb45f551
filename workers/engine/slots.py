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
from typing import Any

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


class HeldSlot:
    """A slot that is taken; given back once, whoever does it. `idle_since`: by the steady clock, if its node
    is paused."""

    def __init__(self, slots: Slots, descriptor: int) -> None:
        self._slots, self._descriptor = slots, descriptor
        self._lock = threading.Lock()
        self.idle_since: float | None = None

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

    def give_if_idle(self, now: float, longest: float) -> bool:
        """Gives it back if its node has been paused for longer than that; whether it did."""
        with self._lock:
            idle = self.idle_since is not None and now - self.idle_since > longest
            if not idle or self._descriptor < 0:
                return False
            self._give()
            return True

    def take_again(self) -> None:
        """The node goes on: takes a slot if one is free. Otherwise it runs beside the others, since somebody
        sits before it."""
        with self._lock:
            self.idle_since = None
            if self._descriptor < 0:
                found = self._slots.take()
                self._descriptor = -1 if found is None else found


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
