"""The pages of memory that a call writes: the next copy takes them before its call comes.

A copy shares its memory with the interpreter until it writes; each page that it writes first costs a fault
of 3 to 4 µs, and a call of one row writes some 2,000, because Python counts references in the objects
themselves. The kernel says which pages a copy has written, and the next one has them written to as soon as
it is there. That takes as much processor time as before, but not while a caller waits.

All of it is a hint: where the kernel does not say, or does not take pages ahead, a call takes its faults
itself. What is learned are addresses in the interpreter's own memory; no byte of a call is among them.
"""

from __future__ import annotations

import ctypes
import mmap
import os
import select
import signal
from array import array
from collections.abc import Iterator
from contextlib import suppress
from typing import NoReturn

from workers.sandbox import kernel

MOST = 4096
"""Pages that are taken ahead; a call that writes more has work to do beside which faults are little."""
POPULATE_WRITE = 23
EXCLUSIVE, OF_A_FILE, PRESENT = 56, 61, 63
"""Bits of an entry of `/proc/…/pagemap`: nobody else maps this page; it is a file's, or shared; it is in
memory."""
ENTRY, PAIR = 8, 16
SECONDS = 1.0
"""How long an interpreter waits to be told."""
USER_SPACE = 1 << 47


def learn(pid: int) -> array[int]:
    """The pages that a copy of this process has written, as pairs of an address and a size in bytes; empty
    where the kernel does not say, or there are too many.

    A process of its own looks: what this one writes meanwhile would look as if the copy had written it. The
    copy could stop that process, or take the last one that it may start: then nothing is learned."""
    told, tell = os.pipe()
    try:
        looker = os.fork()
        if looker == 0:
            _tell(tell, pid)
        os.close(tell)
        tell = -1
        ready, _, _ = select.select([told], [], [], SECONDS)
        os.kill(looker, signal.SIGKILL)
        os.waitpid(looker, 0)
        data = os.read(told, MOST * PAIR) if ready else b""
    except OSError:
        return array("Q")
    finally:
        os.close(told)
        if tell >= 0:
            os.close(tell)
    return array("Q", data[: len(data) // PAIR * PAIR])


def _tell(tell: int, pid: int) -> NoReturn:
    try:
        found = _written_by(pid)
        if sum(found[1::2]) <= MOST * mmap.PAGESIZE:
            os.write(tell, found)
    finally:
        os._exit(0)


def _written_by(pid: int) -> array[int]:
    """As `learn`, from a process whose memory lies as this copy's: what that has mapped since is left out."""
    import numpy as np

    found = array("Q")
    with suppress(OSError), open(f"/proc/{pid}/pagemap", "rb", buffering=0) as pages:
        for start, end in _writable():
            pages.seek(start // mmap.PAGESIZE * ENTRY)
            entries = np.frombuffer(pages.read((end - start) // mmap.PAGESIZE * ENTRY), np.uint64)
            bits = ((entries >> np.uint64(bit)) & np.uint64(1) for bit in (PRESENT, EXCLUSIVE, OF_A_FILE))
            present, exclusive, of_a_file = bits
            written = np.concatenate(([0], present & exclusive & ~of_a_file, [0])).astype(np.int8)
            for first, behind in np.flatnonzero(np.diff(written)).reshape(-1, 2).tolist():
                found.extend((start + first * mmap.PAGESIZE, (behind - first) * mmap.PAGESIZE))
    return found


def take(found: array[int]) -> None:
    """Has them written to, as they are. Where that is refused, nothing happens."""
    madvise = kernel.libc.madvise
    for at in range(0, len(found), 2):
        madvise(ctypes.c_void_p(found[at]), ctypes.c_size_t(found[at + 1]), POPULATE_WRITE)


def _writable() -> Iterator[tuple[int, int]]:
    """Where this process's private, writable memory lies."""
    with open("/proc/self/maps") as lines:
        for line in lines:
            where, rights, _ = line.split(maxsplit=2)
            start, end = (int(part, 16) for part in where.split("-"))
            if rights.startswith("rw") and rights.endswith("p") and end <= USER_SPACE:
                yield start, end
