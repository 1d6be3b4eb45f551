"""Luigi: a fork a node, two at once."""

from __future__ import annotations

import sys
from pathlib import Path

import luigi
from steps import carry_out, graph

WORKLOAD, FOLDER = sys.argv[1], Path(sys.argv[2])
STEPS = {step.name: step for step in graph(WORKLOAD)}


class Node(luigi.Task):
    name = luigi.Parameter()

    def requires(self):
        return [Node(name=name) for name in STEPS[self.name].above if name in STEPS]

    def output(self):
        return luigi.LocalTarget(FOLDER / f"{self.name}.feather")

    def run(self):
        carry_out(STEPS[self.name], FOLDER)


last = list(STEPS)[-1]
done = luigi.build([Node(name=last)], local_scheduler=True, workers=2, log_level="ERROR")
sys.exit(not done)
