"""`manage.py up`: ready when it says so, alone on its home, whole again after a death, gone when stopped."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import psutil
import pytest

from studio import config
from tests.builders import Exp
from tests.processes import child, family, left_of, spinning
from tests.server import ROOT, TOKEN, Server


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One that tests leave running, after a first start."""
    with Server(tmp_path_factory.mktemp("shared"), first=True) as running:
        yield running


@pytest.fixture
def doomed(home: Path) -> Iterator[Server]:
    """One that a test ends; the next has the same home."""
    with Server(home) as running:
        yield running


def another_up(command: str = "up", **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", command],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_ready_line_has_the_address_that_signs_in(studio):
    line = next(line for line in studio.lines if "Studio is ready" in line)
    found = re.fullmatch(r"Studio is ready at (http://127\.0\.0\.1:\d+/\?token=\S+)", line)
    assert found, line
    with httpx.Client(follow_redirects=True) as browser:
        page = browser.get(found[1])
    assert page.status_code == 200
    assert "token" not in str(page.url)
    assert httpx.get(f"{studio.url}/api/v1/health").json()["ok"]


def test_no_secret_stands_on_a_command_line(studio):
    assert not any(TOKEN in " ".join(p.cmdline()) for p in family(studio))


def test_a_second_one_on_the_same_home_is_refused_in_one_sentence(studio):
    done = another_up(STUDIO_HOME=str(studio.home), STUDIO_PORT="0")
    assert done.returncode == 1
    assert done.stderr.startswith(
        f"Studio is running on {studio.home} already (process {studio.process.pid})"
    )
    assert done.stderr.count("\n") == 1


def test_a_port_that_is_taken_is_said_in_one_sentence(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = another_up(STUDIO_HOME=str(tmp_path), STUDIO_PORT=str(port))
    assert done.returncode == 1
    assert done.stderr.startswith(f"Port {port} of 127.0.0.1 is taken")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("STUDIO_HOME", "/dev/null", "Studio cannot keep its state in /dev/null: "),
        ("STUDIO_HOME", "/proc/nowhere", "Studio cannot keep its state in /proc/nowhere: "),
        ("STUDIO_WORKERS", "many", "STUDIO_WORKERS is 'many', but it must be a whole number."),
        ("STUDIO_RESERVE_BYTES", "-1", "STUDIO_RESERVE_BYTES is '-1', but it must be a whole number."),
        ("STUDIO_STORE_MAX", "half", "STUDIO_STORE_MAX: 'half' is not a size;"),
        ("STUDIO_PORT", "http", "STUDIO_PORT must be a number from 1 to 65535."),
    ],
)
def test_a_setting_that_cannot_be_is_said_in_one_sentence(tmp_path, setting, value, said):
    done = another_up(**{"STUDIO_HOME": str(tmp_path), "STUDIO_PORT": "0", setting: value})
    assert done.returncode == 1
    assert done.stderr.startswith(said)
    assert done.stderr.count("\n") == 1


def test_a_setting_that_cannot_be_is_said_by_every_command():
    done = another_up(command="doctor", STUDIO_HOME="/dev/null")
    assert done.returncode == os.EX_CONFIG
    assert done.stderr.startswith("Studio cannot keep its state in /dev/null: ")
    assert done.stderr.count("\n") == 1


def test_a_database_that_cannot_be_reached_is_said_in_one_sentence(tmp_path):
    done = another_up(
        STUDIO_HOME=str(tmp_path), STUDIO_PORT="0", DATABASE_URL="postgres://nobody@127.0.0.1:1/none"
    )
    assert done.returncode == 1
    assert done.stderr.strip().splitlines()[-1].startswith("The database cannot be used:")


def test_names_that_are_allowed_come_beside_this_machines_own(monkeypatch):
    """Else neither `up` nor a health check would ever have an answer."""
    monkeypatch.setenv("STUDIO_ALLOWED_HOSTS", "studio.example, 10.0.0.7")
    assert config.allowed_hosts() == ["studio.example", "10.0.0.7", "127.0.0.1", "localhost", "[::1]"]


@pytest.mark.parametrize(
    ("name", "part"), [("web", "manage.py serve"), ("worker", "manage.py worker"), ("redis", "redis-server")]
)
def test_a_child_that_dies_is_started_again(studio, name, part):
    dead = child(studio, part)
    dead.kill()
    studio.wait_for_line(f"{name} died (killed by SIGKILL); starting it again.", 5)
    exp = Exp().table("in", "a\n1")
    deadline = time.monotonic() + 30
    while True:
        try:
            assert studio.run(exp).state == "finished"
            break
        except (httpx.HTTPError, AssertionError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
    assert child(studio, part).pid != dead.pid


def test_a_child_that_keeps_dying_stops_everything_with_the_reason(doomed):
    processes = family(doomed)
    deadline = time.monotonic() + 30
    while doomed.process.poll() is None and time.monotonic() < deadline:
        try:
            child(doomed, "redis-server").kill()
        except (StopIteration, psutil.Error):
            time.sleep(0.02)
    assert doomed.process.wait(10) == 1
    doomed.wait_for_line(
        "The redis process has died 5 times in 30 seconds (killed by SIGKILL), so Studio stops.", 2
    )
    assert left_of(processes) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_with_everything_it_started(doomed, number):
    spinning(doomed)
    processes = family(doomed)
    started = time.monotonic()
    doomed.process.send_signal(number)
    assert doomed.process.wait(10) == 0
    assert time.monotonic() - started < 6
    assert left_of(processes, 1) == []


def test_killed_it_leaves_nothing_behind_and_the_next_one_goes_on(home):
    with Server(home) as studio:
        spinning(studio)
        processes = family(studio)
        studio.process.kill()
        assert left_of(processes, 2) == []
    with Server(home) as studio:
        assert studio.run(Exp().table("in", "a\n1")).state == "finished"
    assert not (home / "studio.sqlite3-wal").exists()  # stopped in order, its database is one whole file


def test_idle_it_uses_less_than_a_hundredth_of_a_core(studio):
    """In the quietest of a few windows: the first ones have what was put off at the start."""
    quietest = 1.0
    for _ in range(4):
        before, began = on_processor(studio), time.monotonic()
        time.sleep(3)  # idle is to do nothing for a while
        quietest = min(quietest, (on_processor(studio) - before) / (time.monotonic() - began))
        if quietest < 0.01:
            return
    raise AssertionError(f"{quietest:.3f} of a core")


def on_processor(studio: Server) -> float:
    """Seconds that the threads of its processes have run, to the nanosecond (`cpu_times` counts in ticks)."""
    threads = [path for p in family(studio) for path in Path(f"/proc/{p.pid}/task").glob("*/schedstat")]
    return sum(int(path.read_text().split()[0]) for path in threads) / 1e9
