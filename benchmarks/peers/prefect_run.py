"""Prefect: a process a task, two at once."""

from __future__ import annotations

import sys
from pathlib import Path

from prefect import flow, task
from prefect.task_runners import ProcessPoolTaskRunner
from steps import carry_out, graph

WORKLOAD, FOLDER = sys.argv[1], Path(sys.argv[2])


@task
def carry(name: str, above: list) -> str:
    carry_out(next(step for step in graph(WORKLOAD) if step.name == name), FOLDER)
    return name


@flow(task_runner=ProcessPoolTaskRunner(max_workers=2))
def workload():
    made = {}
    for step in graph(WORKLOAD):
        made[step.name] = carry.submit(step.name, [made[name] for name in step.above if name in made])
    for future in made.values():
        future.result()


if __name__ == "__main__":
    workload()
