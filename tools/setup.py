"""`python -m tools.setup run|test|check|bench|dist`: sets up whatever is missing. Standard library only."""

from __future__ import annotations

import fcntl
import os
import signal
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from tools import frontend
from tools.environment import environment, venv
from tools.machine import machine
from tools.say import ROOT, say, stop


def main(purpose: str) -> None:
    os.chdir(ROOT)
    with only_one():
        set_up(purpose)


@contextmanager
def only_one() -> Iterator[None]:
    """Holds the folder: two set-ups would take each other's packages away."""
    lock = ROOT / ".make" / "lock"
    lock.parent.mkdir(exist_ok=True)
    with lock.open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another set-up is under way in this folder; waiting for it …")
            fcntl.flock(held, fcntl.LOCK_EX)
        yield


def set_up(purpose: str) -> None:
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    if purpose == "dist":  # no Python package is needed to build the wheel
        venv()
        frontend.build()
        return
    requirements = "requirements.txt" if purpose == "run" else "requirements-dev.txt"
    page = frontend.packages if purpose == "check" else frontend.build
    venv()
    with ThreadPoolExecutor(2) as both:
        parts = [both.submit(environment, requirements), both.submit(page)]
    for part in parts:
        part.result()
    if purpose == "test":
        frontend.packages()
        machine()


if __name__ == "__main__":
    signal.signal(signal.SIGINT, stop)
    try:
        main(sys.argv[1])
    except KeyboardInterrupt:
        sys.exit("Stopped. Start again to go on with the set-up.")
