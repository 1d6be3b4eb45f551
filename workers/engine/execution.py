"""One node run, from its claim to its commit."""

from __future__ import annotations

import errno
import logging
import shutil
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from modules.digest import code_digest, libraries
from modules.registry import find
from modules.sdk.declare import ModuleSpec
from studio.artifacts.models import Artifact
from studio.artifacts.naming import Names
from studio.artifacts.store import store
from studio.artifacts.using import touch
from studio.database.pool import give_back
from studio.errors import Unavailable
from studio.runs import recorder
from studio.runs.logs import LogWriter
from studio.runs.models import NodeRun, Run, State
from workers.data.datasets import NotReady, ready_dataset
from workers.data.sandbox_input import ArtifactGone, as_input, bounds
from workers.engine import disk_room
from workers.engine.badge import Badge
from workers.engine.cached_results import Known, find_known, why_cached
from workers.engine.log_buffer import LogBuffer
from workers.engine.patience import AWAY, Patience
from workers.engine.replay import replay
from workers.engine.result_key import result_key
from workers.engine.run_reasons import why_it_runs, why_passed_on
from workers.sandbox.deaths import TEMPLATE_DIED
from workers.sandbox.job import Failure, Job, Limits, Outcome
from workers.sandbox.limits import wished
from workers.sandbox.logs import Piece
from workers.sandbox.parent import Sandbox

log = logging.getLogger(__name__)


T = TypeVar("T")


@dataclass
class Work:
    """What a node run computes, and what is known of it so far. `lost`: what became of its earlier result.
    `names`: content names of drafts that are hashed already."""

    spec: ModuleSpec
    inputs: dict[str, Artifact]
    key: str
    lost: str | None = None
    reason: str = ""
    began: float = 0.0
    computed: float = 0.0
    printed: list[Piece] = field(default_factory=list)
    names: Names = field(default_factory=Names)


