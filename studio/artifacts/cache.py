"""What a host keeps of a bucket, bounded: the least recently used objects go first."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

NOTED = 60.0
"""Seconds after which a use is written down again."""
RECENT = 600.0
"""Seconds for which what was used stays: a node may be about to open it."""
SHARE = 0.9
"""Of the bound: so much stays, so that not each look drops something."""


def note_use(object: Path) -> None:
    """Writes down that an object is used now: its time of access. Its seal, the time of change, stays."""
    try:
        found, now = object.stat(), time.time()
        if not 0 <= now - found.st_atime < NOTED:
            os.utime(object, ns=(int(now * 1e9), found.st_mtime_ns))
    except OSError:
        return  # it was dropped just now, or is somebody else's: it counts as used earlier


def weight(objects: Path) -> int:
    """Bytes of all of them."""
    return sum(size for _, size, _ in _all(objects))


def too_much(objects: Path, most: int) -> list[Path]:
    """Those to drop so that at most so many bytes stay, the least recently used first."""
    left = weight(objects)
    if left <= most:
        return []
    found = []
    for used, size, path in sorted(_all(objects)):
        if left <= SHARE * most or used > time.time() - RECENT:
            break
        left -= size
        found.append(path)
    return found


def _all(objects: Path) -> Iterator[tuple[float, int, Path]]:
    for folder in os.scandir(objects):
        with os.scandir(folder.path) as entries:
            for entry in entries:
                found = entry.stat()
                yield found.st_atime, found.st_size, Path(entry.path)
