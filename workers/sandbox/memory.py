"""How the template's memory lies: close together and on huge pages, so that a fork has little to copy.

A fork copies one entry for each 4 kB page in use, and takes them down again at the child's end. With
2 MB pages there are far fewer; a child that writes gets small pages again where it writes.
"""

from __future__ import annotations

import ctypes

from workers.sandbox import kernel

HUGE = 2 << 20
MADV_COLLAPSE = 25
M_TRIM_THRESHOLD, M_TOP_PAD, M_MMAP_THRESHOLD = -1, -2, -3
MOST = 32 << 20  # the largest mapping threshold glibc takes


def gather() -> None:
    """Lets malloc take from one heap instead of many mappings. Call before anything large is imported.

    Children keep this: an array below 32 MB is taken from the heap again and again without a page fault.
    """
    mallopt = getattr(kernel.libc, "mallopt", None)
    if mallopt:  # glibc
        mallopt(M_MMAP_THRESHOLD, MOST)
        mallopt(M_TRIM_THRESHOLD, 2 * MOST)
        mallopt(M_TOP_PAD, 1 << 20)


def collapse() -> int:
    """Bytes now laid on huge pages; 0 where the kernel (before Linux 6.1) or its settings refuse."""
    done = 0
    for start, end in _anonymous():
        for place in range(-(-start // HUGE) * HUGE, end - HUGE + 1, HUGE):
            if kernel.libc.madvise(ctypes.c_void_p(place), ctypes.c_size_t(HUGE), MADV_COLLAPSE) == 0:
                done += HUGE
    return done


def _anonymous() -> list[tuple[int, int]]:
    """Where this process has private memory of its own: (start, end) addresses."""
    found = []
    with open("/proc/self/maps") as maps:
        for line in maps:
            place, rights, _, _, inode, *name = line.split(maxsplit=5)
            if rights == "rw-p" and inode == "0" and (not name or name[0].startswith("[heap]")):
                start, _, end = place.partition("-")
                found.append((int(start, 16), int(end, 16)))
    return found
