"""Saying what happens, and running commands. Standard library only: it runs before anything is installed."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
STOPPED = threading.Event()


def say(text: str) -> None:
    print(text, flush=True)


def stop(*_: object) -> NoReturn:
    """Ctrl-C: nothing more is begun, and what fails now fails because of it."""
    STOPPED.set()
    raise KeyboardInterrupt


def go_on() -> None:
    """Ends this thread's work where Ctrl-C was pressed meanwhile."""
    if STOPPED.is_set():
        sys.exit(1)


def give_up(text: str) -> NoReturn:
    """Ends everything with one sentence that says what to do."""
    go_on()
    print(text, file=sys.stderr, flush=True)
    sys.exit(1)


@contextmanager
def step(text: str) -> Iterator[None]:
    """Says what takes a while, and how long it took."""
    say(f"{text} …")
    started = time.monotonic()
    yield
    say(f"{text}: done in {time.monotonic() - started:.0f} s.")


def run(command: Sequence[str | Path], *, cwd: Path = ROOT, quiet: bool = False, **environment: str) -> int:
    """Runs a command; what it prints is shown only where it fails, if `quiet`."""
    go_on()
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE if quiet else None,
        stderr=subprocess.STDOUT if quiet else None,
        text=True,
        check=False,
    )
    if quiet and done.returncode and not STOPPED.is_set():
        sys.stderr.write(done.stdout)
    return done.returncode
