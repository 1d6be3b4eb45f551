"""What a child and all it started use at this moment, read from /proc."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache

TICKS = os.sysconf("SC_CLK_TCK")
TABLES = b"VmPTE:"  # a terabyte of nothing but addresses needs gigabytes of them

FREE = 64
"""As many sockets, pipes and event queues each may be open and count for nothing: event loops and pools of
processes have some."""
IN_A_PIPE = 64 << 10
"""Bytes; longer ones the kernel gives to a user until they are 64 MB in all."""
IN_A_QUEUE = 256 << 10
"""Bytes of the kernel's that an event queue (epoll) takes which watches all files that a process may open."""
NAMELESS = " (deleted)"


@dataclass(frozen=True)
class Usage:
    """Bytes, seconds, processes. Memory that is still shared with the template is not counted. Of `memory`,
    `kernel` is the kernel's: nobody tells how much lies in a socket, so that each counts as full. `locks`:
    on files. `unnamed`: bytes of disk in files that have no name any more, as far as they are open. `own`: of
    each process, by its number and start, the seconds that it used itself."""

    memory: int = 0
    kernel: int = 0
    cpu: float = 0.0
    processes: int = 0
    locks: int = 0
    unnamed: int = 0
    own: Mapping[tuple[int, int], float] = field(default_factory=dict)


@dataclass
class Files:
    """What processes have open, each thing once: names by kind, bytes of unnamed files on devices."""

    devices: Collection[int]
    named: dict[str, set[str]] = field(
        default_factory=lambda: {"socket:": set(), "pipe:": set(), "anon_inode:[eventpoll]": set()}
    )
    unnamed: dict[tuple[int, int], int] = field(default_factory=dict)

    def look(self, pid: int) -> None:
        with suppress(OSError):
            for fd in os.scandir(f"/proc/{pid}/fd"):
                with suppress(OSError):
                    self._see(pid, fd.path, os.readlink(fd.path))

    def _see(self, pid: int, path: str, name: str) -> None:
        for kind, found in self.named.items():
            if name.startswith(kind):
                found.add(name if kind.endswith(":") else f"{pid}{path}")
        if name.endswith(NAMELESS) and self.devices:
            self._weigh(path)

    def _weigh(self, path: str) -> None:
        status = os.stat(path)
        if not status.st_nlink and status.st_dev in self.devices:
            self.unnamed[status.st_dev, status.st_ino] = status.st_blocks * 512

    def look_at_maps(self, pid: int) -> None:
        """Files that are mapped need not be open."""
        with suppress(OSError), open(f"/proc/{pid}/maps") as maps:
            for line in maps:
                if line.endswith(f"{NAMELESS}\n"):
                    self._weigh_mapped(pid, line)

    def _weigh_mapped(self, pid: int, line: str) -> None:
        span, _, offset, device, inode, _ = line.split(None, 5)
        try:
            self._weigh(f"/proc/{pid}/map_files/{span}")
        except OSError:  # only root may follow it: at least what is mapped of the file counts
            file = os.makedev(*(int(part, 16) for part in device.split(":"))), int(inode)
            if file[0] in self.devices:
                first, last = (int(end, 16) for end in span.split("-"))
                self.unnamed[file] = max(self.unnamed.get(file, 0), int(offset, 16) + last - first)

    @property
    def kernel(self) -> int:
        """Bytes of the kernel's memory that may lie in them. Of those on their way between processes
        the kernel lets a user have no more than files."""
        sizes = _most_in_a_socket(), IN_A_PIPE, IN_A_QUEUE
        counts = (max(0, len(found) - FREE) for found in self.named.values())
        return sum(count * size for count, size in zip(counts, sizes, strict=True))


def of_tree(pid: int, shared: int, devices: Collection[int] = (), maps: bool = False) -> Usage:
    """`shared`: anonymous bytes the child had from the template when it began. `devices`: where unnamed files
    count; with `maps`, mapped ones too."""
    pids = list(tree(pid))
    living = [_living(p) for p in pids]
    memory = sum(max(0, _bytes(p, b"RssAnon:", b"VmSwap:", TABLES) - shared) for p in living)
    files = Files(devices)
    for each in living:
        files.look(each)
        if maps:
            files.look_at_maps(each)
    times = {
        (pid, int(stat[19])): stat[11:15] for pid, stat in zip(pids, map(_stat, pids), strict=True) if stat
    }
    return Usage(
        memory + files.kernel,
        files.kernel,
        sum(int(ticks) for each in times.values() for ticks in each) / TICKS,
        len(pids),
        _locks(pids),
        sum(files.unnamed.values()),
        {process: (int(user) + int(system)) / TICKS for process, (user, system, *_) in times.items()},
    )


def _living(pid: int) -> int:
    """A thread of the process that has its memory and files: the first one, unless it ended before the rest,
    when the kernel shows nothing of it any more."""
    try:
        if state(pid) in b"ZX":
            for thread in map(int, os.listdir(f"/proc/{pid}/task")):
                if state(thread) not in b"ZX":
                    return thread
    except OSError:
        pass
    return pid


def state(task: int) -> bytes:
    with open(f"/proc/{task}/stat", "rb") as file:
        return file.read().rpartition(b") ")[2][:1]


def _locks(pids: Sequence[int]) -> int:
    """How many locks on files (fcntl, flock) they hold; the machine's list says whose each is."""
    ours = {str(pid).encode() for pid in pids}
    count = 0
    with suppress(OSError), open("/proc/locks", "rb") as file:
        for line in file:
            words = line.split(None, 6)
            # "1: POSIX  ADVISORY  WRITE 5433 08:01:7864448 128 128"; one that waits has an arrow before.
            count += len(words) > 5 and (words[4] in ours or words[5] in ours)
    return count


@cache
def _most_in_a_socket() -> int:
    """Twice the usual size, since the last message may exceed it; seccomp refuses to change it."""
    with open("/proc/sys/net/core/wmem_default") as file:
        return 2 * int(file.read())


def exact_memory(pid: int) -> int | None:
    """Anonymous bytes of the tree, pages that several share counted once; slower. None where the
    kernel does not say."""
    total = 0
    for each in map(_living, tree(pid)):
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


def tree(pid: int) -> Iterator[int]:
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


def _stat(pid: int) -> list[bytes]:
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:
            return file.read().rpartition(b")")[2].split()
    except OSError:
        return []


def pid_of(pidfd: int) -> int:
    """The process a pidfd stands for, as this namespace numbers it; -1 when it has ended."""
    with open(f"/proc/self/fdinfo/{pidfd}") as file:
        return next((int(line.split()[1]) for line in file if line.startswith("Pid:")), -1)
