"""The warm interpreter: imports what nodes need, computes nothing, and forks one child per job.

Started as `python -I template.py SOCKET TIER ROOT [bare]` with a clean environment. It is
single-threaded and never runs user code; a child never comes back.
"""

from __future__ import annotations

import gc
import os
import select
import signal
import socket
import sys
import time
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import NoReturn, cast

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from workers.sandbox import ground, kernel, memory
from workers.sandbox.wire import receive_request, tell

WARM = (
    "matplotlib.font_manager",
    "matplotlib.pyplot",
    "pandas.plotting",
    "pyarrow.compute",
    "pyarrow.csv",
    "pyarrow.ipc",
    "scipy.stats",
    "sklearn.ensemble",
    "sklearn.linear_model",
    "sklearn.model_selection",
    "sklearn.pipeline",
    "sklearn.preprocessing",
    "duckdb",
    "sqlite3",
    "zipfile",
    "multiprocessing",
)


def main(arguments: list[str]) -> NoReturn:
    control = socket.socket(fileno=int(arguments[0]))
    base = ground.enter(cast(ground.Tier, arguments[1]), arguments[2], control.fileno())
    memory.gather()
    if "bare" not in arguments[3:]:
        warm()
    gc.collect()
    gc.freeze()
    memory.collapse()
    tell(control, {"ready": True})
    template = Template(control, base)
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
    from workers.sandbox import child, numeric

    catalog()
    child.warm()
    numeric.find_libraries()


class Template:
    """Takes requests, forks, reaps, and tells each job's own socket how its child ended."""

    def __init__(self, control: socket.socket, base: ground.Ground) -> None:
        self.control, self.base = control, base
        self.poll = select.poll()
        self.poll.register(control, select.POLLIN)
        self.children: dict[int, tuple[int, int, socket.socket]] = {}  # pidfd: pid, slot, status

    def serve(self) -> None:
        """Works until the parent is gone."""
        while True:
            # Without a namespace a daemon's orphans come to us, and end here.
            for fd, _ in self.poll.poll(None if self.base.tier == "1" else 250):
                if fd != self.control.fileno():
                    self._reap(fd)
                elif not self._accept():
                    return
            if self.base.tier != "1":
                self._end_orphans()

    def _accept(self) -> bool:
        request = receive_request(self.control)
        if request is None:
            return False
        header, payload, fds = request
        status = socket.socket(fileno=fds[2])
        slot = min(set(range(len(self.children) + 1)) - {slot for _, slot, _ in self.children.values()})
        try:
            pid = self._fork()
        except OSError as error:
            tell(status, {"refused": f"no process could be started: {error}"})
        else:
            if pid == 0:
                self.control.close()
                from workers.sandbox.child import live

                live(self.base, slot, header, payload, fds[0], fds[1], status)
            pidfd = os.pidfd_open(pid)
            tell(status, {"forked": time.monotonic()}, pidfd)
            self.children[pidfd] = pid, slot, status
            self.poll.register(pidfd, select.POLLIN)
        for fd in fds[:2]:
            os.close(fd)
        return True

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
        pid, _, status = self.children.pop(pidfd)
        self.poll.unregister(pidfd)
        os.close(pidfd)
        _, code, usage = os.wait4(pid, 0)
        if self.base.tier != "1":
            self._end_orphans()
        tell(
            status,
            {
                "ended": os.waitstatus_to_exitcode(code),
                "cpu": usage.ru_utime + usage.ru_stime,
                "rss": usage.ru_maxrss << 10,
            },
        )
        status.close()

    def end_all(self) -> None:
        """In tier 1 the kernel does this as we go."""
        if self.base.tier != "1":
            for pid, _, _ in self.children.values():
                os.kill(pid, signal.SIGKILL)
            self.children.clear()
            self._end_orphans()

    def _end_orphans(self) -> None:
        known = {pid for pid, _, _ in self.children.values()}
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
