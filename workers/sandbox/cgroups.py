"""One cgroup a child: the kernel counts and bounds what no look at /proc sees.

The template makes them, one for each child that lives at a time, and uses them again. A child enters its own
while it waits for a job, and writes its limits once the job has come; later it cannot reach them. The worker
reads what the kernel counted. Where a file cannot be read or written, limits hold as they do without cgroups.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

SLACK = 32 << 20
"""Bytes beside a job's limit: page tables, and pages of the template that a child copies before its job."""
NAME = re.compile(r"studio-([0-9]+)-[0-9]+-[0-9]+")


@dataclass(frozen=True)
class Files:
    """What a version of cgroups calls its files, each with the controller whose folder it lies in.

    `memory`, `processes`: limits. `once`: what is written when a cgroup is made. `kills`: where it says how
    many processes the kernel has ended for want of memory. `cpu`: where it says how much processor time was
    used, the word before the number, and how many of its units are a second.
    """

    memory: tuple[str, str]
    processes: tuple[str, str]
    once: tuple[tuple[str, str, str], ...]
    kills: tuple[str, str]
    cpu: tuple[str, str, bytes, float]


VERSIONS = {
    1: Files(
        memory=("memory", "memory.limit_in_bytes"),
        processes=("pids", "pids.max"),
        once=(("memory", "memory.swappiness", "0"),),
        kills=("memory", "memory.oom_control"),
        cpu=("cpuacct", "cpuacct.usage", b"", 1e9),
    ),
    2: Files(
        memory=("memory", "memory.max"),
        processes=("pids", "pids.max"),
        once=(("memory", "memory.swap.max", "0"), ("memory", "memory.oom.group", "1")),
        kills=("memory", "memory.events"),
        cpu=("cpuacct", "cpu.stat", b"usage_usec", 1e6),
    ),
}
CONTROLLERS = "memory", "pids", "cpuacct"


@dataclass(frozen=True)
class Cgroup:
    """One of them. `folders`: by controller; in version 2 all the same."""

    files: Files
    folders: Mapping[str, str]

    def make(self) -> None:
        """OSError where it cannot be made."""
        for folder in set(self.folders.values()):
            with suppress(FileExistsError):
                os.mkdir(folder)
        for controller, name, value in self.files.once:
            with suppress(OSError):
                self._write(controller, name, value)

    def remove(self) -> None:
        for folder in set(self.folders.values()):
            with suppress(OSError):
                os.rmdir(folder)

    def enter(self) -> None:
        """Moves this process in. The kernel may take its time for that: do it while nobody waits."""
        for folder in set(self.folders.values()):
            with suppress(OSError):
                _write(f"{folder}/cgroup.procs", "0")

    def bound(self, memory: int, processes: int) -> None:
        """Sets the limits of all that is in it: bytes, and processes and threads together."""
        with suppress(OSError):
            self._write(*self.files.memory, str(memory + SLACK))
        with suppress(OSError):
            self._write(*self.files.processes, str(processes))

    def is_empty(self) -> bool:
        try:
            return not self._read("memory", "cgroup.procs")
        except OSError:
            return False

    def kills(self) -> int:
        """Processes that were ended in it, ever, because they needed more memory than it may have."""
        return _number(self._told(self.files.kills), b"oom_kill")

    def cpu_seconds(self) -> float:
        """Processor time of all that ever ran in it, whether somebody waited for it or not."""
        *place, word, unit = self.files.cpu
        return _number(self._told(place), word) / unit

    def _told(self, place: tuple[str, str] | list[str]) -> bytes:
        try:
            return self._read(*place)
        except OSError:
            return b""

    def _read(self, controller: str, name: str) -> bytes:
        fd = os.open(f"{self.folders[controller]}/{name}", os.O_RDONLY | os.O_CLOEXEC)
        try:
            return os.read(fd, 1 << 16)
        finally:
            os.close(fd)

    def _write(self, controller: str, name: str, value: str) -> None:
        _write(f"{self.folders[controller]}/{name}", value)


def _write(path: str, value: str) -> None:
    fd = os.open(path, os.O_WRONLY | os.O_CLOEXEC)
    try:
        os.write(fd, value.encode())
    finally:
        os.close(fd)


def _number(text: bytes, word: bytes) -> int:
    """The number after a word, each on a line of its own, or the only one if there is no word; 0 if none."""
    for line in text.splitlines():
        *before, number = line.split() or [b""]
        if before == ([word] if word else []) and number.isdigit():
            return int(number)
    return 0


@dataclass(frozen=True)
class Cgroups:
    """Where cgroups can be made. `version` is 1 or 2; `folders`: by controller. `owner`: what the names of
    one template's begin with, after the number of the worker's process."""

    version: int
    folders: Mapping[str, str]
    owner: str = ""

    def cgroup(self, number: int) -> Cgroup:
        name = f"{self.owner}-{number}"
        return Cgroup(VERSIONS[self.version], {part: f"{base}/{name}" for part, base in self.folders.items()})

    def owned_by(self, process: int, serial: int) -> Cgroups:
        return Cgroups(self.version, self.folders, f"studio-{process}-{serial}")

    def as_text(self) -> str:
        return json.dumps([self.version, dict(self.folders), self.owner])

    @classmethod
    def from_text(cls, text: str) -> Cgroups:
        return cls(*json.loads(text))

    def remove_own(self) -> None:
        """Those of a template that has ended."""
        self._remove(lambda name, _: name.startswith(f"{self.owner}-"))

    def remove_orphans(self) -> None:
        """Those of workers that were killed."""
        self._remove(lambda _, process: not os.path.exists(f"/proc/{process}"))

    def _remove(self, wanted: Callable[[str, str], bool]) -> None:
        for folder in set(self.folders.values()):
            with suppress(OSError):
                for name in os.listdir(folder):
                    if (match := NAME.fullmatch(name)) and wanted(name, match[1]):
                        with suppress(OSError):
                            os.rmdir(f"{folder}/{name}")


@dataclass
class Pool:
    """The cgroups of one template. `take` gives -1 where there is none."""

    cgroups: Cgroups | None
    free: list[int] = field(default_factory=list)
    made: int = 0

    def take(self) -> int:
        """The number of an empty one."""
        if self.cgroups is None:
            return -1
        for number in self.free:
            if self.cgroups.cgroup(number).is_empty():
                self.free.remove(number)
                return number
        try:
            self.cgroups.cgroup(self.made).make()
        except OSError:
            return -1
        self.made += 1
        return self.made - 1

    def give_back(self, number: int) -> None:
        """Its child has ended."""
        if number >= 0:
            self.free.append(number)

    def enter(self, number: int) -> Cgroup | None:
        """In the child."""
        if self.cgroups is None or number < 0:
            return None
        cgroup = self.cgroups.cgroup(number)
        cgroup.enter()
        return cgroup
