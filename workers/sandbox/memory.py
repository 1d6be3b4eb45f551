"""How the template's memory lies, so that a fork has little to copy and a child's end little to take down.

A fork copies an entry for each page of memory that is a process's own, and its end takes them all down again:
with what a template has imported, that is much of a short node's time. Pages of a file are left out of a
fork, and come in where they are touched, 2 MB at a time where they lie so. So what is imported is gathered in
one stretch that lies on a file in memory: shared with that file while the template imports, a private,
copy-on-write view of it from then on. The file is sealed; nobody can ever write to it again.
"""

from __future__ import annotations

import ctypes
import fcntl
import mmap
import os
from contextlib import suppress
from resource import RUSAGE_SELF, getrusage

from workers.sandbox import kernel

STRETCH = 512 << 20
"""Bytes of addresses set aside; the file holds only what is touched."""
M_TRIM_THRESHOLD, M_TOP_PAD, M_MMAP_THRESHOLD = -1, -2, -3
TOP_PAD = 1 << 20
MOST = 32 << 20  # the largest mapping threshold glibc takes
HUGE = 2 << 20
MADV_COLLAPSE, MAP_FIXED = 25, 0x10
POOL = 16 << 10  # Python divides its arenas into pools of this size and alignment
ADD_SEALS, SEALS = 1033, 0xF  # neither shorter nor longer, no writing, no other seals


class _Arenas(ctypes.Structure):
    """Where Python's allocator of small objects takes its memory; PyObjectArenaAllocator of its C API."""

    _fields_ = [("context", ctypes.c_void_p), ("allocate", ctypes.c_void_p), ("free", ctypes.c_void_p)]


class Stretch:
    """The memory between two addresses of this process's heap, laid on a file."""

    def __init__(self, start: int, end: int) -> None:
        self.start, self.size = start, end - start
        self._python = _Arenas()
        self._file = os.memfd_create("template", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
        os.ftruncate(self._file, self.size)
        self._map(mmap.MAP_SHARED)
        self._take_arenas()

    def settle(self) -> None:
        """From now on it is this process's own, and that of its children."""
        ctypes.pythonapi.PyObject_SetArenaAllocator(ctypes.byref(self._python))
        self._end_where_used()
        for place in range(self.start, self.start + self.size - HUGE, HUGE):
            _collapse(place)
        if self.size:
            self._map(mmap.MAP_PRIVATE)
        fcntl.fcntl(self._file, ADD_SEALS, SEALS)
        os.close(self._file)

    def _end_where_used(self) -> None:
        """Gives the rest back, and lets the heap grow and shrink as usual behind it."""
        libc = _libc()
        libc.malloc_trim(TOP_PAD)
        self.size = max(libc.sbrk(0) - self.start, 0)
        libc.mallopt(M_TRIM_THRESHOLD, 2 * MOST)

    def _map(self, kind: int) -> None:
        rights, flags = mmap.PROT_READ | mmap.PROT_WRITE, kind | MAP_FIXED
        place = kernel.libc.mmap(self.start, self.size, rights, flags, self._file, 0)
        kernel.check(0 if place == self.start else -1, "mmap of the template's memory")

    def _take_arenas(self) -> None:
        """Python maps an arena wherever there is room; until `settle` it gets them from malloc, aligned. One
        that it gives back is left: there are few, and what is meant to unmap it would not fit."""
        libc = ctypes.CDLL(None)
        functions = (ctypes.cast(one, ctypes.c_void_p).value for one in (libc.aligned_alloc, libc.getpid))
        ctypes.pythonapi.PyObject_GetArenaAllocator(ctypes.byref(self._python))
        ctypes.pythonapi.PyObject_SetArenaAllocator(ctypes.byref(_Arenas(POOL, *functions)))


_stretch: Stretch | None = None


def gather() -> None:
    """Lets malloc, and Python with it, take from one stretch. Call before anything large is imported.

    Children keep the thresholds: an array below 32 MB is taken from the heap again and again without a
    page fault.
    """
    global _stretch
    libc = _libc()
    if not hasattr(libc, "mallopt"):  # no glibc
        return
    libc.mallopt(M_MMAP_THRESHOLD, MOST)
    libc.mallopt(M_TRIM_THRESHOLD, 2 * STRETCH)
    libc.mallopt(M_TOP_PAD, STRETCH)
    start, end = _grow(libc)
    libc.mallopt(M_TOP_PAD, TOP_PAD)
    if end - start >= STRETCH // 2:
        with suppress(OSError):  # no memory file to be had: a fork copies more
            _stretch = Stretch(start, end)


def _grow(libc: ctypes.CDLL) -> tuple[int, int]:
    """Lets the heap grow by a stretch: from where on none of it was touched, and its end, at huge pages.

    Untouched memory reads as zeros, as a new file does: one may be laid over the other at any moment.
    """
    before = libc.sbrk(0)
    block = libc.malloc(MOST - (1 << 20))
    libc.free(block)
    first = max(before, (block or 0) + mmap.PAGESIZE)  # malloc's note on what is free lies before `block`
    return -(-first // HUGE) * HUGE, libc.sbrk(0) // HUGE * HUGE


def settle() -> None:
    """All is imported: what lies in the stretch stays as it is."""
    if _stretch is not None:
        _stretch.settle()


def resident() -> tuple[int, int]:
    """Bytes of anonymous and of all resident memory of this process, most of it shared with the template; 0
    where a child has no /proc."""
    try:
        with open("/proc/self/statm") as file:
            _, resident, shared, *_ = map(int, file.read().split())
    except OSError:
        return 0, 0
    return (resident - shared) * mmap.PAGESIZE, resident * mmap.PAGESIZE


def fullest() -> int:
    """Bytes of its own that this process had at once until now, about: pages of the template and of files
    that it has touched are left out. 0 where a child has no /proc."""
    own, whole = resident()
    return max(0, (getrusage(RUSAGE_SELF).ru_maxrss << 10) - (whole - own)) if whole else 0


def _libc() -> ctypes.CDLL:
    libc = ctypes.CDLL(None)
    libc.malloc.restype = libc.sbrk.restype = ctypes.c_void_p
    libc.malloc.argtypes, libc.free.argtypes = [ctypes.c_size_t], [ctypes.c_void_p]
    libc.sbrk.argtypes = [ctypes.c_long]
    return libc


def _collapse(place: int) -> None:
    """Gathers the pages from here into a huge one, where the machine can."""
    kernel.libc.madvise(ctypes.c_void_p(place), ctypes.c_size_t(HUGE), ctypes.c_int(MADV_COLLAPSE))
