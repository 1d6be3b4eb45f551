"""What a child and all it started use at this moment, read from /proc."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache

TICKS = os.sysconf("SC_CLK_TCK")
TABLES = b"VmPTE:"  # a terabyte of nothing but addresses needs gigabytes of them


FREE_SOCKETS = 64
"""As many may be open and count for nothing: event loops and pools of processes have some."""


@dataclass(frozen=True)
class Usage:
    """Bytes, seconds, processes. Memory that is still shared with the template is not counted. Of `memory`,
    `sockets` is the kernel's: nobody tells how much lies in one, so that each counts as full."""

    memory: int = 0
    sockets: int = 0
    cpu: float = 0.0
    processes: int = 0


def of_tree(pid: int, shared: int) -> Usage:
    """`shared`: anonymous bytes the child had from the template when it began."""
    pids = list(_tree(pid))
    memory = sum(max(0, _bytes(p, b"RssAnon:", b"VmSwap:", TABLES) - shared) for p in pids)
    sockets = _in_sockets(pids)
    return Usage(memory + sockets, sockets, sum(_cpu(p) for p in pids), len(pids))


def _in_sockets(pids: Sequence[int]) -> int:
    """Bytes of the kernel's memory that these processes, the first of a tree first, may hold in sockets."""
    return max(0, _sockets(pids) - FREE_SOCKETS) * _most_in_a_socket()


def _sockets(pids: Sequence[int]) -> int:
    """Those that are open, each once; of those on their way from one process to another the kernel lets a
    user have no more than files."""
    found: set[str] = set()
    for pid in pids:
        with suppress(OSError):
            for fd in os.scandir(f"/proc/{pid}/fd"):
                with suppress(OSError):
                    found.add(os.readlink(fd.path))
    return sum(name.startswith("socket:") for name in found)


@cache
def _most_in_a_socket() -> int:
    """Twice the usual size, since the last message may exceed it; seccomp refuses to change it."""
    with open("/proc/sys/net/core/wmem_default") as file:
        return 2 * int(file.read())


def exact_memory(pid: int) -> int | None:
    """Anonymous bytes of the tree, pages that several share counted once; slower. None where the
    kernel does not say."""
    total = 0
    for each in _tree(pid):
        try:
            with open(f"/proc/{each}/smaps_rollup", "rb") as file:
                for line in file:
                    if line.startswith((b"Pss_Anon:", b"SwapPss:")):
                        total += int(line.split()[1]) << 10
            total += _bytes(each, TABLES)
        except ProcessLookupError:
            continue
        except OSError:
            return None
    return total


def _tree(pid: int) -> Iterator[int]:
    """The process and its descendants. In a namespace of its own nothing can leave this tree."""
    waiting, seen = [pid], set[int]()
    while waiting:
        parent = waiting.pop()
        if parent in seen:
            continue
        seen.add(parent)
        yield parent
        try:
            for task in os.listdir(f"/proc/{parent}/task"):
                with open(f"/proc/{parent}/task/{task}/children", "rb") as file:
                    waiting += map(int, file.read().split())
        except OSError:
            continue


def _bytes(pid: int, *which: bytes) -> int:
    """The sum of some lines of a process's status."""
    try:
        with open(f"/proc/{pid}/status", "rb") as file:
            return sum(int(line.split()[1]) << 10 for line in file if line.startswith(which))
    except OSError:
        return 0


def _cpu(pid: int) -> float:
    """Seconds of a process and of the children it has waited for."""
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:
            fields = file.read().rpartition(b")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / TICKS


def pid_of(pidfd: int) -> int:
    """The process a pidfd stands for, as this namespace numbers it; -1 when it has ended."""
    with open(f"/proc/self/fdinfo/{pidfd}") as file:
        return next((int(line.split()[1]) for line in file if line.startswith("Pid:")), -1)