class Execution:
    """A claimed node run. `cancelled` is set where it is cancelled. `go_on` may claim the next node run while
    this one's result is committed."""

    def __init__(self, node_run: NodeRun, sandbox: Sandbox, go_on: recorder.GoOn, patience: Patience) -> None:
        self.node_run, self.sandbox, self.go_on, self.patience = node_run, sandbox, go_on, patience
        self.run: Run = node_run.run
        self.sources: dict[str, NodeRun] = {}
        self.cancelled = threading.Event()
        self.stopping = False

    def carry_out(self) -> list[NodeRun]:
        """Runs the node, or takes it from the cache, and commits. Gives the node runs that it set free.

        Where the database or the store is away for longer than a worker tries, it gives the node run up:
        the watchdog offers it again once the database answers.
        """
        try:
            return self._or_fail()
        except AWAY as error:
            log.error("node %s of run %s is given up: %s", self.node_run.node, self.run.pk, error)
        return []

    def _or_fail(self) -> list[NodeRun]:
        try:
            return self._carry_out()
        except ArtifactGone as gone:
            lost = gone.artifact
            if not self._insist("sending back", lambda: self._have_made_again(lost)):
                self._fail(
                    "ArtifactGone",
                    f"An input is no longer in the store ({gone}). Run again to compute it.",
                )
        except AWAY:
            raise
        except Unavailable as error:
            self._fail("StoreRefused", error.detail)
        except Exception as error:
            if isinstance(error, OSError) and error.errno == errno.ENOSPC:
                self._found_no_room()
                return []
            log.exception("node %s of run %s", self.node_run.node, self.run.pk)
            self._fail(
                type(error).__name__, f"Studio itself failed at this node: {error}. See the worker's log."
            )
        return []

    def _carry_out(self) -> list[NodeRun]:
        work = self._insist("looking up", self._look_up)
        return self._compute(work) if isinstance(work, Work) else work

    def _insist(self, doing: str, action: Callable[[], T]) -> T:
        return self.patience.insist(f"{doing} node {self.node_run.node} of run {self.run.pk}", action)

    def _look_up(self) -> Work | list[NodeRun]:
        """What is to be computed; else the node run is settled, and these are free."""
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
            return Work(spec, inputs, key)
        with store().keeping():
            known = find_known(key)
            free = self._take(known, key) if known and not known.lost else None
        if free is not None:
            return replay(self.run, free)
        return Work(spec, inputs, key, known.lost if known else None)

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

    def _compute(self, work: Work) -> list[NodeRun]:
        try:
            may = wished(self.node_run.plan.get("limits", {}), bounds())
        except ValueError as problem:
            self._fail("LimitRefused", str(problem))
            return []
        buffer, badge = LogBuffer(may.log_bytes, self._log_writer()), Badge(self.node_run)
        drafts = store().new_drafts()
        work.began = time.monotonic()
        try:
            job = self._insist("preparing", lambda: self._job(work, may))
            give_back()
            outcome = self.sandbox.run(job, drafts, self.cancelled, buffer.log, badge.say)
            badge.close()
            work.printed = self._insist("writing the log of", buffer.finish)
            self.node_run.peak_bytes = outcome.peak_bytes
            if outcome.cancelled or self.cancelled.is_set():
                self._stopped()
                return []
            if outcome.failure:
                self._failed(outcome, outcome.failure, work)
                return []
            work.computed = time.monotonic()
            return self._insist("committing", lambda: self._commit(outcome, work))
        finally:
            badge.close()
            buffer.close()
            shutil.rmtree(drafts, ignore_errors=True)

    def _job(self, work: Work, may: Limits) -> Job:
        why = why_it_runs(self.node_run, work.spec, self.sources, work.lost)
        work.reason = why.reason
        self.node_run.cause = why.cause and why.cause.as_json()
        return Job(
            verb="node",
            args={"module": work.spec.slug, "params": self.node_run.plan["params"]},
            inputs={port: as_input(artifact) for port, artifact in work.inputs.items()},
            limits=may,
        )

    def _found_no_room(self) -> None:
        """Another worker may have room, or this one later; after some tries it fails, for that reason."""
        if self.node_run.attempt < recorder.TIMES:
            self._insist("giving back", lambda: recorder.give_back(self.node_run))
        else:
            self._fail("DiskFull", disk_room.told())

    def _failed(self, outcome: Outcome, failure: Failure, work: Work) -> None:
        if failure.type == TEMPLATE_DIED:
            self._insist("giving back", lambda: recorder.give_back(self.node_run, died=True))
            return
        if disk_room.is_full():
            self._found_no_room()
            return
        spent = {"total": time.monotonic() - work.began}
        self._insist(
            "telling the failure of",
            lambda: recorder.fail(
                self.node_run,
                failure.model_dump(),
                reason=work.reason,
                key=work.key,
                timings={**self._queued(), **outcome.timings, **spent},
            ),
        )
        self._say_alive()

    def _commit(self, outcome: Outcome, work: Work) -> list[NodeRun]:
        """Keeps what was computed; it may be called again with the same."""
        with store().keeping():
            artifacts, hashing = store().keep_all(outcome.outputs, outcome.drafts, work.names)
            now = time.monotonic()
            keeping = now - work.computed - hashing
            free = recorder.finish(
                self.node_run,
                artifacts,
                key=work.key,
                seconds=now - work.began,
                log=work.printed,
                timings={
                    **self._queued(),
                    **outcome.timings,
                    "hashing": hashing,
                    "keeping": keeping,
                    "total": now - work.began,
                },
                reason=work.reason,
                repeats=work.spec.repeats(self.node_run.plan["params"]),
                go_on=self.go_on,
            )
        self._say_alive()
        return free

    def _say_alive(self) -> None:
        """Where somebody else took the node run, since this worker was silent: that was no death."""
        if self.node_run.state == State.RUNNING:
            recorder.was_no_death(self.node_run)

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
            self._insist("giving back", lambda: recorder.give_back(self.node_run))
        else:
            self._insist("cancelling", lambda: recorder.cancelled(self.node_run))
            self._insist("cancelling", self._say_alive)

    def _fail(self, type: str, message: str, param: str | None = None) -> None:
        told = Failure(type=type, message=message, param=param).model_dump()
        self._insist("telling the failure of", lambda: recorder.fail(self.node_run, told))


def _gave(source: NodeRun, artifact: Artifact) -> bool:
    return source.outputs.filter(artifact=artifact).exists()


def _repeats(node_run: NodeRun) -> bool:
    spec = find(node_run.plan["module"])
    return spec is not None and spec.repeats(node_run.plan["params"])
