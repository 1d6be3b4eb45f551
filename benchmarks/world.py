"""`make bench ARGS=world`: how long an experiment of 200 nodes takes to leave and to come back."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import httpx

from tests.builders import Exp
from tests.server import Server

NODES = 200
TIMES = 5
BUDGET = 2.0
"""Seconds that an export may take."""
SCRIPT = "import pandas as pd\n\n\ndef azureml_main(frame, *, share: float = 0.5):\n    return frame,\n"


def experiment() -> Exp:
    """A script, an SQL query and a script, and so on, one below the other."""
    exp = Exp("Two hundred").node("n0", "dataset", dataset="world")
    above = "n0.dataset"
    for number in range(1, NODES):
        id = f"n{number}"
        if number % 2:
            exp.script(id, SCRIPT).wire(above, f"{id}.dataset1")
            above = f"{id}.result_dataset"
        else:
            exp.node(id, "apply-sql-transformation", sql="select * from t1").wire(above, f"{id}.t1")
            above = f"{id}.results_dataset"
    return exp


def main() -> int:
    with Server() as studio:
        studio.wait_for_dataset(studio.upload("world.csv", "x\n1\n2\n").json()["id"])
        id = studio.create(experiment())["id"]
        path = f"experiments/{id}/export"
        script = studio.http.get(path).content

        def back() -> httpx.Response:
            return studio.http.post("experiments/import", files={"file": ("world.py", script)})

        rows = [
            ("export as a script", _seconds(lambda: studio.http.get(path))),
            ("export as a notebook", _seconds(lambda: studio.http.get(path, params={"form": "ipynb"}))),
            (
                "export as a zip, with data",
                _seconds(lambda: studio.http.get(path, params={"with_datasets": "true"})),
            ),
            ("import of the script", _seconds(back)),
        ]
    print(f"An experiment of {NODES} nodes, over HTTP. Median of {TIMES}, after one that warms up.\n")
    print("| what | seconds | of the budget |\n|---|---|---|")
    for what, seconds in rows:
        print(f"| {what} | {seconds:.2f} | {seconds / BUDGET:.0%} |")
    return int(any(seconds > BUDGET for _, seconds in rows[:3]))


def _seconds(call: Callable[[], httpx.Response]) -> float:
    taken = []
    for _ in range(TIMES + 1):
        begun = time.perf_counter()
        call().raise_for_status()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken[1:])
