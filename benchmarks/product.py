"""Times runs in a whole Studio: from the POST to the message `finished` on the experiment's socket."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from websockets.sync.client import connect

from benchmarks.workload import Workload
from tests.server import DONE, TOKEN, Server


def seconds(studio: Server, workload: Workload) -> list[float]:
    """How long each run took. AssertionError where one did not end as it should."""
    for name, content in workload.datasets.items():
        if not _has(studio, Path(name).stem):
            answer = studio.upload(name, content())
            assert answer.status_code == 201, answer.text
            while studio.get(f"datasets/{answer.json()['id']}")["state"] == "importing":
                time.sleep(0.05)
    experiment = studio.create(workload.experiment())["id"]
    _run(studio, experiment, force=False)  # the first is for warming up, and fills the cache
    times = []
    for place in range(workload.repeats):
        if workload.edit:
            _edit(studio, experiment, workload.edit, place)
        if workload.at_once > 1:
            times.append(_many(studio, experiment, workload.at_once))
        else:
            times.append(_run(studio, experiment, force=not (workload.cached or workload.edit)))
    return times


def _edit(studio: Server, experiment: str, edit: Callable[[dict[str, Any], int], None], time: int) -> None:
    file = studio.get(f"experiments/{experiment}")
    edit(file, time)
    match = {"If-Match": f'"{file["revision"]}"'}
    answer = studio.http.put(f"experiments/{experiment}", json=file, headers=match)
    assert answer.status_code == 200, answer.text


def _has(studio: Server, name: str) -> bool:
    return any(item["name"] == name for item in studio.get("datasets", limit=1000)["items"])


def _many(studio: Server, experiment: str, count: int) -> float:
    """From the first POST to the last end, read from the database's own times; eight clients post."""
    started = datetime.now(UTC)
    with ThreadPoolExecutor(8) as clients:
        runs = list(clients.map(lambda _: studio.start(experiment, force=True)["id"], range(count)))
    ends = [studio.wait(run, 120).body for run in runs]
    assert {body["state"] for body in ends} == {"finished"}
    return (max(datetime.fromisoformat(body["finished"]) for body in ends) - started).total_seconds()


def _run(studio: Server, experiment: str, *, force: bool) -> float:
    address = f"{studio.url.replace('http', 'ws')}/ws/experiments/{experiment}/"
    with connect(address, additional_headers={"Authorization": f"Bearer {TOKEN}"}) as socket:
        started = time.perf_counter()
        run = studio.start(experiment, force=force)["id"]
        while True:
            message = json.loads(socket.recv(timeout=300))
            if message["type"] == "run" and message["run"]["id"] == run and message["run"]["state"] in DONE:
                break
        took = time.perf_counter() - started
    body = studio.get(f"runs/{run}")
    assert body["state"] == "finished", {id: node["error"] for id, node in body["nodes"].items()}
    return took
