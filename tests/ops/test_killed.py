"""Processes killed in the middle of runs: nothing is lost, nothing is done twice."""

from __future__ import annotations

import asyncio
import subprocess
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import redis

from tests.builders import Exp, chain
from tests.processes import child, spinning
from tests.server import Server
from tests.tab import tab

SLOW = "import time\ndef azureml_main(frame):\n    time.sleep(.3)\n    frame['x'] += 1\n    return frame,\n"


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("killed")) as running:
        yield running


def until(studio: Server, run: str, node: str, *states: str) -> dict[str, Any]:
    """That node of a run, once it is in one of these states."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        entry: dict[str, Any] = studio.get(f"runs/{run}")["nodes"][node]
        if entry["state"] in states:
            return entry
        time.sleep(0.02)
    raise AssertionError(f"{node} is still {entry['state']}\n" + "\n".join(studio.lines[-40:]))


def test_a_run_goes_on_when_its_worker_is_killed(studio):
    run = studio.start(studio.create(chain(SLOW, SLOW, SLOW))["id"])["id"]
    until(studio, run, "s2", "running")
    child(studio, "manage.py worker").kill()
    studio.wait_for_line(f"node s2 of run {run} lost its worker; offering it again", 15)
    done = studio.wait(run)
    assert done.state == "finished"
    assert done.rows("s3.result_dataset") == [[4], [5], [6]]


async def test_a_paused_node_stops_again_when_its_worker_is_killed(studio):
    id = studio.create(chain(SLOW.replace(".3", ".33")))["id"]
    async with tab(studio, id) as one:
        wish = {"node": "s1", "breakpoints": [{"line": 4}]}
        run = (await asyncio.to_thread(studio.start, id, debug=wish))["id"]
        await one.node(node="s1", paused=...)
        child(studio, "manage.py worker").kill()
        await one.node(node="s1", state="queued", paused=None, dialogue=None)
        one.dialogue = (await one.node(node="s1", paused=...))["dialogue"]
        assert (await one.ask("attach"))["body"]["stack"][0]["line"] == 4
        assert (await one.ask("continue"))["success"]
    done = await asyncio.to_thread(studio.wait, run)
    assert done.rows("s1.result_dataset") == [[2], [3], [4]]


def test_a_run_goes_on_when_the_template_of_the_sandbox_is_killed(studio):
    run = studio.start(studio.create(chain(SLOW.replace(".3", ".31")))["id"])["id"]
    until(studio, run, "s1", "running")
    child(studio, "template.py").kill()
    assert studio.wait(run).rows("s1.result_dataset") == [[2], [3], [4]]


def test_a_run_goes_on_when_redis_is_flushed(studio):
    run = studio.start(studio.create(chain(*[SLOW.replace(".3", ".32")] * 3))["id"])["id"]
    until(studio, run, "s1", "running")
    redis.Redis(unix_socket_path=str(Path(studio.home) / "redis.sock")).flushall()
    assert studio.wait(run).rows("s3.result_dataset") == [[4], [5], [6]]


def test_a_node_that_kills_its_worker_three_times_fails_with_that_sentence(studio):
    run = spinning(studio)
    for _ in range(3):
        until(studio, run, "spin", "running")
        child(studio, "manage.py worker").kill()
        until(studio, run, "spin", "queued", "failed")
    assert until(studio, run, "spin", "failed")["error"]["message"].startswith("The worker died 3 times")
    assert studio.run(Exp().table("in", "a\n1")).state == "finished"


def test_many_writers_at_once_are_all_served(studio):
    """SQLite has one writer at a time; none of the others may be told that the database is locked."""

    def busy(writer: int) -> list[int]:
        answers = []
        for turn in range(8):
            made = studio.http.post(
                "experiments", json=Exp(f"{writer}-{turn}").table("in", f"a\n{turn}").file()
            )
            path = f"experiments/{made.json()['id']}"
            saved = studio.http.put(path, json=made.json(), headers={"If-Match": '"1"'})
            run = studio.http.post(f"{path}/runs", json={})
            answers += [made.status_code, saved.status_code, run.status_code]
            assert studio.wait(run.json()["id"]).state == "finished"
        return answers

    with ThreadPoolExecutor(8) as writers:
        answers = {status for statuses in writers.map(busy, range(8)) for status in statuses}
    assert answers == {201, 200, 202}
    assert not [line for line in studio.lines if "locked" in line]


@pytest.fixture(scope="module")
def service(studio) -> dict[str, Any]:
    script = "import time\ndef azureml_main(frame):\n    time.sleep(frame['x'].iloc[0])\n    return frame,\n"
    exp = Exp("Sleeper").table("data", "x\n0.1\n0.2\n").node("in", "web-service-input").script("s", script)
    exp.node("out", "web-service-output").wire("data.dataset", "in.sample").wire("in.dataset", "s.dataset1")
    run = studio.run(exp.wire("s.result_dataset", "out.dataset"))
    return studio.post(f"experiments/{run.body['experiment']}/services", {"name": "Sleeper"})


def test_a_job_in_pieces_begins_its_node_anew_when_its_worker_is_killed(studio):
    script = (
        "import time\ndef azureml_main(df, *, pause: float = 0.0):\n    time.sleep(pause)\n"
        "    df['rows'] = len(df)\n    return df,\n"
    )
    exp = Exp("Pieces").table("data", "x\n1\n2\n").node("in", "web-service-input")
    exp.node("s", "execute-python-script", script=script, row_by_row=True).node("out", "web-service-output")
    exp.wire("data.dataset", "in.sample").wire("in.dataset", "s.dataset1").wire(
        "s.result_dataset", "out.dataset"
    )
    path = f"experiments/{studio.run(exp).body['experiment']}/services"
    service = f"services/{studio.post(path, {'name': 'Pieces'})['id']}"
    many = studio.upload("many.csv", "x\n" + "\n".join(map(str, range(250_000))) + "\n").json()
    studio.wait_for_dataset(many["id"])
    said = {"Inputs": {"input1": {"dataset": "many"}}, "GlobalParameters": {"pause": 1}}
    job = studio.http.post(f"{service}/jobs", json=said).json()
    until(studio, job["run"], "s", "running")
    child(studio, "manage.py worker").kill()
    done = studio.wait(job["run"])
    assert done.state == "finished"
    output = studio.get(f"{service}/jobs/{job['id']}")["outputs"]["output1"]
    rows = studio.get(f"artifacts/{output['artifact']}/rows", offset=199_999, limit=2)
    assert (output["rows"], rows["rows"]) == (250_000, [[199_999, 200_000], [200_000, 50_000]])


def ask(studio: Server, service: dict[str, Any], seconds: float) -> Any:
    return studio.http.post(
        f"services/{service['id']}/execute",
        json={"Inputs": {"input1": {"ColumnNames": ["x"], "Values": [[seconds]]}}},
        headers={"Authorization": f"Bearer {service['key']}"},
    )


@pytest.mark.parametrize("program", ["manage.py worker", "template.py"])
def test_a_call_is_told_if_what_answers_it_is_killed_and_the_service_comes_back(studio, service, program):
    assert ask(studio, service, 0).status_code == 200
    with ThreadPoolExecutor() as pool:
        caught = pool.submit(ask, studio, service, 50)
        time.sleep(1)
        child(studio, program).kill()
        answer = caught.result(30)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "1"), answer.text
    assert answer.json()["error"]["code"] == "ServiceUnavailable"
    assert ask(studio, service, 0.25).json()["Results"]["output1"]["value"]["Values"] == [["0.25"]]


def test_two_workers_answer_calls_and_one_of_them_dies(studio, service):
    """Calls that were on it are told to come again; all others, and all after it, are answered right."""
    first = child(studio, "manage.py worker")
    second = subprocess.Popen(
        first.cmdline(),
        cwd=first.cwd(),
        env=first.environ(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.STDOUT,
    )
    try:
        end, killed, went_on = time.monotonic() + 60, threading.Event(), threading.Event()
        told: list[tuple[bool, int, str, Any]] = []

        def call(number: int) -> None:
            while time.monotonic() < end and not went_on.is_set():
                seconds = (number + 1) / 100
                after, answer = killed.is_set(), ask(studio, service, seconds)
                told.append((after, answer.status_code, f"{seconds:g}", answer.json()))
                if after and answer.status_code == 200:
                    went_on.set()

        with ThreadPoolExecutor(4) as callers:
            calls = [callers.submit(call, number) for number in range(4)]
            time.sleep(3)
            first.kill()
            killed.set()
            for each in calls:
                each.result(60)
        for _, status, seconds, said in told:
            if status == 200:
                assert said["Results"]["output1"]["value"]["Values"] == [[seconds]]
            else:
                assert (status, said["error"]["code"]) == (503, "ServiceUnavailable"), said
        answered = [after for after, status, *_ in told if status == 200]
        assert False in answered
        assert True in answered, "the other worker goes on"
    finally:
        second.terminate()
        second.wait(30)


def test_a_call_is_answered_or_told_when_redis_is_flushed(studio, service):
    with ThreadPoolExecutor() as pool:
        caught = pool.submit(ask, studio, service, 1)
        time.sleep(0.5)
        redis.Redis(unix_socket_path=str(Path(studio.home) / "redis.sock")).flushall()
        assert caught.result(30).status_code in (200, 503)
    assert ask(studio, service, 0).status_code == 200
