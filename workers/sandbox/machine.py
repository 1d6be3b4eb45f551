"""What a script may know of the machine: processors, memory and load, as psutil tells them.

A child's /proc has its processes only. These few files of the machine's /proc lie beside it, and psutil,
which would look for them in /proc, reads them there.
"""

from __future__ import annotations

import os
from typing import BinaryIO

FACTS = ("cpuinfo", "meminfo", "stat")
FOLDER = "/sandbox/machine"
MOVED = {f"/proc/{name}": f"{FOLDER}/{name}" for name in FACTS}


def tell_psutil() -> None:
    """psutil finds the files where a child has them; elsewhere it goes on reading /proc."""
    from psutil import _pslinux as linux

    in_place = linux.open_binary

    def open_binary(name: str) -> BinaryIO:
        moved = MOVED.get(name, name)
        return in_place(moved if os.path.exists(moved) else name)

    linux.open_binary = open_binary
