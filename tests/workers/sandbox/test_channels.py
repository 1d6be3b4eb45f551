"""What leads from a child to whoever watches it: its status, its board, its two pipes."""

from __future__ import annotations

import json
import os
import socket
import threading
import time
from pathlib import Path

import pytest

from tests.workers.sandbox.conftest import Bench
from workers.sandbox.board import PAUSE, Board
from workers.sandbox.job import Job
from workers.sandbox.logs import Log
from workers.sandbox.watch import Watch


@pytest.fixture(autouse=True)
def _the_next_node_runs(bench):
    yield
    assert bench.prints("print('well')") == "well"


@pytest.fixture
def told(bench: Bench, tmp_path: Path):
    """Runs the body of a script, and gives what it said of its progress, with its outcome."""

    def run(body: str, **limits: int):
        ran = []
        outcome = bench.script(body, on_progress=ran.append, **limits).outcome
        return ran, outcome

    return run


def test_progress_is_heard_while_the_node_runs(told):
    heard, outcome = told(
        "import studio, time\nstudio.progress(0.4)\ntime.sleep(.5)\nstudio.progress(2)\ntime.sleep(.5)"
    )
    assert outcome.failure is None
    assert heard == [0.4, 1.0]


def test_the_name_studio_is_there_without_an_import(told):
    heard, _ = told("import time\nfor n in range(4):\n    studio.progress(n / 4)\n    time.sleep(.3)")
    assert heard[0] in (0.0, 0.25)
    assert heard == sorted(heard)


def test_progress_from_processes_that_were_forked_off(told):
    heard, _ = told(
        "import os, time\nif not os.fork():\n    studio.progress(0.5)\n    os._exit(0)\ntime.sleep(.6)"
    )
    assert heard == [0.5]


def test_progress_a_million_times_is_told_four_times_a_second(told):
    began = time.monotonic()
    heard, outcome = told("for n in range(1_000_000): studio.progress(n / 1_000_000)")
    assert outcome.failure is None
    assert len(heard) <= (time.monotonic() - began) / PAUSE + 1


def test_a_number_that_is_none_is_the_script_s_fault(bench):
    assert "not nan" in bench.script("studio.progress(float('nan'))").message
    assert "could not convert" in bench.script("studio.progress('half')").message


def test_garbage_on_the_board_is_no_progress():
    board = Board()
    for garbage in (b"\xff" * 8, b"\x7f" * 8, bytes.fromhex("000000000000f07f"), b"\x00" * 7 + b"\xc0"):
        os.pwrite(board.fd, garbage, 0)
        assert board.look(time.monotonic() + 1000 * os.urandom(1)[0] + 1000) is None
    for attempt in (lambda: os.ftruncate(board.fd, 0), lambda: os.ftruncate(board.fd, 1 << 30)):
        with pytest.raises(PermissionError):
            attempt()
    with pytest.raises(PermissionError):
        os.pwrite(board.fd, b"x" * (1 << 20), 8)
    board.close()


def test_nothing_but_the_two_pipes_leads_out_of_a_child(bench):
    printed = bench.prints("""
        import os, stat
        for name in os.listdir('/proc/self/fd'):
            try: found = os.fstat(int(name))
            except OSError: continue
            kinds = [word for word in ('SOCK', 'FIFO', 'REG') if getattr(stat, f'S_IS{word}')(found.st_mode)]
            target = os.readlink(f'/proc/self/fd/{name}')
            if 'SOCK' in kinds or 'memfd' in target: print('LEADS OUT', name, target)
        """)
    assert "LEADS OUT" not in printed


def test_word_forged_on_every_descriptor_changes_nothing(bench):
    ran = bench.script("""
        import json, os, socket
        words = {"ended": 0, "cpu": 0.0, "rss": 0}, {"forked": 1.0}, {"refused": "no"}, {"data": [None]}
        for fd in [0, *range(3, 256)]:
            for word in words:
                for send in (lambda: os.write(fd, json.dumps(word).encode()),
                             lambda: socket.socket(fileno=os.dup(fd)).send(json.dumps(word).encode())):
                    try: send()
                    except OSError: pass
        print('still here')
        """)
    assert ran.outcome.failure is None
    assert ran.stdout.endswith("still here\n")


FORGED = [
    b"no json",
    b"[]",
    b"{}",
    b"\xff" * 60_000,
    b'{"forked": 1.0, "cgroup": 0}',
    b'{"forked": "x"}',
    b'{"confined": "x", "anonymous": [], "resident": {}}',
    b'{"ended": "x", "cpu": null, "rss": {}}',
    b'{"refused": 3}',
]


def test_a_forged_word_harms_nobody_who_watches(tmp_path):
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    watch = Watch(Job(verb="node"), tmp_path, "", Log(0), threading.Event())
    watch._start = time.monotonic()
    before = len(os.listdir("/proc/self/fd"))
    with ours, theirs:
        for word in FORGED:
            for fds in ([], [0, 1, 2]):
                socket.send_fds(theirs, [word], fds)
                assert watch._hear(ours, None)
        assert (watch.forked, watch.ended, watch.refused, watch._pidfd) == (False, None, None, -1)
        assert len(os.listdir("/proc/self/fd")) == before
        pidfd = os.pidfd_open(os.getpid())
        socket.send_fds(theirs, [b'{"forked": 1.0, "cgroup": 0}'], [pidfd])
        socket.send_fds(theirs, [b'{"forked": 2.0, "cgroup": 0}'], [0])
        for code in (-11, 0):
            theirs.send(json.dumps({"ended": code, "cpu": 0.1, "rss": 0}).encode())
        for _ in range(4):
            watch._hear(ours, None)
    assert (watch._pid, watch.ended) == (os.getpid(), -11)
    os.close(pidfd)
    os.close(watch._pidfd)
