"""Every change of a run's state, one transaction each. Nothing else (beside `cache_hits`, and `dependents`
for both) writes it.

A node run's change is a compare-and-set on its state and attempt: a worker that lost its claim
changes nothing. Whatever changed is published once the transaction has committed.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import F, Q

from studio.artifacts.folder import write_down
from studio.artifacts.models import Artifact
from studio.database.clock import clock
from studio.runs.change import Change
from studio.runs.dependents import all_below, set_free
from studio.runs.logs import Piece
from studio.runs.models import UNDER_WAY, CachedResult, NodeRun, Output, Run, State
from studio.runs.plan import describe_skip
from studio.runs.reasons import LOST
from studio.text import without_nul

LEASE = timedelta(seconds=15)

TIMES = 3
"""Attempts after which a lost result is not made again in the same run."""

DEATHS = 3
"""Workers that may die over one node run, or fall silent, before it is taken for the cause."""


class Claim(NamedTuple):
    """A node run that this worker wants next."""

    node_run: NodeRun
    worker: str


class Freed(NamedTuple):
    """What a commit set free. `claimed`: whether the claim that was asked for is part of it."""

    free: list[NodeRun]
    claimed: bool = False


def claim(node_run: NodeRun, worker: str) -> bool:
    """Takes a waiting node run for this worker. False if another worker was quicker."""
    # The run is locked first: a condition on another table is no compare-and-set in PostgreSQL.
    with Change(node_run.run_id) as change:
        return claim_within(change, node_run, worker)


def claim_within(change: Change, node_run: NodeRun, worker: str) -> bool:
    """Takes a waiting node run for this worker, as a part of another change of its run. False if another
    worker was quicker, or if the run is to end."""
    now = clock.now()
    if change.run.cancel_requested or not change.move(
        node_run,
        State.QUEUED,
        state=State.RUNNING,
        attempt=node_run.attempt + 1,
        worker=worker,
        lease=now + LEASE,
        started=now,
        progress=None,
        paused=None,
    ):
        return False
    node_run.run = change.run
    change.set_run(served=now)
    if change.run.state == State.QUEUED:
        change.move_run(State.RUNNING, started=now)
    change.tell_node(node_run)
    return True


def renew(node_runs: Iterable[int], worker: str) -> None:
    """Holds the leases of node runs that are still under way."""
    NodeRun.objects.filter(pk__in=list(node_runs), worker=worker, state=State.RUNNING).update(
        lease=clock.now() + LEASE
    )


def progress(node_run: NodeRun, fraction: float) -> None:
    """Tells how far a running node is, from 0 to 1."""
    with Change(node_run.run_id) as change:
        if change.move(node_run, State.RUNNING, progress=fraction):
            change.tell_node(node_run)


def pause(node_run: NodeRun, paused: bool) -> None:
    """Tells that a running node is paused by its debugger, or goes on. It keeps its lease."""
    with Change(node_run.run_id) as change:
        if change.move(node_run, State.RUNNING, paused=clock.now() if paused else None):
            change.tell_node(node_run)


def finish(
    node_run: NodeRun,
    outputs: Mapping[str, Artifact],
    *,
    reason: str,
    key: str = "",
    seconds: float = 0.0,
    log: Sequence[Piece] = (),
    timings: dict[str, float] | None = None,
    repeats: bool = True,
    then: Claim | None = None,
) -> Freed:
    """Commits a result, once. `outputs`: artifacts by port; their rows are written with it.

    The node run's `basis`, `cause` and `peak_bytes` are written as they are. Where it `repeats`, the cache
    remembers it. `then`: the node run of the same run with which this worker goes on, if it may be claimed.
    It may be done again after a commit of which this worker did not hear: nothing is doubled.
    """
    began = time.monotonic()
    said = {"basis": node_run.basis, "cause": node_run.cause, "peak_bytes": node_run.peak_bytes}
    with Change(node_run.run_id) as change:
        write_down(outputs.values())
        if key and repeats:
            _remember(change.run, key, outputs, seconds, log)
        if timings:
            timings = {**timings, "committing": time.monotonic() - began}
        said |= {"reason": reason, "key": key, "timings": timings or {}}
        if not _settle(change, node_run, State.FINISHED, **said):
            freed = Freed([], then is not None and _is_held(then))
            transaction.set_rollback(True)
            return freed
        Output.objects.bulk_create(
            Output(node_run=node_run, port=port, artifact=artifact) for port, artifact in outputs.items()
        )
        free = set_free([node_run.pk], _waiting_for(node_run, then))
        change.tell_node(node_run, outputs)
        claimed = then is not None and claim_within(change, *then)
        if not claimed and not free:
            end_run_if_done(change)
    return Freed(free, claimed)


def _is_held(claim: Claim) -> bool:
    """Whether an earlier try made the claim, without this worker hearing of it."""
    node_run, worker = claim
    mine = {"state": State.RUNNING, "worker": worker, "attempt": node_run.attempt + 1}
    found = NodeRun.objects.filter(pk=node_run.pk, **mine).first()
    if found is None:
        return False
    for name in ("state", "worker", "attempt", "lease", "started", "waiting", "progress"):
        setattr(node_run, name, getattr(found, name))
    return True


def _waiting_for(node_run: NodeRun, then: Claim | None) -> NodeRun | None:
    """The node run that is to be claimed next, if it waits for this one and for no other."""
    if then is None or then.node_run.waiting != 1:
        return None
    above = {node for node, _ in then.node_run.plan["inputs"].values()}
    return then.node_run if above == {node_run.node} else None


def _remember(
    run: Run, key: str, outputs: Mapping[str, Artifact], seconds: float, log: Sequence[Piece]
) -> None:
    result = CachedResult(
        key=key,
        outputs={port: artifact.pk for port, artifact in outputs.items()},
        printed=[*log],
        seconds=seconds,
        run_number=run.number,
        experiment_id=run.experiment_id,
    )
    said = ["outputs", "printed", "seconds", "run_number", "experiment"]
    CachedResult.objects.bulk_create(
        [result], update_conflicts=True, unique_fields=["key"], update_fields=said
    )


def fail(
    node_run: NodeRun,
    error: dict[str, Any],
    *,
    reason: str = "",
    key: str = "",
    timings: dict[str, float] | None = None,
) -> None:
    """Commits a failure; every node below is skipped."""
    with Change(node_run.run_id) as change:
        said = {"basis": node_run.basis, "cause": node_run.cause, "peak_bytes": node_run.peak_bytes}
        _fail(change, node_run, error=error, reason=reason, key=key, timings=timings or {}, **said)


def cancelled(node_run: NodeRun) -> None:
    """Commits that a running node was stopped."""
    with Change(node_run.run_id) as change:
        if _settle(change, node_run, State.CANCELLED, reason="cancelled while it ran"):
            change.tell_node(node_run)
        end_run_if_done(change)


def cancel(run: Run) -> None:
    """Asks for the end of a run: what waits is cancelled now, what runs is stopped by its worker."""
    with Change(run.pk) as change:
        if change.run.state not in UNDER_WAY:
            return
        change.set_run(cancel_requested=True)
        for node_run in change.run.nodes.filter(state=State.QUEUED):
            if _settle(change, node_run, State.CANCELLED, reason="cancelled before it ran"):
                change.tell_node(node_run)
        end_run_if_done(change)


def give_back(
    node_run: NodeRun, *, died: bool = False, silent: bool = False, unless_renewed: bool = False
) -> bool:
    """Offers a node run again whose worker stopped, died, or fell silent: after the third time that it died
    or fell silent the node run fails instead.

    unless_renewed: not where the lease has moved since it was read, which shows that its worker lives.
    """
    with Change(node_run.run_id) as change:
        if change.run.cancel_requested:
            if _settle(change, node_run, State.CANCELLED, reason="cancelled while it ran"):
                change.tell_node(node_run)
            end_run_if_done(change)
            return False
        held = {"lease": node_run.lease} if unless_renewed else {}
        deaths = node_run.deaths + (died or silent)
        if deaths >= DEATHS:
            _fail(change, node_run, held, error=_worker_died(deaths, silent), deaths=deaths)
            return False
        back = change.move(
            node_run,
            State.RUNNING,
            held,
            state=State.QUEUED,
            worker="",
            lease=None,
            started=None,
            deaths=deaths,
            waiting=node_run.sources.exclude(state=State.FINISHED).count(),
        )
        if back:
            change.tell_node(node_run)
    return back


def was_no_death(node_run: NodeRun) -> None:
    """Takes back that this claim's worker was counted as dead: it lives, and was only out of reach."""
    with Change(node_run.run_id):
        taken = Q(attempt__gt=node_run.attempt) | Q(attempt=node_run.attempt, state=State.QUEUED)
        mine = NodeRun.objects.filter(taken, pk=node_run.pk, state__in=UNDER_WAY, deaths__gt=0)
        mine.update(deaths=F("deaths") - 1)


