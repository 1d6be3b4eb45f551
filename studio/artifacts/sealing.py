"""How an object is known to be whole without reading it: by its size and its seal.

The seal is the file's time of change, set to a moment that follows from its content name. Whoever writes to
the file breaks it, a copy that keeps no times loses it; then the bytes are hashed, once, and the file is
sealed again or known to be damaged.
"""

from __future__ import annotations

import logging
import mmap
import os
import stat
import time
from contextlib import suppress
from pathlib import Path

from blake3 import blake3

log = logging.getLogger(__name__)

WINDOW = 16 << 20
"""Of a file mapped at once: faster than reading it, and the process stays small."""

FIRST = 1_000_000_000
"""Seals lie in the years after this second (September 2001), where no clock of ours is."""


def digest_of(path: Path) -> str:
    """The BLAKE3 of a file, hex."""
    digest = blake3(max_threads=1)
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        for start in range(0, size, WINDOW):
            with mmap.mmap(
                file.fileno(), min(WINDOW, size - start), access=mmap.ACCESS_READ, offset=start
            ) as part:
                digest.update(part)
    return digest.hexdigest()


def seal(path: Path, name: str) -> None:
    """Marks a file as holding the bytes of that name, and as used now. In whole seconds: every file system
    keeps them."""
    os.utime(path, (int(time.time()), _moment(name)))


def is_whole(path: Path, name: str, size: int) -> bool:
    """Whether the file holds that many bytes, those of its content name."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return False
    if found.st_size != size or not stat.S_ISREG(found.st_mode):
        log.warning("object %s has %d bytes, not %d: it is damaged", name[:12], found.st_size, size)
        return False
    if found.st_mtime_ns == _moment(name) * 10**9:
        return True
    if digest_of(path) != name:
        log.warning("object %s holds other bytes than it was kept with: it is damaged", name[:12])
        return False
    with suppress(OSError):  # somebody else's file: it is hashed again next time
        seal(path, name)
    return True


def _moment(name: str) -> int:
    return FIRST + int(name[:7], 16)
