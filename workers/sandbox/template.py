"""The warm interpreter: imports what nodes need, computes nothing of theirs, and forks one child per job.

Started as `python -I template.py SOCKET TIER ROOT CGROUPS WARMTH [WITHOUT]` with a clean environment. It is
single-threaded and never runs user code; a child never comes back. Children are forked ahead of
need: a job goes to a spare that waits, and the next spare is made while the job runs.
"""

from __future__ import annotations

import gc
import json
import os
import select
import signal
import socket
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Literal, NoReturn, cast

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from workers.sandbox import ground, kernel, mappings, memory, rehearsal
from workers.sandbox.cgroups import Cgroups, Pool
from workers.sandbox.slots import Slots
from workers.sandbox.wire import BRANCH, receive_request, send_request, tell

WARM = (
    "matplotlib.font_manager",
    "matplotlib.pyplot",
    "pandas.plotting",
    "pyarrow.compute",
    "pyarrow.csv",
    "pyarrow.ipc",
    "pyarrow.pandas_compat",
    "pyarrow.vendored.version",
    "scipy.stats",
    "sklearn.ensemble",
    "sklearn.linear_model",
    "sklearn.model_selection",
    "sklearn.pipeline",
    "sklearn.preprocessing",
    "duckdb",
    "sqlite3",
    "tqdm",
    "zipfile",
    "multiprocessing",
    "modules.look.inside",
    "modules.look.models",
    "modules.look.thumbnails",
    "modules.wire_types.table_questions",
)
"""Libraries, and what answers looks: the modules that carry out nodes come with the catalog."""

SPARES = min(os.cpu_count() or 1, 4)
ASKS_FOR = " asks for "
Warmth = Literal["all", "some", "none"]
"""How much is imported: all, what an environment does not bring along, nothing (for the self-test)."""


def main(arguments: list[str]) -> NoReturn:
    control = socket.socket(fileno=int(arguments[0]))
    gc.disable()  # what is imported stays: looking through it again and again takes an eighth of the time
    base = ground.enter(cast(ground.Tier, arguments[1]), arguments[2], control.fileno())
    memory.gather()
    warmth: Warmth = cast(Warmth, arguments[4])
    cgroups = Cgroups.from_text(arguments[3]) if arguments[3] else None
    if warmth == "all":
        warm()
        mappings.join()
        mappings.pass_on(lambda: rehearse(base.empty))
    elif warmth == "some":
        warm_without(set(json.loads(arguments[5])), json.loads(arguments[6]))
    gc.collect()
    gc.freeze()
    gc.enable()
    memory.settle()
    tell(control, {"ready": True, "loaded": sorted({name.partition(".")[0] for name in sys.modules})})
    template = Template(control, base, 0 if warmth == "none" else SPARES, Pool(cgroups))
    template.rehearses = warmth == "all"
    with suppress(KeyboardInterrupt, ConnectionError):
        template.serve()
    template.end_all()
    os._exit(0)


def warm() -> None:
    """Imports everything a node may need. What is imported here costs a child nothing."""
    for name in WARM:
        import_module(name)
    import_module("matplotlib").use("Agg")
    from modules.registry import catalog
    from modules.sdk import ahead
    from workers.sandbox import child, numeric

    catalog()
    ahead.prepare_all()
    child.warm()
    numeric.find_libraries()


def rehearse(folder: str) -> None:
    """Once what a child does while it waits, and what a copy of a service's interpreter does."""
    from workers.sandbox import copies

    rehearsal.rehearse(folder)
    copies.warm(1)


def warm_without(names: set[str], wanted: list[str]) -> None:
    """Imports what does not need these packages: a child brings its own. RuntimeError where one of the wanted
    took their absence for granted, and would go on without them."""
    finder = Absent(names)
    sys.meta_path.insert(0, finder)
    for name in wanted:
        finder.asked = ""
        with suppress(ImportError):
            import_module(name)
            if finder.asked:
                raise RuntimeError(f"{name}{ASKS_FOR}{finder.asked}")
    sys.meta_path.remove(finder)
    from workers.sandbox import building, child, inputs, numeric  # noqa: F401

    numeric.find_libraries()


class Absent:
    """Finds no package of these names, whatever is installed. `asked`: which one was asked for."""

    def __init__(self, names: set[str]) -> None:
        self.names, self.asked = names, ""

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        if name.partition(".")[0] in self.names:
            self.asked = name
            raise ModuleNotFoundError(f"{name} is the environment's own", name=name)


@dataclass
class Spare:
    """A child that waits for its job at the other end of `door`. `cgroup`: the number of its own, or -1."""

    pid: int
    door: socket.socket
    cgroup: int


@dataclass
class Child:
    """One that has its job."""

    pid: int
    slot: int
    cgroup: int
    status: socket.socket


