"""Pausing, draining and stopping workers: nothing that runs is thrown away, nothing new is begun."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.builders import Exp, chain
from tests.processes import child, spinning
from tests.server import ROOT, Server

SLOW = "import time\ndef azureml_main(frame):\n    time.sleep({})\n    frame['x'] += 1\n    return frame,\n"


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("operating"), STUDIO_STOP_SECONDS="20") as running:
        yield running


@pytest.fixture(autouse=True)
def working(studio: Server) -> Iterator[None]:
    yield
    studio.post("workers/orders", {"what": "resume"}, 200)


def manage(studio: Server, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT, env=studio.environment, text=True, capture_output=True, timeout=60, check=False,
    )  # fmt: skip


def until(studio: Server, run: str, node: str, state: str) -> None:
    deadline = time.monotonic() + 30
    while (now := studio.get(f"runs/{run}")["nodes"][node]["state"]) != state:
        assert time.monotonic() < deadline, now
        time.sleep(0.03)


def worker_is(studio: Server, state: str) -> None:
    deadline = time.monotonic() + 20
    while [item["state"] for item in studio.get("workers")["items"]] != [state]:
        assert time.monotonic() < deadline, studio.get("workers")
        time.sleep(0.05)


def tried(studio: Server, run: str) -> list[tuple[int, int]]:
    """Attempts and deaths of each node run."""
    with sqlite3.connect(Path(studio.home) / "studio.sqlite3") as database:
        asked = "SELECT attempt, deaths FROM runs_noderun WHERE run_id = ? ORDER BY place"
        return list(database.execute(asked, [run]))


def begin(studio: Server, *scripts: str) -> str:
    return studio.start(studio.create(chain(*scripts))["id"])["id"]


def test_paused_runs_wait_and_what_runs_goes_on(studio):
    run = begin(studio, SLOW.format(3), SLOW.format(0))
    until(studio, run, "s1", "running")
    assert studio.post("workers/orders", {"what": "pause"}, 200)["paused"]
    worker_is(studio, "paused")
    until(studio, run, "s1", "finished")
    other = begin(studio, SLOW.format(0))
    time.sleep(1.5)  # nothing happens
    assert studio.get(f"runs/{run}")["nodes"]["s2"]["state"] == "queued"
    assert studio.get(f"runs/{other}")["nodes"]["data"]["state"] == "queued"
    assert studio.get("workers")["paused"]
    assert manage(studio, "pause").stdout.startswith("Every worker claims no more nodes.")
    assert "paused" in manage(studio, "workers").stdout
    assert httpx.get(f"{studio.url}/ready").status_code == 200  # rows and uploads are still served
    assert studio.upload("while-paused.csv", "a\n1\n").status_code == 201
    assert manage(studio, "resume").stdout == "Every worker goes on.\n"
    assert studio.wait(run).rows("s2.result_dataset") == [[3], [4], [5]]
    assert studio.wait(other).state == "finished"


def test_drained_it_has_finished_what_ran_and_takes_nothing(studio):
    run = begin(studio, SLOW.format(4), SLOW.format(0.01))
    until(studio, run, "s1", "running")
    studio.post("workers/orders", {"what": "drain"}, 200)
    done = manage(studio, "drain")  # once more, and waits
    assert (done.returncode, "is drained: it may be stopped" in done.stdout) == (0, True), done.stderr
    nodes = studio.get(f"runs/{run}")["nodes"]
    assert (nodes["s1"]["state"], nodes["s2"]["state"]) == ("finished", "queued")
    assert httpx.get(f"{studio.url}/ready").json()["worker"] is False
    host = studio.get("workers")["items"][0]["host"]
    assert manage(studio, "resume", host).returncode == 0
    assert studio.wait(run).rows("s2.result_dataset") == [[3], [4], [5]]
    assert tried(studio, run) == [(1, 0)] * 3


def test_a_drain_hands_back_at_its_limit(studio):
    run = spinning(studio)
    assert [node["node"] for node in studio.get("workers")["items"][0]["nodes"]] == ["spin"]
    done = manage(studio, "drain", "--limit", "1")
    assert done.returncode == 0, done.stderr
    assert studio.get(f"runs/{run}")["nodes"]["spin"]["state"] == "queued"
    assert tried(studio, run) == [(1, 0)]  # no death: the next worker takes it up
    studio.post("workers/orders", {"what": "resume"}, 200)
    until(studio, run, "spin", "running")
    studio.post(f"runs/{run}/cancel", status=202)
    studio.wait(run)


def test_a_worker_that_is_told_to_stop_finishes_its_node(studio):
    run = begin(studio, SLOW.format(3.01), SLOW.format(0.02))
    until(studio, run, "s1", "running")
    child(studio, "manage.py worker").terminate()
    studio.wait_for_line("worker died (exit code 0); starting it again", 20)
    assert studio.get(f"runs/{run}")["nodes"]["s1"]["state"] == "finished"
    assert studio.wait(run).rows("s2.result_dataset") == [[3], [4], [5]]
    assert tried(studio, run) == [(1, 0)] * 3


def test_a_name_that_no_worker_has_is_told_with_those_there_are(studio):
    answer = studio.http.post("workers/orders", json={"what": "pause", "worker": "nobody"})
    assert answer.status_code == 404
    assert studio.get("workers")["items"][0]["name"] in answer.json()["detail"]
    asked = manage(studio, "drain", "nobody")
    assert (asked.returncode, "No worker or host 'nobody' is up" in asked.stderr) == (1, True)
    assert studio.http.post("workers/orders", json={"what": "dance"}).status_code == 422


def test_idle_and_stopped_it_ends_at_once(studio):
    until_idle = Exp().table("in", "a\n1")
    assert studio.run(until_idle).state == "finished"
    started = time.monotonic()
    worker = child(studio, "manage.py worker")
    worker.terminate()
    worker.wait(10)
    assert time.monotonic() - started < 6
