"""What is unchanged in a run, taken from the cache at once: one transaction for all of it.

A node by itself costs some milliseconds of bookkeeping; where dozens have nothing to compute, that is
all there is to do.
"""

from __future__ import annotations

import logging

from studio.artifacts.store import store
from studio.runs.cache_hits import Hit, commit_hits
from studio.runs.models import NodeRun, Output, Run, State
from workers.data.datasets import whole_dataset
from workers.engine.cached_results import KnownResults
from workers.engine.patience import AWAY
from workers.engine.work import dataset_hit, find_environment, find_hit, find_spec, pinned_hit

log = logging.getLogger(__name__)

AT_ONCE = 500
"""Nodes a transaction: others wait while it is written."""


class Replay:
    """Passes known results on, as far down as they reach. A call returns the node runs that are free then;
    one that the database left half done may be called again, and goes on after what it has committed.

    `first`: the result of a node run that this worker holds, if there is one."""

    def __init__(self, run: Run, first: Hit | None = None) -> None:
        self.run, self.first = run, first
        self.free: list[NodeRun] = []

    def __call__(self) -> list[NodeRun]:
        while True:
            with store().keeping():
                hits = _Unchanged(self.run, self.first).hits
                if not hits:
                    return self.free
                self.free, self.first = commit_hits(self.run, hits), None
            if not self.free:
                return self.free


class _Unchanged:
    """One walk down the run."""

    def __init__(self, run: Run, first: Hit | None) -> None:
        self.run = run
        self.hits: list[Hit] = []
        self.states = dict(run.nodes.values_list("node", "state"))
        self.lying = {
            (node, port): artifact
            for node, port, artifact in Output.objects.filter(node_run__run=run).values_list(
                "node_run__node", "port", "artifact_id"
            )
        }
        if first:
            self._add(first)
        before = NodeRun.objects.filter(run__in=run.earlier().values("pk")[:1])
        self.results = KnownResults([key for key in before.values_list("key", flat=True) if key])
        for node_run in run.nodes.filter(state=State.QUEUED):
            node_run.run = run
            if len(self.hits) < AT_ONCE and (hit := self._find(node_run)):
                self._add(hit)

    def _add(self, hit: Hit) -> None:
        node = hit.node_run.node
        self.hits.append(hit)
        self.states[node] = State.FINISHED
        self.lying |= {(node, port): artifact.pk for port, artifact in hit.outputs.items()}

    def _find(self, node_run: NodeRun) -> Hit | None:
        """Returns the cached result of a node run. None if that needs more than a look at the cache, or if
        something is wrong with the node run: the worker that claims it says what."""
        wires = {port: (node, source) for port, (node, source) in node_run.plan["inputs"].items()}
        if any(self.states[node] != State.FINISHED for node, _ in wires.values()):
            return None
        if pinned := node_run.plan.get("pinned"):
            held = {port: whole_dataset(id) for port, id in pinned.items()}
            whole = {port: found for port, found in held.items() if found}
            return pinned_hit(node_run, whole) if len(whole) == len(held) else None
        inputs = {port: self.lying[wire] for port, wire in wires.items() if wire in self.lying}
        if len(inputs) < len(wires):
            return None
        inputs |= node_run.plan.get("given") or {}
        try:
            if (spec := find_spec(node_run)).reference:
                found = whole_dataset(node_run.plan.get("dataset"))
                return found and dataset_hit(node_run, spec, *found)
            hit = find_hit(node_run, spec, inputs, self.results, find_environment(node_run))
        except AWAY:
            raise
        except Exception as error:
            log.info("node %s of run %s is not looked up: %s", node_run.node, self.run.pk, error)
            return None
        return hit if isinstance(hit, Hit) else None
