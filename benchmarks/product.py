"""Times runs in a whole Studio: from the POST to the message `finished` on the experiment's socket."""

from __future__ import annotations

import json
import time

from websockets.sync.client import connect

from benchmarks.workload import Workload
from tests.server import DONE, TOKEN, Server


def seconds(studio: Server, workload: Workload) -> list[float]:
    """How long each run took. AssertionError where one did not end as it should."""
    for name, csv in workload.datasets.items():
        if not _has(studio, name):
            answer = studio.upload(f"{name}.csv", csv())
            assert answer.status_code == 201, answer.text
            while studio.get(f"datasets/{answer.json()['id']}")["state"] == "importing":
                time.sleep(0.05)
    experiment = studio.create(workload.experiment())["id"]
    _run(studio, experiment, force=False)  # the first is for warming up, and fills the cache
    return [_run(studio, experiment, force=not workload.cached) for _ in range(workload.repeats)]


def _has(studio: Server, name: str) -> bool:
    return any(item["name"] == name for item in studio.get("datasets", limit=1000)["items"])


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