def make_again(node_run: NodeRun, sources: Collection[NodeRun]) -> bool:
    """Offers finished node runs again whose result is lost, and after them this one, which needs it.

    False where one of them was tried too often. Whatever else waits below them waits for them once more.
    """
    if not sources or any(source.attempt >= TIMES for source in sources):
        return False
    with Change(node_run.run_id) as change:
        if change.run.cancel_requested:
            return False
        back = {"state": State.QUEUED, "worker": "", "lease": None, "started": None}
        for source in sources:
            if change.move(source, State.FINISHED, **back, cached=False, finished=None, reason=LOST):
                source.outputs.all().delete()
                source.targets.filter(state=State.QUEUED).update(waiting=F("waiting") + 1)
                change.tell_node(source)
        waiting = node_run.sources.exclude(state=State.FINISHED).count()
        if change.move(node_run, State.RUNNING, **back, waiting=waiting):
            change.tell_node(node_run)
    return True


def _fail(
    change: Change,
    node_run: NodeRun,
    held: Mapping[str, Any] | None = None,
    *,
    error: dict[str, Any],
    **said: Any,
) -> None:
    if not _settle(change, node_run, State.FAILED, held, error=without_nul(error), **said):
        return
    change.tell_node(node_run)
    for other in all_below(node_run):
        if _settle(change, other, State.SKIPPED, reason=describe_skip(node_run.title)):
            change.tell_node(other)
    end_run_if_done(change)


