"""Stops a child with all that it has started, by the kernel: whatever they say, they do not go on."""

from __future__ import annotations

import os
import signal
import threading
import time
from contextlib import suppress

from workers.sandbox import usage

PATIENCE = 1.0
"""Seconds that all processes of a child may take to stop."""
LOOKS = 3
"""Looks in a row that must find all of them stopped. One alone may miss a process that woke another one."""
STANDS = b"TtZX"


class Standstill:
    """Of one child. One that is told to stand and cannot be seen to,
    goes on. Safe between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pidfd = -1
        self.stands = False

    def begin(self, pidfd: int) -> None:
        """The child is the one of this descriptor, until `end`."""
        with self._lock:
            self._pidfd = pidfd

    def end(self) -> None:
        with self._lock:
            self._pidfd, self.stands = -1, False

    def stop(self) -> bool:
        """Whether the whole tree of processes is seen to stand. If not, all of it goes on."""
        with self._lock:
            if self._pidfd < 0:
                return False
            self.stands = _stop(self._pidfd)
            if not self.stands:
                _signal_all(self._pidfd, signal.SIGCONT)
            return self.stands

    def go_on(self) -> None:
        with self._lock:
            if self.stands:
                self.stands = False
                _signal_all(self._pidfd, signal.SIGCONT)

    def cpu_seconds(self) -> float:
        """Processor time of all that runs of it, and of what it has waited for."""
        with self._lock:
            pid = usage.pid_of(self._pidfd) if self._pidfd >= 0 else -1
            return usage.of_tree(pid, 0).cpu if pid > 0 else 0.0


def _stop(root: int) -> bool:
    end, still = time.monotonic() + PATIENCE, 0
    while still < LOOKS and time.monotonic() < end:
        moving = [pid for pid in _tree(root) if not _stands(pid)]
        for pid in moving:
            _signal(root, pid, signal.SIGSTOP)
        still = 0 if moving else still + 1
        if moving:
            time.sleep(0.002)
    return still == LOOKS


def _tree(root: int) -> list[int]:
    """The root comes last: what it starts meanwhile is found at the next look."""
    pid = usage.pid_of(root)
    return list(usage.tree(pid))[::-1] if pid > 0 else []


def _stands(pid: int) -> bool:
    """Whether each of its threads does. One that is gone stands."""
    try:
        tasks = os.listdir(f"/proc/{pid}/task")
    except OSError:
        return True
    for task in tasks:
        with suppress(OSError):
            if usage.state(int(task)) not in STANDS:
                return False
    return True


def _signal_all(root: int, number: signal.Signals) -> None:
    for pid in _tree(root):
        _signal(root, pid, number)


def _signal(root: int, pid: int, number: signal.Signals) -> None:
    """By descriptor, and only while it is one of the child's: its number may be somebody else's by now."""
    with suppress(OSError):
        fd = os.pidfd_open(pid)
        try:
            if pid in _tree(root):
                signal.pidfd_send_signal(fd, number)
        finally:
            os.close(fd)