class Template:
    """Takes requests, forks, reaps, and tells each job's own socket how its child ended."""

    def __init__(
        self,
        control: socket.socket,
        base: ground.Ground,
        spares: int,
        pool: Pool,
        idle_seconds: float = float("inf"),
    ) -> None:
        self.control, self.base, self.wanted, self.pool = control, base, spares, pool
        self.idle_seconds, self.last = idle_seconds, time.monotonic()
        self.poll = select.poll()
        self.poll.register(control, select.POLLIN)
        self.children: dict[int, Child] = {}  # by pidfd
        self.spares: dict[int, Spare] = {}  # by pidfd
        self.branches: dict[int, int] = {}  # by pidfd: the templates with R
        self.slots = Slots(base.privileged)
        self.rehearses = True

    def serve(self) -> None:
        """Works until the parent is gone."""
        # Without a namespace a daemon's orphans come to us, and end here.
        patience = 250 if self.base.tier != "1" else None if self.idle_seconds == float("inf") else 1000
        while self.children or time.monotonic() - self.last < self.idle_seconds:
            short = len(self.spares) < self.wanted
            events = self.poll.poll(0 if short else patience)
            for fd, _ in events:
                if fd != self.control.fileno():
                    self._reap(fd)
                elif not self._accept():
                    return
            if short and not events:
                self._stock()
            if self.base.tier != "1":
                self._end_orphans()

    def _accept(self) -> bool:
        request = receive_request(self.control)
        if request is None:
            return False
        number, fds = request
        self.last = time.monotonic()
        if number == BRANCH:
            self._branch(*fds)
            return True
        status = socket.socket(fileno=fds[2])
        slot = -1
        try:
            slot = self.slots.take()
            pidfd, spare = self._hand_over(slot, fds)
        except OSError as error:
            self.slots.leave(slot)
            tell(status, {"refused": f"no process could be started: {error}"})
            status.close()
        else:
            tell(status, {"forked": time.monotonic(), "cgroup": spare.cgroup}, pidfd)
            self.children[pidfd] = Child(spare.pid, slot, spare.cgroup, status)
        for fd in (*fds[:2], *fds[3:]):
            os.close(fd)
        return True

    def _branch(self, control: int, letter: int) -> None:
        """Forks a template with R. Whether there is one, it says itself."""
        with suppress(OSError):
            if (pid := os.fork()) == 0:
                from workers.sandbox.r_template import be_a_branch

                be_a_branch(control, letter, self.base, Template)
            pidfd = os.pidfd_open(pid)
            self.branches[pidfd] = pid
            self.poll.register(pidfd, select.POLLIN)
        os.close(control)
        os.close(letter)

    def _hand_over(self, slot: int, fds: list[int]) -> tuple[int, Spare]:
        """Gives the job to a spare, or to a fresh child, and says to which: its pidfd, and what it was."""
        while True:
            fresh = not self.spares
            pidfd = self._spawn(rehearse_in="") if fresh else next(iter(self.spares))
            spare = self.spares.pop(pidfd)
            try:
                with spare.door:
                    send_request(spare.door, slot, fds)
            except OSError:
                if fresh:
                    raise
                self.spares[pidfd] = spare  # it was killed while it waited; it is reaped as a spare
                self._reap(pidfd)
                continue
            return pidfd, spare

    def _stock(self) -> None:
        """Forks a spare; where there can be none, jobs get a fresh child each from now on. While every
        processor has a child at work, a rehearsal would only hold one of them up."""
        idle = len(self.children) < (os.cpu_count() or 1)
        try:
            self._spawn(rehearse_in=self.base.empty if idle and self.rehearses else "")
        except OSError:
            self.wanted = 0

    def _spawn(self, rehearse_in: str) -> int:
        """Forks a child that waits for its job, and rehearses if told where; the pidfd it is known by."""
        ours, theirs = socket.socketpair()
        cgroup = self.pool.take()
        try:
            pid = self._fork()
        except OSError:
            self.pool.give_back(cgroup)
            ours.close()
            theirs.close()
            raise
        if pid == 0:
            from workers.sandbox.child import wait

            wait(self.base, theirs, self.pool.enter(cgroup), rehearse_in)
        theirs.close()
        pidfd = os.pidfd_open(pid)
        self.spares[pidfd] = Spare(pid, ours, cgroup)
        self.poll.register(pidfd, select.POLLIN)
        return pidfd

    def _fork(self) -> int:
        """In tier 1 the child is process 1 of a new namespace: what it starts ends with it."""
        if self.base.tier != "1":
            return os.fork()
        kernel.unshare(kernel.NEWPID)
        pid = os.fork()
        if pid:
            kernel.setns(self.base.pid_namespace, kernel.NEWPID)
        return pid

    def _reap(self, pidfd: int) -> None:
        self.poll.unregister(pidfd)
        os.close(pidfd)
        if pidfd in self.branches:
            os.waitpid(self.branches.pop(pidfd), 0)
            return
        if pidfd in self.spares:
            spare = self.spares.pop(pidfd)
            spare.door.close()
            os.waitpid(spare.pid, 0)
            self.pool.give_back(spare.cgroup)
            self.wanted = 0  # something here kills what waits: fork when asked from now on
            return
        child = self.children.pop(pidfd)
        _, code, usage = os.wait4(child.pid, 0)
        if self.base.tier != "1":
            self._end_orphans()
        self.slots.leave(child.slot)
        tell(
            child.status,
            {
                "ended": os.waitstatus_to_exitcode(code),
                "cpu": usage.ru_utime + usage.ru_stime,
                "rss": usage.ru_maxrss << 10,
            },
        )
        child.status.close()
        self.pool.give_back(child.cgroup)

    def end_all(self) -> None:
        """In tier 1 the kernel does this as we go."""
        if self.base.tier != "1":
            for pid in self._pids():
                os.kill(pid, signal.SIGKILL)
            self.children.clear()
            self.spares.clear()
            self.branches.clear()
            self._end_orphans()

    def _pids(self) -> set[int]:
        waiting = {spare.pid for spare in self.spares.values()}
        return {child.pid for child in self.children.values()} | waiting | set(self.branches.values())

    def _end_orphans(self) -> None:
        known = self._pids()
        for _ in range(100):
            try:
                with open(f"/proc/self/task/{os.getpid()}/children") as file:
                    orphans = {int(pid) for pid in file.read().split()} - known
            except OSError:
                return
            if not orphans:
                return
            for pid in orphans:
                os.kill(pid, signal.SIGKILL)
            for pid in orphans:
                os.waitpid(pid, 0)


if __name__ == "__main__":
    main(sys.argv[1:])
