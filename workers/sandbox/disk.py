"""What a child takes of the disk, looked at before it could have taken more than it may.

No kernel counts the bytes of a folder. So the next look comes no later than the fastest disk could fill what
is left: rarely where there is much, every few milliseconds close to the limit. Between two full looks the
free space of the disk tells whether one is due.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from workers.sandbox.job import Limits

FASTEST = 4 << 30
"""Bytes a second that no child writes."""
SHORTEST, LONGEST = 0.002, 0.05
"""Seconds between two looks."""
HEADROOM = 128 << 20
"""Bytes above the reserve at which a child that fills the disk is ended: a look may come late."""
FULL = "disk"
"""What is said of a child that fills the disk."""
LITTLE = 1 << 20
"""Bytes: who has no more on a full disk is not to blame."""


class Disk:
    """One child's drafts, and its working folder where that lies on the disk too; at least `reserve` bytes of
    their disk stay free. Unnamed files are looked for on `devices`."""

    def __init__(self, drafts: Path, folder: str, limits: Limits, reserve: int) -> None:
        self.drafts, self.folder, self.limits, self.reserve = str(drafts), folder, limits, reserve
        self._least = reserve + min(HEADROOM, reserve // 4)
        self.devices = {os.stat(path).st_dev for path in (drafts, folder) if path}
        self._size = 0
        self._free = self._before = _free(self.drafts)

    def due(self) -> bool:
        """Whether the disk is nearly full, or so much was written on it that the limit may be passed."""
        self._free = _free(self.drafts)
        return self._free < self._least or self._size + max(0, self._before - self._free) > self._limit

    def patience(self) -> float:
        """Seconds until somebody must look again."""
        left = self._limit - self._size - max(0, self._before - self._free)
        if self.reserve:
            left = min(left, self._free - self._least)
        return min(max(left / FASTEST, SHORTEST), LONGEST)

    def look(self, unnamed: int) -> str | None:
        """The limit that was passed, or FULL, if that is so. `unnamed`: bytes in files without a name."""
        self._before = self._free = _free(self.drafts)
        files, size = _size(self.drafts)
        own_files, own_size = _size(self.folder) if self.folder else (0, 0)
        self._size = max(size, own_size) + unnamed
        if size + unnamed > self.limits.output_bytes:
            return "output_bytes"
        if own_size + unnamed > self.limits.work_bytes and self.folder:
            return "work_bytes"
        if self._free < self._least and self._size > LITTLE:
            return FULL
        return "files" if files + own_files > self.limits.files else None

    @property
    def _limit(self) -> int:
        return min(self.limits.output_bytes, self.limits.work_bytes if self.folder else 1 << 62)


def _free(folder: str) -> int:
    disk = os.statvfs(folder)
    return disk.f_bavail * disk.f_frsize


def _size(folder: str) -> tuple[int, int]:
    """Files in a folder and below, and the bytes they really take."""
    files = size = 0
    waiting: list[Any] = [folder]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    files += 1
                    size += entry.stat(follow_symlinks=False).st_blocks * 512
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
        except OSError:
            continue
    return files, size
