"""So many nodes at once on this machine, however many workers of one Studio run on it.

A slot is a lock on a file: the kernel gives it back when its holder dies, in whatever way.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path


class Slots:
    """`folder`: where the lock files lie; of this machine, not of a shared disk. Safe between threads."""

    def __init__(self, folder: Path, count: int) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder, self.count = folder, count

    def take(self) -> int | None:
        """A descriptor that holds a slot until it is closed; None where all are taken."""
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
