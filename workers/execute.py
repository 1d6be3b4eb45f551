"""One node run, from its claim to its commit."""

from __future__ import annotations

import logging
import shutil
import threading
import time

from modules.digest import code_digest, libraries
from modules.registry import find
from modules.sdk.declare import ModuleSpec
from studio.artifacts.models import Artifact
from studio.artifacts.store import store
from studio.artifacts.using import touch
from studio.runs import recorder
from studio.runs.logs import LogWriter
from studio.runs.models import NodeRun, Run
from workers.badge import Badge
from workers.datasets import NotReady, ready_dataset
from workers.jobs import ArtifactGone, as_input, bounds
from workers.keys import result_key
from workers.known import Known, find_known, why_cached
from workers.logs import LogBuffer
from workers.replay import replay
from workers.sandbox.deaths import TEMPLATE_DIED
from workers.sandbox.job import Failure, Job
from workers.sandbox.limits import wished
from workers.sandbox.parent import Sandbox
from workers.why import why_it_runs, why_passed_on

log = logging.getLogger(__name__)


class Execution:
    """A claimed node run. `cancelled` is set where it is cancelled. `go_on` may claim the next node run while
    this one's result is committed."""

    def __init__(self, node_run: NodeRun, sandbox: Sandbox, go_on: recorder.GoOn) -> None:
        self.node_run, self.sandbox, self.go_on = node_run, sandbox, go_on
        self.run: Run = node_run.run
        self.sources: dict[str, NodeRun] = {}
        self.cancelled = threading.Event()
        self.stopping = False

    def carry_out(self) -> list[NodeRun]:
        """Runs the node, or takes it from the cache, and commits. Gives the node runs that it set free."""
        try:
            return self._carry_out()
        except ArtifactGone as gone:
            if not self._have_made_again(gone.artifact):
                self._fail(
                    "ArtifactGone",
                    f"An input is no longer in the store ({gone}). Run again to compute it.",
                )
        except Exception as error:
            log.exception("node %s of run %s", self.node_run.node, self.run.pk)
            self._fail(
                type(error).__name__, f"Studio itself failed at this node: {error}. See the worker's log."
            )
        return []

    def _carry_out(self) -> list[NodeRun]:
        plan = self.node_run.plan
        spec = find(plan["module"])
        if spec is None:
            self._fail("UnknownModule", f"There is no module {plan['module']!r} on this worker.")
            return []
        if spec.reference:
            return self._refer(spec)
        came = recorder.outputs_of(
            self.run, {port: (node, source) for port, (node, source) in plan["inputs"].items()}
        )
        inputs = {port: output.artifact for port, output in came.items()}
        self.sources = {port: output.node_run for port, output in came.items()}
        for port in spec.inputs:
            if port.name in plan["inputs"] and port.name not in inputs and not port.optional:
                node, source = plan["inputs"][port.name]
                self._fail(
                    "MissingInput",
                    f"Nothing arrived at the input {port.label!r}: {node} left nothing on {source!r}.",
                )
                return []
        ids = {port: artifact.id for port, artifact in inputs.items()}
        key = result_key(spec, plan["params"], ids)
        self.node_run.key = key
        self.node_run.basis = {"code": code_digest(spec.slug), "libraries": libraries(), "inputs": ids}
        if self.node_run.anew or not spec.repeats(plan["params"]):
            return self._compute(spec, inputs, key)
        with store().keeping():
            known = find_known(key)
            free = self._take(known, key) if known and not known.lost else None
        if free is not None:
            return replay(self.run, free)
        return self._compute(spec, inputs, key, known.lost if known else None)

    def _take(self, known: Known, key: str) -> list[NodeRun]:
        """Passes an earlier result on."""
        self._log_writer().write(known.result.printed)
        touch(known.outputs.values())
        return recorder.finish(
            self.node_run,
            known.outputs,
            cached=True,
            key=key,
            saved=known.result.seconds,
            timings=self._queued(),
            reason=why_cached(self.run, known.result),
        )

    def _refer(self, spec: ModuleSpec) -> list[NodeRun]:
        """A node that stands for a dataset: its output *is* the dataset's artifact."""
        name = self.node_run.plan["params"][spec.reference]
        try:
            dataset, artifact = ready_dataset(self.node_run.plan.get("dataset"), name, self.sandbox)
        except NotReady as problem:
            self._fail("UnknownDataset", str(problem), param=spec.reference)
            return []
        self.node_run.basis = {"dataset": dataset.name, "version": dataset.version, "artifact": artifact.pk}
        why = why_passed_on(self.node_run, dataset.name, dataset.version)
        self.node_run.cause = why.cause and why.cause.as_json()
        outputs = {spec.outputs[0].name: artifact}
        free = recorder.finish(self.node_run, outputs, reason=why.reason, timings=self._queued())
        return replay(self.run, free)

    def _compute(
        self, spec: ModuleSpec, inputs: dict[str, Artifact], key: str, lost: str | None = None
    ) -> list[NodeRun]:
        try:
            may = wished(self.node_run.plan.get("limits", {}), bounds())
        except ValueError as problem:
            self._fail("LimitRefused", str(problem))
            return []
        buffer, badge = LogBuffer(may.log_bytes, self._log_writer()), Badge(self.node_run)
        drafts = store().new_drafts()
        began = time.monotonic()
        why = why_it_runs(self.node_run, spec, self.sources, lost)
        self.node_run.cause = why.cause and why.cause.as_json()
        try:
            job = Job(
                verb="node",
                args={"module": spec.slug, "params": self.node_run.plan["params"]},
                inputs={port: as_input(artifact) for port, artifact in inputs.items()},
                limits=may,
            )
            outcome = self.sandbox.run(job, drafts, self.cancelled, buffer.log, badge.say)
            badge.close()
            printed = buffer.finish()
            self.node_run.peak_bytes = outcome.peak_bytes
            if outcome.cancelled or self.cancelled.is_set():
                self._stopped()
                return []
            if outcome.failure and outcome.failure.type == TEMPLATE_DIED:
                recorder.give_back(self.node_run, died=True)
                return []
            if outcome.failure:
                recorder.fail(
                    self.node_run,
                    outcome.failure.model_dump(),
                    reason=why.reason,
                    key=key,
                    timings={**self._queued(), **outcome.timings, "total": time.monotonic() - began},
                )
                return []
            kept = time.monotonic()
            with store().keeping():
                artifacts, hashing = store().keep_all(outcome.outputs, drafts)
                now = time.monotonic()
                spent = {"hashing": hashing, "keeping": now - kept - hashing, "total": now - began}
                return recorder.finish(
                    self.node_run,
                    artifacts,
                    key=key,
                    seconds=now - began,
                    log=printed,
                    timings={**self._queued(), **outcome.timings, **spent},
                    reason=why.reason,
                    repeats=spec.repeats(self.node_run.plan["params"]),
                    go_on=self.go_on,
                )
        finally:
            badge.close()
            buffer.close()
            shutil.rmtree(drafts, ignore_errors=True)

    def stop(self) -> None:
        """Ends it and offers it again: the worker stops."""
        self.stopping = True
        self.cancelled.set()

    def _have_made_again(self, lost: Artifact) -> bool:
        """Sends the nodes that made an input back to be run; False where something else might come out,
        which nodes that have the old one already would contradict."""
        makers = {source.pk: source for source in self.sources.values() if _gave(source, lost)}
        return all(map(_repeats, makers.values())) and recorder.make_again(self.node_run, makers.values())

    def _log_writer(self) -> LogWriter:
        return LogWriter(self.node_run, self.run.experiment_id, bounds().most.log_bytes)

    def _queued(self) -> dict[str, float]:
        """Seconds from the moment that all above was done to the claim."""
        ready = [source.finished for source in self.sources.values() if source.finished]
        claimed = self.node_run.started or self.run.created
        return {"queued": max(0.0, (claimed - max([self.run.created, *ready])).total_seconds())}

    def _stopped(self) -> None:
        if self.stopping:
            recorder.give_back(self.node_run)
        else:
            recorder.cancelled(self.node_run)

    def _fail(self, type: str, message: str, param: str | None = None) -> None:
        recorder.fail(self.node_run, Failure(type=type, message=message, param=param).model_dump())


def _gave(source: NodeRun, artifact: Artifact) -> bool:
    return source.outputs.filter(artifact=artifact).exists()


def _repeats(node_run: NodeRun) -> bool:
    spec = find(node_run.plan["module"])
    return spec is not None and spec.repeats(node_run.plan["params"])
