"""The mappings of libraries: a fork has little to copy, its end little to take down, and a child little to
look for again.

The loader lays each library in five or six mappings, by what may be done with its pages: some 1,700 with all
that a template imports, and each costs a fork and an end 2 µs. Those that lie side by side and differ only in
their rights are made one: what is read may be executed too, and what was sealed after loading may be written.
That takes no wall away: a child may map whatever it likes in its own memory, and the kernel confines it.
"""

from __future__ import annotations

import ctypes
import mmap
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import pairwise
from typing import NamedTuple

from workers.sandbox import kernel

READ, WRITE, EXECUTE = mmap.PROT_READ, mmap.PROT_WRITE, mmap.PROT_EXEC
DONTNEED = 4
HOT = 64 << 10
"""Bytes of a library in memory from which on a fork takes over where they are."""
JOINED = {
    ("r--p", "r-xp"): (0, READ | EXECUTE),
    ("r-xp", "r--p"): (1, READ | EXECUTE),
    ("r--p", "rw-p"): (0, READ | WRITE),
}
"""By the rights of two neighbors: which of them gets the other's."""


class Mapping(NamedTuple):
    start: int
    end: int
    rights: str
    offset: int
    file: str

    def goes_on_in(self, other: Mapping) -> bool:
        """Whether the other lies behind this one, in memory and in the file."""
        behind = self.offset + self.end - self.start
        return (self.file, self.end, behind) == (other.file, other.start, other.offset)


def join() -> None:
    """Once all is imported. Where the machine forbids it, a mapping stays as it is."""
    with suppress(OSError):
        for pair in pairwise(list(of_files("/proc/self/maps"))):
            if pair[0].goes_on_in(pair[1]) and (found := JOINED.get((pair[0].rights, pair[1].rights))):
                which, rights = found
                start, size = _place(pair[which])
                kernel.libc.mprotect(start, size, ctypes.c_int(rights))


def pass_on(rehearse: Callable[[], None]) -> None:
    """Lets a fork take over where the pages of libraries are.

    The kernel leaves that out for a mapping of a file in which nothing was ever written, so that each child
    took some 400 faults to find the same pages again. One byte of each library that `rehearse` uses is
    written, as it is; what only an import has touched is let go before.
    """
    with suppress(OSError):
        for mapping, _, own in _executed():
            if not own:
                kernel.libc.madvise(*_place(mapping), ctypes.c_int(DONTNEED))
        rehearse()
        with open("/proc/self/mem", "r+b", buffering=0) as memory:
            for mapping, resident, own in _executed():
                if resident >= HOT and not own:
                    os.pwrite(memory.fileno(), os.pread(memory.fileno(), 1, mapping.start), mapping.start)


def of_files(maps: str) -> Iterator[Mapping]:
    """The mappings of files in a list of the kernel's (`/proc/…/maps`)."""
    with open(maps) as lines:
        yield from filter(None, map(_mapping, lines))


def _mapping(line: str) -> Mapping | None:
    where, rights, offset, _, _, file = [*line.split(maxsplit=5), ""][:6]
    start, _, end = where.partition("-")
    if not file.startswith("/"):
        return None
    return Mapping(int(start, 16), int(end, 16), rights, int(offset, 16), file.rstrip("\n"))


def _executed() -> list[tuple[Mapping, int, int]]:
    """Of what may be executed: the bytes that are in memory, and those that were written to."""
    found: list[tuple[Mapping, int, int]] = []
    mapping, resident = None, 0
    with open("/proc/self/smaps") as lines:
        for line in lines:
            name, size = line.split(maxsplit=2)[:2]
            if not name.endswith(":"):
                mapping = _mapping(line)
            elif name == "Rss:":
                resident = int(size) << 10
            elif name == "Anonymous:" and mapping and mapping.rights == "r-xp":
                found.append((mapping, resident, int(size) << 10))
    return found


def _place(mapping: Mapping) -> tuple[ctypes.c_void_p, ctypes.c_size_t]:
    return ctypes.c_void_p(mapping.start), ctypes.c_size_t(mapping.end - mapping.start)
