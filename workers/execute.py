"""One node run, from its claim to its commit."""

from __future__ import annotations

import logging
import shutil
import threading
import time

from modules.registry import find
from modules.sdk.declare import ModuleSpec
from modules.sdk.manifest import objects
from studio.artifacts.models import Artifact
from studio.artifacts.store import store
from studio.datasets.lookup import find_dataset
from studio.runs import recorder
from studio.runs.logs import LogWriter
from studio.runs.models import CachedResult, NodeRun, Run
from workers.jobs import ArtifactGone, allowed, as_input
from workers.keys import result_key
from workers.logs import LogBuffer
from workers.sandbox.deaths import TEMPLATE_DIED
from workers.sandbox.job import Failure, Job
from workers.sandbox.parent import Sandbox

log = logging.getLogger(__name__)


class Execution:
    """A claimed node run. `cancelled` is set to stop it; `stopping` says that the worker itself stops."""

    def __init__(self, node_run: NodeRun, sandbox: Sandbox) -> None:
        self.node_run, self.sandbox = node_run, sandbox
        self.run: Run = node_run.run
        self.cancelled = threading.Event()
        self.stopping = False

    def carry_out(self) -> list[NodeRun]:
        """Runs the node, or takes it from the cache, and commits. Gives the node runs that it set free."""
        try:
            return self._carry_out()
        except ArtifactGone as gone:
            self._fail(
                "ArtifactGone",
                f"An input is no longer in the store ({gone}). Run again: it is computed anew.",
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
        inputs = recorder.artifacts_of(
            self.run, {port: (node, source) for port, (node, source) in plan["inputs"].items()}
        )
        for port in spec.inputs:
            if port.name in plan["inputs"] and port.name not in inputs and not port.optional:
                node, source = plan["inputs"][port.name]
                self._fail(
                    "MissingInput",
                    f"Nothing came to the input {port.label!r}: {node} left nothing on {source!r}.",
                )
                return []
        key = result_key(spec, plan["params"], {port: artifact.id for port, artifact in inputs.items()})
        if spec.deterministic and not self.run.force and (found := self._known(key)):
            known, outputs = found
            self._log_writer().write(known.printed)
            return recorder.finish(
                self.node_run,
                outputs,
                cached=True,
                key=key,
                reason=f"cached: same inputs as in run {known.run_number}, saved {known.seconds:.1f} s",
            )
        return self._compute(spec, inputs, key)

    def _refer(self, spec: ModuleSpec) -> list[NodeRun]:
        """A node that stands for a dataset: its output *is* the dataset's artifact."""
        name = self.node_run.plan["params"][spec.reference]
        dataset = find_dataset(self.run.experiment.owner_id, name)
        if dataset is None or dataset.artifact is None:
            self._fail(
                "UnknownDataset",
                f"There is no dataset {name!r} that is ready. Upload it, or choose another.",
                param=spec.reference,
            )
            return []
        reason = f"{dataset.name}, version {dataset.version}, passed on as it is"
        return recorder.finish(self.node_run, {spec.outputs[0].name: dataset.artifact}, reason=reason)

    def _known(self, key: str) -> tuple[CachedResult, dict[str, Artifact]] | None:
        """An earlier result of this key and its artifacts, if all of their files are still there."""
        known = CachedResult.objects.filter(key=key).first()
        if known is None:
            return None
        artifacts = Artifact.objects.in_bulk(list(known.outputs.values()))
        whole = len(artifacts) == len(set(known.outputs.values())) and all(
            store().has(objects(artifact.read())) for artifact in artifacts.values()
        )
        return (known, {port: artifacts[id] for port, id in known.outputs.items()}) if whole else None

    def _compute(self, spec: ModuleSpec, inputs: dict[str, Artifact], key: str) -> list[NodeRun]:
        buffer = LogBuffer(allowed().log_bytes, self._log_writer())
        drafts = store().new_drafts()
        began = time.monotonic()
        try:
            job = Job(
                verb="node",
                args={"module": spec.slug, "params": self.node_run.plan["params"]},
                inputs={port: as_input(artifact) for port, artifact in inputs.items()},
                limits=allowed(),
            )
            outcome = self.sandbox.run(job, drafts, self.cancelled, buffer.log)
            printed = buffer.finish()
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
                    reason=self._why_ran(),
                    key=key,
                    timings=outcome.timings,
                )
                return []
            kept = time.monotonic()
            artifacts = store().keep_all(outcome.outputs, drafts)
            seconds = time.monotonic() - began
            timings = {**outcome.timings, "keeping": time.monotonic() - kept, "total": seconds}
            return recorder.finish(
                self.node_run,
                artifacts,
                key=key,
                seconds=seconds,
                log=printed,
                timings=timings,
                reason=self._why_ran(),
            )
        finally:
            buffer.close()
            shutil.rmtree(drafts, ignore_errors=True)

    def _log_writer(self) -> LogWriter:
        return LogWriter(self.node_run, self.run.experiment_id, allowed().log_bytes)

    def _why_ran(self) -> str:
        return (
            "ran: run anyway was asked"
            if self.run.force
            else "ran: no earlier result for these params and inputs"
        )

    def _stopped(self) -> None:
        if self.stopping:
            recorder.give_back(self.node_run)
        else:
            recorder.cancelled(self.node_run)

    def _fail(self, type: str, message: str, param: str | None = None) -> None:
        recorder.fail(self.node_run, Failure(type=type, message=message, param=param).model_dump())
