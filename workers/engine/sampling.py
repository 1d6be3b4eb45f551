"""Tries a node on a few rows, beside all runs: no row is written, and no result is kept.

What the cache knows of the nodes above is taken from there; the rest is run on a sample of it, in one child.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from modules.registry import find
from studio.artifacts.models import Artifact
from studio.artifacts.store import store
from studio.database.pool import give_back
from studio.live.reply import Reply
from studio.network.actions import Place
from workers.data.datasets import NotReady, ready_dataset
from workers.data.sandbox_input import ArtifactGone, allowed, as_input
from workers.engine.cached_results import KnownResults
from workers.engine.outside import Asker, NotGiven, Outside
from workers.engine.result_key import result_key
from workers.environments.ready import Missing, find_ready, make_ready
from workers.environments.ready import NotReady as NotBuilt
from workers.environments.steps import Cancelled
from workers.sandbox.job import Environment, Failure, Job, Limits
from workers.sandbox.logs import Log
from workers.sandbox.parent import Sandbox
from workers.sandbox.samples import SampleStep, SampleWish

SECONDS = 30
"""How long a try may take."""
LOG_BYTES = 256 << 10
AT_ONCE = 4
"""Tries under way in one worker."""

BUSY = f"{AT_ONCE} nodes are being tried already. Try again in a moment."
GONE = "A result above this node is no longer in the store. Try again: it is computed from what is there."

Wire = tuple[str, str]


class Samples:
    """The tries of one worker. Of a node that is tried anew the earlier try ends. Safe between threads."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._lock = threading.Lock()
        self._under_way: dict[str, threading.Event] = {}

    def try_node(
        self,
        steps: Sequence[Mapping[str, Any]],
        wish: Mapping[str, Any],
        whose: str,
        owner: int | None = None,
    ) -> Reply:
        """What came of it: outputs, seconds by node, log, failure. `steps`: a plan whose last one is the node
        that is tried. `wish`: rows, random, seed. `whose`: which node of which experiment it is."""
        with self._place(whose) as replaced:
            if replaced is None:
                return Reply.failed(BUSY, busy=True)
            try:
                needed, given = _needed(steps, known_above(steps, self._sandbox))
                inputs = {id: as_input(artifact) for id, artifact in given.items()}
                environment = _environment(steps, needed, self._sandbox, replaced)
                outside = _outside(steps, needed, owner)
            except (NotReady, Missing, Cancelled, NotGiven) as problem:
                return Reply.failed(str(problem) or REPLACED.message)
            except ArtifactGone:
                return Reply.failed(GONE)
            args = SampleWish(steps=needed, **wish).model_dump(mode="json")
            job = Job(
                verb="sample",
                args=args,
                inputs=inputs,
                limits=_limits(),
                environment=environment,
                **outside.for_job,
            )
            return self._run(job, [step.node for step in needed], replaced, outside)

    def _run(self, job: Job, nodes: list[str], replaced: threading.Event, outside: Outside) -> Reply:
        drafts, log = store().new_drafts(), Log(LOG_BYTES)
        give_back()
        try:
            outcome = self._sandbox.run(job, drafts, replaced, outside.before(log), lead=outside.lead)
            outside.cross_out(outcome)
        finally:
            outside.close(log)
            shutil.rmtree(drafts, ignore_errors=True)
        failure = REPLACED if outcome.cancelled else outcome.failure
        told = {"outputs": {}, "seconds": {}} if failure else outcome.data
        return Reply(
            data={
                **told,
                "nodes": nodes,
                "log": [piece._asdict() for piece in log.kept()],
                "failure": failure and failure.model_dump(),
                "lines": [line.model_dump() for line in outcome.lines],
            }
        )

    @contextmanager
    def _place(self, whose: str) -> Iterator[threading.Event | None]:
        """An event that a later try of the same node sets; None if too many are under way."""
        mine = threading.Event()
        with self._lock:
            earlier = self._under_way.pop(whose, None)
            if earlier:
                earlier.set()
            free = len(self._under_way) < AT_ONCE
            if free:
                self._under_way[whose] = mine
        try:
            yield mine if free else None
        finally:
            with self._lock:
                if self._under_way.get(whose) is mine:
                    del self._under_way[whose]


REPLACED = Failure(type="Replaced", message="A later try of this node took the place of this one.")


