"""Whether it is alive and ready, as a load balancer asks; and a Redis that is frozen holds nobody up."""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

from tests.builders import Exp
from tests.processes import child
from tests.server import ROOT, Server

READY = {"ok": True, "database": True, "redis": True, "store": True, "worker": True}


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("health")) as running:
        yield running


@contextmanager
def frozen(process: psutil.Process) -> Iterator[None]:
    process.suspend()
    try:
        yield
    finally:
        process.resume()


def stranger(studio: Server, path: str) -> httpx.Response:
    """Asks without a token."""
    return httpx.get(f"{studio.url}/{path}", timeout=20)


def becomes(studio: Server, **wanted: bool) -> dict[str, Any]:
    """What /ready says, once it says that."""
    deadline = time.monotonic() + 30
    while True:
        answer = stranger(studio, "ready")
        assert (answer.status_code == 200) is answer.json()["ok"]
        if wanted.items() <= answer.json().items():
            return answer.json()
        assert time.monotonic() < deadline, answer.json()
        time.sleep(0.1)


def health(studio: Server, which: str) -> int:
    command = [sys.executable, "manage.py", "health", which]
    return subprocess.run(command, cwd=ROOT, env=studio.environment, check=False).returncode


def test_it_says_to_anybody_that_it_is_alive_and_ready(studio):
    assert stranger(studio, "live").json() == {"ok": True}
    for path in ("ready", "health", "api/v1/live", "api/v1/ready", "api/v1/health"):
        answer = stranger(studio, path)
        assert answer.status_code == 200
        assert answer.json() == (READY if "live" not in path else {"ok": True})
        assert answer.headers["cache-control"] == "no-store"


def test_many_who_ask_cost_no_more_than_one(studio):
    """A stranger cannot make Studio look at its database and bucket by asking often."""
    web = child(studio, "manage.py serve")
    with httpx.Client(base_url=studio.url) as balancer, ThreadPoolExecutor(4) as others:
        before = web.num_threads()
        answers = list(others.map(lambda _: balancer.get("/ready").status_code, range(100)))
        assert set(answers) == {200}
        assert web.num_threads() - before < 20


def test_a_frozen_redis_holds_nobody_up(studio):
    exp = studio.create(Exp().table("in", "a\n1"))["id"]
    with frozen(child(studio, "redis-server")):
        started = time.monotonic()
        assert studio.get("status")["workers"] == 0
        assert time.monotonic() - started < 5  # it was 28 s and more
        started = time.monotonic()
        for _ in range(3):
            assert studio.get("status")["workers"] == 0
            assert stranger(studio, "live").status_code == 200
        run = studio.start(exp)["id"]
        assert time.monotonic() - started < 8
        said = becomes(studio, redis=False, worker=False)
        assert said == {**READY, "ok": False, "redis": False, "worker": False}
    assert studio.wait(run).state == "finished"
    becomes(studio, ok=True)
    assert studio.get("status")["workers"] == 1


def test_a_frozen_redis_is_told_to_whoever_asks_for_rows(studio):
    run = studio.run(Exp().table("in", "a\n7"))
    rows = f"artifacts/{run.output('in.dataset')['artifact']}/rows"
    with frozen(child(studio, "redis-server")):
        started = time.monotonic()
        answer = studio.http.get(rows, params={"filter": '[{"column":"a","op":"==","value":7}]'})
        assert answer.status_code == 503
        assert "Redis is away" in answer.json()["detail"]
        assert time.monotonic() - started < 8
    becomes(studio, ok=True)
    assert studio.get(rows)["rows"] == [[7]]


def test_without_its_store_it_is_not_ready(studio):
    drafts = Path(studio.home) / "store" / "drafts"
    drafts.rename(drafts.with_name("away"))
    try:
        assert becomes(studio, store=False)["database"]
    finally:
        shutil.rmtree(drafts, ignore_errors=True)
        drafts.with_name("away").rename(drafts)
    becomes(studio, ok=True)


def test_the_checks_of_containers_say_so_and_cost_next_to_nothing(studio):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert [health(studio, "web"), health(studio, "worker")] == [0, 0]
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    assert spent < 0.3, spent  # each was 0.6 s; now about 0.04
    assert health(studio, "nobody") == 2
    with frozen(child(studio, "manage.py serve")):
        started = time.monotonic()
        assert health(studio, "web") == 1
        assert time.monotonic() - started < 8


def test_the_web_process_does_not_count_its_database_as_memory(studio):
    """Each connection mapped the file: 8 of them and 117 MB made 470 MB."""
    assert studio.get("experiments")["items"] is not None
    mapped = Path(f"/proc/{child(studio, 'manage.py serve').pid}/maps").read_text()
    assert "studio.sqlite3-shm" in mapped  # it is open
    assert not [line for line in mapped.splitlines() if line.endswith("studio.sqlite3")]
