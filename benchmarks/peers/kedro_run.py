"""Kedro: all nodes in one process, one after another."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

from kedro.io import DataCatalog, MemoryDataset
from kedro.pipeline import node, pipeline
from kedro.runner import SequentialRunner
from steps import carry_out, graph

logging.disable(logging.WARNING)
WORKLOAD, FOLDER = sys.argv[1], Path(sys.argv[2])
STEPS = graph(WORKLOAD)
KNOWN = {step.name for step in STEPS}


def as_node(step):
    def carry(*above):
        carry_out(step, FOLDER)
        return step.name

    return node(carry, [name for name in step.above if name in KNOWN] or None, step.name, name=step.name)


SequentialRunner().run(pipeline([as_node(step) for step in STEPS]), DataCatalog({"nothing": MemoryDataset()}))