def _outside(steps: Sequence[Mapping[str, Any]], needed: Sequence[SampleStep], owner: int | None) -> Outside:
    """What the nodes to be run are given, all together: one child runs them. NotGiven if one may not have
    what it asks for, or would change something outside."""
    todo = {step.node for step in needed if step.module}
    askers = [
        Asker(spec, step["params"])
        for step in steps
        if step["node"] in todo and (spec := find(step["module"])) is not None
    ]
    if writing := [asker.spec.name for asker in askers if asker.spec.writes]:
        raise NotGiven("Writes", f"{writing[0]} writes to a place outside, so that a try would, too. Run it.")
    names = ", ".join(dict.fromkeys(asker.spec.name for asker in askers if asker.asks))
    return Outside(owner, askers, Place(f"{names}, a try on a sample"))


def _environment(
    steps: Sequence[Mapping[str, Any]], needed: Sequence[SampleStep], sandbox: Sandbox, gone: threading.Event
) -> Environment | None:
    """The one that all scripts to be run share: one child runs them. Missing if they have several."""
    todo = {step.node for step in needed if step.module}
    scripts = [step for step in steps if step["node"] in todo and "environment" in step["params"]]
    if len({step.get("environment") for step in scripts}) > 1:
        raise Missing(
            "The nodes above this one that have no result yet run in another environment. Run them first; "
            "then this one can be tried."
        )
    if not scripts or not scripts[0].get("environment"):
        return None
    make_ready(scripts[0], sandbox, gone)
    ready = find_ready(scripts[0])
    return ready and ready.as_sandbox_takes_it("")


def _limits() -> Limits:
    usual = allowed()
    return usual.model_copy(
        update={
            "wall_seconds": min(usual.wall_seconds, SECONDS),
            "cpu_seconds": min(usual.cpu_seconds, SECONDS),
            "log_bytes": min(usual.log_bytes, LOG_BYTES),
        }
    )


def known_above(steps: Sequence[Mapping[str, Any]], sandbox: Sandbox) -> dict[Wire, Artifact]:
    """What lies on ports above the node: what datasets hold, and what the cache has."""
    known: dict[Wire, Artifact] = {}
    finished: set[str] = set()
    results = KnownResults()
    for step in steps:
        spec = find(step["module"])
        if spec is None:
            continue
        if pinned := step.get("pinned"):
            for port, id in pinned.items():
                known[step["node"], port] = ready_dataset(id, f"{step['node']}.{port}", sandbox)[1]
            finished.add(step["node"])
            continue
        if spec.reference:
            name = step["params"][spec.reference]
            _, artifact = ready_dataset(step.get("dataset"), name, sandbox)
            known[step["node"], spec.outputs[0].name] = artifact
            finished.add(step["node"])
            continue
        wires = {port: (node, source) for port, (node, source) in step["inputs"].items()}
        if step is steps[-1] or any(node not in finished for node, _ in wires.values()):
            continue
        inputs = {port: known[wire].id for port, wire in wires.items() if wire in known}
        if not spec.repeats(step["params"]):
            continue
        try:
            ready = find_ready(step)
        except (NotBuilt, Missing):
            continue
        found = results.find(result_key(spec, step["params"], inputs, ready.interpreter if ready else None))
        if found and not found.lost:
            known |= {(step["node"], port): artifact for port, artifact in found.outputs.items()}
            finished.add(step["node"])
    return known


def _needed(
    steps: Sequence[Mapping[str, Any]], known: Mapping[Wire, Artifact]
) -> tuple[list[SampleStep], dict[str, Artifact]]:
    """The steps that have to be run, and the artifacts that they start from, by id."""
    if steps[-1]["node"] in {node for node, _ in known}:
        return _itself(steps[-1]["node"], known)
    there = {node for node, _ in known}
    by_node = {step["node"]: step for step in steps}
    wanted, todo = set[str](), [steps[-1]["node"]]
    while todo:
        if (node := todo.pop()) not in wanted:
            wanted.add(node)
            todo += [above for above, _ in by_node[node]["inputs"].values() if above not in there]
    given: dict[str, Artifact] = {}
    needed = []
    for step in steps:
        if step["node"] not in wanted:
            continue
        wires = {port: (node, source) for port, (node, source) in step["inputs"].items()}
        ready = {port: known[wire] for port, wire in wires.items() if wire in known}
        given |= {artifact.id: artifact for artifact in ready.values()}
        needed.append(
            SampleStep(
                node=step["node"],
                module=step["module"],
                params=step["params"],
                wires={port: wire for port, wire in wires.items() if wire[0] not in there},
                given={port: artifact.id for port, artifact in ready.items()},
            )
        )
    return needed, given


def _itself(node: str, known: Mapping[Wire, Artifact]) -> tuple[list[SampleStep], dict[str, Artifact]]:
    """A node that stands for a dataset leaves what that holds."""
    given = {port: artifact for (above, port), artifact in known.items() if above == node}
    step = SampleStep(node=node, given={port: artifact.id for port, artifact in given.items()})
    return [step], {artifact.id: artifact for artifact in given.values()}
