"""Dagster: the multiprocess executor, a process a node, two at once."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from dagster import (
    DagsterInstance,
    DependencyDefinition,
    GraphDefinition,
    In,
    MultiDependencyDefinition,
    Nothing,
    OpDefinition,
    Out,
    execute_job,
    multiprocess_executor,
    reconstructable,
)
from steps import carry_out, graph

WORKLOAD, FOLDER = sys.argv[1], Path(sys.argv[2])


def as_op(step):
    def compute(context, inputs):
        carry_out(step, FOLDER)
        yield from ()

    return OpDefinition(
        name=f"n_{step.name}", compute_fn=compute, ins={"above": In(Nothing)}, outs={"result": Out(Nothing)}
    )


def make_job():
    steps = graph(WORKLOAD)
    known = {step.name for step in steps}
    needs = {}
    for step in steps:
        above = [DependencyDefinition(f"n_{name}") for name in step.above if name in known]
        needs[f"n_{step.name}"] = {"above": MultiDependencyDefinition(above)} if above else {}
    whole = GraphDefinition(name="workload", node_defs=[as_op(step) for step in steps], dependencies=needs)
    return whole.to_job(executor_def=multiprocess_executor.configured({"max_concurrent": 2}))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home, DagsterInstance.local_temp(home) as instance:
        done = execute_job(reconstructable(make_job), instance=instance)
    sys.exit(not done.success)
