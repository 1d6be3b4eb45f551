"""So many nodes at once on this machine, however many workers of one Studio run on it.

A slot is a lock on a file: the kernel gives it back when its holder dies, in whatever way.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable
from pathlib import Path


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

    def give(self, slot: int) -> None:
        os.close(slot)
