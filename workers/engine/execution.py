"""One node run, from its claim to its commit."""

from __future__ import annotations

import errno
import logging
import threading
import time
from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeVar

from modules.registry import find
from modules.sdk.declare import ModuleSpec
from studio.artifacts.models import Artifact
from studio.artifacts.store import store
from studio.database.pool import give_back
from studio.errors import Unavailable
from studio.runs import recorder
from studio.runs.cache_hits import Hit
from studio.runs.line_values import keep_lines
from studio.runs.logs import LogWriter
from studio.runs.models import NodeRun, Run, State
from workers.data.datasets import NotReady, ready_dataset
from workers.data.sandbox_input import ArtifactGone, bounds
from workers.engine import disk_room
from workers.engine.attempt import Attempt
from workers.engine.debugging import wish_of
from workers.engine.patience import AWAY, Patience
from workers.engine.policy import Policy
from workers.engine.replay import Replay
from workers.engine.run_reasons import why_it_runs
from workers.engine.slots import HeldSlot
from workers.engine.source_mark import source_mark
from workers.engine.work import CannotRun, Work, dataset_hit, find_spec, find_work, pinned_hit
from workers.environments.ready import Missing, make_ready
from workers.environments.steps import Cancelled
from workers.sandbox.deaths import TEMPLATE_DIED
from workers.sandbox.job import Failure, Outcome
from workers.sandbox.parent import Sandbox

log = logging.getLogger(__name__)


T = TypeVar("T")


class Done(NamedTuple):
    """What a node run's end led to: the node runs that are free, and the execution of the one that this
    worker has claimed, its child under way already."""

    free: list[NodeRun]
    next: Execution | None = None


NOTHING = Done([])


