"""The last statements of a debugged script, each a process that was forked there and waits.

    stem ── waits for the head, and ends as it ends
      ├── head: runs the script, and forks
      └── checkpoints: stopped at a statement until the head tells one of them to be the head

Memory is taken back with the process; files, processes and what C libraries do in threads are not.
"""

from __future__ import annotations

import ctypes
import json
import os
import random
import select
import signal
import sys
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, NoReturn

from modules.debugging.memory_of_forks import Memory

MOST = 16
SHARE = 0.3
"""Of the processor time of a script, the most that goes into forks, after the first AT_ONCE seconds of them.
So a loop of a million rounds takes a third longer, and not hours; of its statements some are held."""
AT_ONCE = 2.0
PR_SET_CHILD_SUBREAPER = 36
"""What a head that ended has started belongs to the stem."""
SIGNALED = 128
"""The stem ends with this and a signal's number, if the head was ended by one."""


@dataclass(frozen=True)
class Spot:
    """A statement. `text`: its first line. `threads`: more than one ran there; the others are gone after
    going back."""

    number: int
    file: str
    line: int
    function: str
    text: str
    threads: bool = False
    code: Any = None

    def as_json(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "file": self.file,
            "line": self.line,
            "function": self.function,
            "text": self.text,
            "threads": self.threads,
        }


@dataclass(frozen=True)
class Checkpoint:
    spot: Spot
    pid: int
    door: int
    own: int


class Checkpoints:
    """`memory`, `processes`: bytes, and how many, the node may use in all. A quarter of the processes is
    ours at most, so that a script has room for its own."""

    def __init__(self, memory: int, processes: int) -> None:
        self._most = min(MOST, processes // 4)
        self.kept: deque[Checkpoint] = deque()
        self.passed = 0
        """Statements that went by without one, since the last."""
        self.forking = False
        self._memory = Memory(memory)
        self._number = 0
        self._allowed, self._last, self._cost = AT_ONCE, 0.0, 0.01
        self._tell = -1

    def begin(self) -> None:
        """From here on this process is the head; the one that called it stays behind as the stem."""
        hear, self._tell = os.pipe2(os.O_CLOEXEC)
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        head = self._fork()
        if head:
            _be_stem(hear, head)
        os.close(hear)
        self._memory.begin()
        self._last = time.process_time()

    def mark(self, spot: Callable[[int], Spot], forced: bool) -> dict[str, Any] | None:
        """Keeps the statement that comes next, if there is room; None in the head, what it was told in a
        checkpoint that is the head from now on. `forced`: somebody stops here."""
        now = time.process_time()
        self._allowed = AT_ONCE if forced else min(AT_ONCE, self._allowed + SHARE * (now - self._last))
        self._last = now
        if not forced and self._allowed < self._cost:
            self.passed += 1
            return None
        if not self._make_room():
            return None
        self._number += 1
        told = self._keep(spot(self._number))
        self._cost = time.process_time() - now
        self._allowed -= self._cost
        self._last += self._cost
        self.passed = 0
        return told

    def find(self, number: int) -> Checkpoint | None:
        return next((one for one in self.kept if one.spot.number == number), None)

    def go_back(self, to: Checkpoint, told: dict[str, Any]) -> NoReturn:
        """That one is the head from now on, and this process ends."""
        while self.kept and self.kept[-1] is not to:
            self._drop(self.kept.pop())
        _flush()
        _write(self._tell, b"%d\n" % to.pid)
        _write(to.door, json.dumps(told).encode() + b"\n")
        os._exit(0)

    def end(self) -> None:
        while self.kept:
            self._drop(self.kept.pop())

    def _keep(self, spot: Spot) -> dict[str, Any] | None:
        _flush()
        try:
            wake, door = os.pipe2(os.O_CLOEXEC)
        except OSError:  # the script has as many files open as it may
            if self.kept:
                self._drop(self.kept.popleft())
            return None
        drawn = random.getstate()  # Python sows anew after a fork
        own = self._memory.own()
        while True:
            try:
                pid = self._fork()
            except OSError:
                os.close(wake)
                os.close(door)
                if self.kept:
                    self._drop(self.kept.popleft())
                return None
            if pid:
                break
            os.close(door)
            told = _wait(wake)
            os.close(wake)
            random.setstate(drawn)
            self._last, self._allowed = time.process_time(), AT_ONCE
            # So that one can come back here once more.
            self._number = spot.number - 1
            again = self.mark(lambda _: spot, forced=True)
            return told if again is None else again
        os.close(wake)
        self.kept.append(Checkpoint(spot, pid, door, own))
        return None

    def _make_room(self) -> bool:
        if not self._most:
            return False
        while len(self.kept) >= self._most:
            self._drop(self.kept.popleft())
        while self._memory.is_short([(one.pid, one.own) for one in self.kept]):
            if not self.kept:
                return False
            self._drop(self.kept.popleft())
        return True

    def _fork(self) -> int:
        self.forking = True
        try:
            return os.fork()
        finally:
            self.forking = False

    def _drop(self, one: Checkpoint) -> None:
        with suppress(OSError):  # the script has closed what is not its own
            os.close(one.door)
        with suppress(ProcessLookupError):
            os.kill(one.pid, signal.SIGKILL)
        with suppress(ChildProcessError):  # the stem has those of an earlier head
            os.waitpid(one.pid, 0)


def _wait(wake: int) -> dict[str, Any]:
    """Until it is told to be the head. It ends with the head if that ends without a word."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGIO, signal.SIGALRM})
    said = b""
    while not said.endswith(b"\n"):
        piece = os.read(wake, 1 << 16)
        if not piece:
            os._exit(0)
        said += piece
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGIO, signal.SIGALRM})
    told: dict[str, Any] = json.loads(said)
    return told


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        with suppress(Exception):
            stream.flush()


def _write(fd: int, data: bytes) -> None:
    while data:
        data = data[os.write(fd, data) :]


def _be_stem(hear: int, head: int) -> NoReturn:
    for number in (signal.SIGIO, signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    while True:
        try:
            pid, status = os.wait()
        except ChildProcessError:
            os._exit(1)
        while select.select([hear], [], [], 0)[0] and (said := os.read(hear, 4096)):
            head = int(said.split()[-1])
        if pid == head:
            code = os.waitstatus_to_exitcode(status)
            os._exit(code if code >= 0 else SIGNALED - code)
