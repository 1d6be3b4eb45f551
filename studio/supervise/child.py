"""One process that is watched: its start, its output, its end."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

TIED = Path(__file__).with_name("tied.py")
WINDOW, TOO_OFTEN = 30.0, 5
"""A child that dies so many times in so many seconds is not started again."""
PAUSES = (0.1, 0.5, 1.0, 2.0)
CHUNK = 1 << 16


@dataclass
class Child:
    """A command that runs until it is stopped. Lines with any of `unsaid` in them are not shown."""

    name: str
    command: Sequence[str]
    fds: tuple[int, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    unsaid: tuple[str, ...] = ()
    process: subprocess.Popen[bytes] | None = None
    output: int | None = None
    deaths: deque[float] = field(default_factory=deque)
    due: float | None = None
    last_line: str = ""
    _rest: bytes = b""

    def start(self) -> int:
        """Starts it; the descriptor of its output. The kernel kills it when this process is gone."""
        environment = {**os.environ, "PYTHONUNBUFFERED": "1", **self.environment}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        self.process = subprocess.Popen(
            [sys.executable, "-I", str(TIED), "KILL", str(os.getpid()), *self.command],
            env=environment,
            pass_fds=self.fds,
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        self.due, self._rest = None, b""
        assert self.process.stdout
        self.output = self.process.stdout.fileno()
        os.set_blocking(self.output, False)
        return self.output

    def lines(self) -> list[str]:
        """What it has printed since, in whole lines; the rest too once it has ended."""
        assert self.output is not None
        data, ended = self._rest, not self.alive
        with contextlib.suppress(BlockingIOError):
            while chunk := os.read(self.output, CHUNK):
                data += chunk
                if len(data) > 16 * CHUNK:
                    break
        *whole, self._rest = data.split(b"\n")
        if ended or len(self._rest) > CHUNK:
            whole, self._rest = [*whole, self._rest], b""
        found = [line.decode(errors="replace").rstrip("\r") for line in whole if line.strip()]
        found = [line for line in found if not any(part in line for part in self.unsaid)]
        self.last_line = found[-1] if found else self.last_line
        return found

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def how_it_ended(self) -> str:
        """In words: exit code 1, killed by SIGKILL."""
        code = self.process.returncode if self.process else 0
        return f"killed by {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"

    def died(self) -> bool:
        """Notes a death, and when to start again. False where it has died too often for that."""
        now = time.monotonic()
        self.sweep()
        self.deaths.append(now)
        while self.deaths[0] < now - WINDOW:
            self.deaths.popleft()
        self.due = now + PAUSES[min(len(self.deaths), len(PAUSES)) - 1]
        return len(self.deaths) < TOO_OFTEN

    def tell(self, number: signal.Signals) -> None:
        """A signal for the process itself."""
        if self.process:
            with contextlib.suppress(ProcessLookupError):
                self.process.send_signal(number)

    def sweep(self) -> None:
        """Kills what is left of it and of its process group."""
        if self.process:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            if self.process.stdout:
                self.process.stdout.close()
