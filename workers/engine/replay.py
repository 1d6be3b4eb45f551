"""What is unchanged below a node, taken from the cache at once: one transaction for all of it.

A node by itself costs some milliseconds of bookkeeping; where dozens have nothing to compute, that is
all there is to do.
"""

from __future__ import annotations

from modules.digest import code_digest, libraries
from modules.registry import find
from studio.artifacts.store import store
from studio.artifacts.using import touch
from studio.database.clock import clock
from studio.runs.models import NodeRun, Output, Run, State
from studio.runs.taking import Taken, take
from workers.engine.cached_results import find_known, why_cached
from workers.engine.result_key import result_key

AT_ONCE = 200
"""Nodes a transaction: others wait while it is written."""

Places = dict[tuple[str, str], str]
"""Artifact ids by node and port."""


def replay(run: Run, free: list[NodeRun]) -> list[NodeRun]:
    """Passes earlier results on, as far down as they reach; the node runs that are free then."""
    while free:
        with store().keeping():
            taken = _unchanged(run)
            if not taken:
                return free
            touch([artifact for each in taken for artifact in each.outputs.values()])
            free = take(run, taken)
    return free


def _unchanged(run: Run) -> list[Taken]:
    lying: Places = {
        (node, port): artifact
        for node, port, artifact in Output.objects.filter(node_run__run=run).values_list(
            "node_run__node", "port", "artifact_id"
        )
    }
    found: list[Taken] = []
    states = dict(run.nodes.values_list("node", "state"))
    for node_run in run.nodes.filter(state=State.QUEUED):
        node_run.run = run
        if node_run.anew:
            continue
        above = {node for node, _ in node_run.plan["inputs"].values()}
        if any(states[node] != State.FINISHED for node in above):
            continue
        if taken := _known(run, node_run, lying):
            found.append(taken)
            states[node_run.node] = State.FINISHED
            lying |= {(node_run.node, port): artifact.pk for port, artifact in taken.outputs.items()}
            if len(found) == AT_ONCE:
                break
    return found


def _known(run: Run, node_run: NodeRun, lying: Places) -> Taken | None:
    """None for whatever needs more than a look at the cache."""
    plan = node_run.plan
    spec = find(plan["module"])
    if spec is None or spec.reference or not spec.repeats(plan["params"]):
        return None
    inputs = {
        port: lying[node, source]
        for port, (node, source) in plan["inputs"].items()
        if (node, source) in lying
    }
    if len(inputs) < len(plan["inputs"]):
        return None
    began = clock.now()
    key = result_key(spec, plan["params"], inputs)
    known = find_known(key)
    if known is None or known.lost:
        return None
    node_run.key, node_run.saved, node_run.reason = key, known.result.seconds, why_cached(run, known.result)
    node_run.basis = {"code": code_digest(spec.slug), "libraries": libraries(), "inputs": inputs}
    return Taken(node_run, began, known.outputs, known.result.printed)
