"""A child that is stopped from outside, and one that does not want to be."""

from __future__ import annotations

import os
import signal
import socket
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from modules.messages import receive
from tests.workers.sandbox.conftest import Bench
from workers.sandbox import usage
from workers.sandbox.job import Job, Limits
from workers.sandbox.logs import Log
from workers.sandbox.standstill import Standstill

LIAR = """\
import os, signal, socket, threading, time
from modules.debugging.protocol import Door

def wake(pids):
    while True:
        for pid in pids:
            try: os.kill(pid, signal.SIGCONT)
            except OSError: pass

def azureml_main():
    for fd in range(3, 64):
        try: door = Door(socket.socket(fileno=fd))
        except OSError: continue
        door.tell("stopped", state="paused")
        break
    me = os.getpid()
    helpers = []
    for _ in range(3):
        pid = os.fork()
        if not pid: wake([me, *helpers])
        helpers.append(pid)
    threading.Thread(target=lambda: [None for _ in iter(int, 1)], daemon=True).start()
    n = 0
    while True:
        n += 1
"""


@pytest.fixture(params=["bench", "second"])
def each(request: pytest.FixtureRequest) -> Bench:
    return request.getfixturevalue(request.param)


def test_a_script_that_says_it_is_stopped_and_wakes_itself_stands(each: Bench) -> None:
    """Helpers that wake each other, threads, a forged "stopped": nothing of it uses a processor any more."""
    still, cancelled = Standstill(), threading.Event()
    args = {"module": "execute-python-script", "params": {"script": LIAR}, "debug": {"text": LIAR}}
    ours, theirs = socket.socketpair()
    drafts = Path(tempfile.mkdtemp(dir=each.home, prefix="drafts-"))
    job = Job(verb="node", args=args, limits=Limits(wall_seconds=60))
    assert not still.stop(), "there is nothing to stop yet"
    child = each.sandbox.begin(
        job, drafts, cancelled, Log(0), lambda _: None, {"debugger": theirs}, still=still
    )
    try:
        ours.settimeout(30)
        while b'"stopped"' not in (receive(ours, 1 << 20) or b'"stopped"'):
            pass
        _until(lambda: still.cpu_seconds() > 0.3)
        assert still.stop()
        before = still.cpu_seconds()
        time.sleep(0.3)
        assert still.cpu_seconds() == before
        assert still.stands
        still.go_on()
        _until(lambda: still.cpu_seconds() > before)
        assert still.stop()
    finally:
        cancelled.set()
        outcome = child.wait()
    assert outcome.cancelled, "a child that stands can be ended"
    assert not still.stop()


def test_only_what_belongs_to_the_child_is_stopped() -> None:
    other = os.fork()
    if not other:
        signal.pause()
    child = os.fork()
    if not child:
        signal.pause()
    try:
        still = Standstill()
        still.begin(os.pidfd_open(child))
        assert still.stop()
        assert usage.state(child) == b"T"
        assert usage.state(other) == b"S"
        still.go_on()
        assert usage.state(child) != b"T"
    finally:
        for pid in (child, other):
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)


def _until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)