def _worker_died(times: int, silent: bool) -> dict[str, Any]:
    if silent:
        return {
            "type": "WorkerLost",
            "message": f"Studio lost the worker that ran this node {times} times, so the node is not tried "
            "again. The last one was heard of no more: its machine stopped, or it reached the database no "
            "longer. See that machine's log and its connection, then run again.",
        }
    return {
        "type": "WorkerDied",
        "message": f"The worker died {times} times while it ran this node, so it is not tried again. "
        "Most likely the machine ran out of memory: give the node less data, or lower STUDIO_WORKERS. "
        "See the worker's log.",
    }


def _settle(
    change: Change, node_run: NodeRun, state: State, held: Mapping[str, Any] | None = None, **said: Any
) -> bool:
    """From the state and attempt (and `held`) that were read to a final state."""
    return change.move(node_run, node_run.state, held, state=state, finished=clock.now(), lease=None, **said)


def end_run_if_done(change: Change) -> None:
    if change.run.nodes.filter(state__in=UNDER_WAY).exists():
        return
    states = set(change.run.nodes.values_list("state", flat=True))
    state = (
        State.FAILED
        if State.FAILED in states and not change.run.cancel_requested
        else State.CANCELLED
        if State.CANCELLED in states
        else State.FAILED
        if State.FAILED in states
        else State.FINISHED
    )
    if change.run.state in UNDER_WAY:
        change.move_run(state, finished=clock.now())