class Execution:
    """A node run that this worker has claimed, or is about to claim. `cancelled` is set if it is cancelled.
    `policy` says with which node run the worker goes on. `sources`: the node runs that left its inputs."""

    def __init__(self, node_run: NodeRun, sandbox: Sandbox, patience: Patience, policy: Policy) -> None:
        self.node_run, self.sandbox, self.patience, self.policy = node_run, sandbox, patience, policy
        self.run: Run = node_run.run
        self.cancelled = threading.Event()
        self.stopping = False
        self.sources: dict[str, NodeRun] = {}
        self.attempt: Attempt | None = None
        self.slot: HeldSlot | None = None
        """Of a debugged node run alone: others share their worker's."""

    def carry_out(self) -> Done:
        """Runs the node, or takes its result from the cache, and commits.

        If the database or the store is away for longer than a worker tries, it gives the node run up: the
        watchdog offers it again once the database answers.
        """
        try:
            return self._or_fail()
        except AWAY as error:
            log.error("node %s of run %s is given up: %s", self.node_run.node, self.run.pk, error)
        finally:
            if self.attempt:
                self.attempt.close()
        return NOTHING

    def _or_fail(self) -> Done:
        try:
            return self._carry_out()
        except Cancelled:
            self._stopped()
        except CannotRun as problem:
            self._fail(problem.type, str(problem), problem.param)
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
                return NOTHING
            log.exception("node %s of run %s", self.node_run.node, self.run.pk)
            self._fail(
                type(error).__name__, f"Studio itself failed at this node: {error}. See the worker's log."
            )
        return NOTHING

    def _carry_out(self) -> Done:
        attempt = self.attempt
        if attempt is None:
            self._wait_for_environment()
            found = self._insist("looking up", self._look_up)
            if isinstance(found, Hit):
                self.node_run.timings = self._queued()
                return Done(self._replay(found))
            attempt = self._insist("preparing", lambda: self.begin(found))
        attempt.write_log(self._insist("opening the log of", self._open_log))
        self._insist("giving the reason of", lambda: self._say_why(attempt.work))
        give_back()
        outcome = attempt.wait(self._insist)
        self.node_run.peak_bytes = outcome.peak_bytes
        if outcome.lines:
            told = [line.model_dump(exclude_defaults=True) for line in outcome.lines]
            self._insist("keeping the lines of", lambda: keep_lines(self.node_run, told))
        if outcome.cancelled or self.cancelled.is_set():
            self._stopped()
        elif outcome.failure:
            self._failed(attempt, outcome, outcome.failure)
        else:
            return self._keep(attempt, outcome)
        return NOTHING

    def _open_log(self) -> LogWriter:
        return LogWriter(self.node_run, self.run.watchers, bounds().most.log_bytes)

    def _look_up(self) -> Work | Hit:
        """What a child has to compute; the result, if none has to."""
        if pinned := self.node_run.plan.get("pinned"):
            return self._pinned(pinned)
        if (spec := find_spec(self.node_run)).reference:
            return self._dataset(spec, spec.reference)
        work = find_work(self.node_run, mark=source_mark(self.node_run, spec, self.sandbox, self.cancelled))
        self.sources = work.sources
        return work.hit or work

    def _wait_for_environment(self) -> None:
        """Builds it, if nobody else does; what becomes of it is looked up afterwards."""
        if self.node_run.plan.get("environment"):
            try:
                make_ready(self.node_run.plan, self.sandbox, self.cancelled)
            except Missing as problem:
                raise CannotRun("EnvironmentMissing", str(problem), "environment") from None

    def _dataset(self, spec: ModuleSpec, param: str) -> Hit:
        """What the node's dataset holds; read anew from its file if that is damaged."""
        plan = self.node_run.plan
        try:
            found = ready_dataset(plan.get("dataset"), plan["params"][param], self.sandbox)
        except NotReady as problem:
            raise CannotRun("UnknownDataset", str(problem), param) from None
        return dataset_hit(self.node_run, spec, *found)

    def _pinned(self, by_port: Mapping[str, str]) -> Hit:
        title = self.node_run.title
        try:
            held = {port: ready_dataset(id, f"{title}.{port}", self.sandbox) for port, id in by_port.items()}
        except NotReady as problem:
            raise CannotRun("UnknownDataset", f"{title} is pinned. {problem}") from None
        return pinned_hit(self.node_run, held)

    def begin(self, work: Work) -> Attempt:
        """Starts the child, perhaps before the node run is claimed. CannotRun if a limit is refused."""
        self.sources = work.sources
        self.attempt = Attempt(work, self.sandbox, self.cancelled, self.slot)
        return self.attempt

    def _insist(self, doing: str, action: Callable[[], T]) -> T:
        return self.patience.insist(f"{doing} node {self.node_run.node} of run {self.run.pk}", action)

    def _say_why(self, work: Work) -> None:
        why = why_it_runs(self.node_run, work.spec, work.sources, work.lost)
        work.reason = why.reason
        self.node_run.cause = why.cause and why.cause.as_json()

    def _keep(self, attempt: Attempt, outcome: Outcome) -> Done:
        """Keeps what was computed, and commits it once the child of the next node run is under way."""
        computed = time.monotonic()
        following = None
        try:
            with store().keeping():
                artifacts, hashing = self._insist(
                    "keeping the results of",
                    lambda: store().keep_files(outcome.outputs, outcome.drafts, attempt.names),
                )
                keeping = time.monotonic() - computed - hashing
                following = self._follow(artifacts)
                timings = {**outcome.timings, "hashing": hashing, "keeping": keeping}
                freed = self._commit(attempt, artifacts, timings, following)
            self._say_alive()
            if following and freed.claimed:
                claimed, following = following, None
                return Done([one for one in freed.free if one.pk != claimed.node_run.pk], claimed)
            return Done(self._replay() if freed.free else [])
        finally:
            if following:
                following.drop()

    def _commit(
        self,
        attempt: Attempt,
        artifacts: dict[str, Artifact],
        timings: dict[str, float],
        following: Execution | None,
    ) -> recorder.Freed:
        """Commits the result, and with it the claim of the node run that follows."""
        seconds = time.monotonic() - attempt.began
        then = recorder.Claim(following.node_run, self.policy.worker) if following else None
        return self._insist(
            "committing",
            lambda: recorder.finish(
                self.node_run,
                artifacts,
                key=self.node_run.key,
                seconds=seconds,
                log=attempt.printed,
                timings={**self._queued(), **timings, "total": seconds},
                reason=attempt.work.reason,
                repeats=attempt.work.repeats,
                then=then,
            ),
        )

    def _follow(self, artifacts: dict[str, Artifact]) -> Execution | None:
        """The execution of the node run that is next, its child under way; it is claimed with this one's
        commit. None if there is none, or if more is to be done for it than to start a child."""
        following = None
        try:
            best = None if wish_of(self.node_run) else self.policy.next_after(self.node_run)
            if best is None:
                return None
            following = Execution(best, self.sandbox, self.patience, self.policy)
            spec = find_spec(best)
            waits = spec.reference or spec.marks or "pinned" in best.plan
            if not waits and wish_of(best) is None:
                work = find_work(best, made=(self.node_run, artifacts))
                if work.hit is None and best.key != self.node_run.key:
                    following.begin(work)
                    return following
        except Exception as error:  # whatever it is: it comes up again when the node run is carried out
            log.info("node %s is not begun early: %s", self.node_run.node, error)
        if following:
            following.drop()
        return None

    def _replay(self, hit: Hit | None = None) -> list[NodeRun]:
        return self._insist("passing on what stands below", Replay(self.run, hit))

    def drop(self) -> None:
        """Ends the child of a node run that this worker did not get."""
        self.cancelled.set()
        self.policy.room.leave(self.node_run)
        if self.attempt:
            self.attempt.close()

    def _found_no_room(self) -> None:
        """Another worker may have room, or this one later; after some tries it fails, for that reason."""
        if self.node_run.attempt < recorder.TIMES:
            self._insist("giving back", lambda: recorder.give_back(self.node_run))
        else:
            self._fail("DiskFull", disk_room.told())

    def _failed(self, attempt: Attempt, outcome: Outcome, failure: Failure) -> None:
        if failure.type == TEMPLATE_DIED:
            self._insist("giving back", lambda: recorder.give_back(self.node_run, died=True))
            return
        if disk_room.is_full():
            self._found_no_room()
            return
        spent = {"total": time.monotonic() - attempt.began}
        self._insist(
            "telling the failure of",
            lambda: recorder.fail(
                self.node_run,
                failure.model_dump(),
                reason=attempt.work.reason,
                key=self.node_run.key,
                timings={**self._queued(), **outcome.timings, **spent},
            ),
        )
        self._say_alive()

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
