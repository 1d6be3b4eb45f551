"""Every change of a run's state, one transaction each. Nothing else writes the state of runs.

A node run's change is a compare-and-set on its state and attempt: a worker that lost its claim
changes nothing. Whatever changed is published once the transaction has committed.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from studio.artifacts.models import Artifact
from studio.live import publish
from studio.runs.events import NodeEvent, RunEvent
from studio.runs.models import UNDER_WAY, CachedResult, NodeRun, Output, Run, State
from studio.runs.plan import describe_skip
from studio.runs.snapshot import node_entry, run_head
from studio.text import without_nul

LEASE = timedelta(seconds=15)


def claim(node_run: NodeRun, worker: str) -> bool:
    """Takes a waiting node run for this worker. False where somebody was quicker."""
    now = timezone.now()
    with transaction.atomic():
        # The run is locked first: a condition on another table is no compare-and-set in PostgreSQL.
        if _lock(node_run.run_id).cancel_requested:
            return False
        taken = NodeRun.objects.filter(
            pk=node_run.pk, state=State.QUEUED, waiting=0, attempt=node_run.attempt
        ).update(state=State.RUNNING, attempt=F("attempt") + 1, worker=worker, lease=now + LEASE, started=now)
        if not taken:
            return False
        node_run.refresh_from_db()
        first = Run.objects.filter(pk=node_run.run_id, state=State.QUEUED).update(
            state=State.RUNNING, started=now
        )
        if first:
            _tell_run(node_run.run_id)
        _tell_node(node_run)
    return True


def renew(node_runs: Iterable[int], worker: str) -> None:
    """Holds the leases of node runs that are still under way."""
    NodeRun.objects.filter(pk__in=list(node_runs), worker=worker, state=State.RUNNING).update(
        lease=timezone.now() + LEASE
    )


def finish(
    node_run: NodeRun,
    outputs: dict[str, str],
    *,
    reason: str,
    key: str = "",
    cached: bool = False,
    seconds: float = 0.0,
    log: str = "",
    timings: dict[str, float] | None = None,
) -> list[NodeRun]:
    """Commits a result, once, and says which node runs it set free. `outputs`: artifact ids by port."""
    with transaction.atomic():
        run = _lock(node_run.run_id)
        if not _settle(
            node_run, State.FINISHED, reason=reason, key=key, cached=cached, timings=timings or {}
        ):
            return []
        Output.objects.filter(node_run=node_run).delete()
        Output.objects.bulk_create(
            Output(node_run=node_run, port=port, artifact_id=artifact) for port, artifact in outputs.items()
        )
        if key and not cached:
            CachedResult.objects.update_or_create(
                key=key,
                defaults={
                    "outputs": outputs,
                    "log": log,
                    "seconds": seconds,
                    "run_number": run.number,
                    "experiment_id": run.experiment_id,
                },
            )
        _tell_node(node_run)
        below = list(node_run.targets.filter(state=State.QUEUED).values_list("pk", flat=True))
        NodeRun.objects.filter(pk__in=below).update(waiting=F("waiting") - 1)
        free = list(NodeRun.objects.filter(pk__in=below, waiting=0))
        _end_run_if_done(run)
    return free


def fail(
    node_run: NodeRun,
    error: dict[str, Any],
    *,
    reason: str = "",
    key: str = "",
    timings: dict[str, float] | None = None,
) -> None:
    """Commits a failure; every node below is skipped."""
    with transaction.atomic():
        run = _lock(node_run.run_id)
        if not _settle(
            node_run, State.FAILED, error=without_nul(error), reason=reason, key=key, timings=timings or {}
        ):
            return
        _tell_node(node_run)
        for other in _below(node_run):
            if _settle(other, State.SKIPPED, reason=describe_skip(node_run.node)):
                _tell_node(other)
        _end_run_if_done(run)


def cancelled(node_run: NodeRun) -> None:
    """Commits that a running node was stopped."""
    with transaction.atomic():
        run = _lock(node_run.run_id)
        if _settle(node_run, State.CANCELLED, reason="cancelled while it ran"):
            _tell_node(node_run)
        _end_run_if_done(run)


def cancel(run: Run) -> None:
    """Asks for the end of a run: what waits is cancelled now, what runs is stopped by its worker."""
    with transaction.atomic():
        run = _lock(run.pk)
        if run.state not in UNDER_WAY:
            return
        Run.objects.filter(pk=run.pk).update(cancel_requested=True)
        for node_run in run.nodes.filter(state=State.QUEUED):
            _settle(node_run, State.CANCELLED, reason="cancelled before it ran")
            _tell_node(node_run)
        _end_run_if_done(run)


def give_back(node_run: NodeRun) -> bool:
    """Offers a node run again whose worker went away."""
    with transaction.atomic():
        run = _lock(node_run.run_id)
        if run.cancel_requested:
            if _settle(node_run, State.CANCELLED, reason="cancelled while it ran"):
                _tell_node(node_run)
            _end_run_if_done(run)
            return False
        back = NodeRun.objects.filter(
            pk=node_run.pk, state=State.RUNNING, attempt=node_run.attempt, lease=node_run.lease
        ).update(state=State.QUEUED, worker="", lease=None, started=None)
        if back:
            node_run.refresh_from_db()
            _tell_node(node_run)
    return bool(back)


def artifacts_of(run: Run, sources: dict[str, tuple[str, str]]) -> dict[str, Artifact]:
    """The artifacts on these ports of a run's nodes, by the name given; ports left empty are left out."""
    nodes = {node for node, _ in sources.values()}
    found = {
        (o.node_run.node, o.port): o.artifact
        for o in Output.objects.filter(node_run__run=run, node_run__node__in=nodes).select_related(
            "artifact", "node_run"
        )
    }
    return {name: found[source] for name, source in sources.items() if source in found}


def _below(node_run: NodeRun) -> list[NodeRun]:
    """All node runs that depend on this one and have not started."""
    found: dict[int, NodeRun] = {}
    edge = [node_run]
    while edge:
        edge = [
            other
            for other in NodeRun.objects.filter(sources__in=edge, state=State.QUEUED).distinct()
            if other.pk not in found
        ]
        found.update((other.pk, other) for other in edge)
    return list(found.values())


def _lock(run_id: str) -> Run:
    return Run.objects.select_for_update().get(pk=run_id)


def _settle(node_run: NodeRun, state: State, **changes: Any) -> bool:
    """Compare-and-set: from the state and attempt that were read to a final state."""
    done = NodeRun.objects.filter(pk=node_run.pk, state=node_run.state, attempt=node_run.attempt).update(
        state=state, finished=timezone.now(), lease=None, **changes
    )
    if done:
        node_run.refresh_from_db()
    return bool(done)


def _end_run_if_done(run: Run) -> None:
    states = set(run.nodes.values_list("state", flat=True))
    if states & set(UNDER_WAY):
        return
    asked = Run.objects.values_list("cancel_requested", flat=True).get(pk=run.pk)
    state = (
        State.FAILED
        if State.FAILED in states and not asked
        else State.CANCELLED
        if State.CANCELLED in states
        else State.FAILED
        if State.FAILED in states
        else State.FINISHED
    )
    now = timezone.now()
    if Run.objects.filter(pk=run.pk, state__in=UNDER_WAY).update(state=state, finished=now):
        _tell_run(run.pk)


def _next_seq(run_id: str) -> Run:
    Run.objects.filter(pk=run_id).update(seq=F("seq") + 1)
    return Run.objects.get(pk=run_id)


def _tell_node(node_run: NodeRun) -> None:
    run = _next_seq(node_run.run_id)
    entry = node_entry(node_run)
    publish(run.experiment_id, NodeEvent(run=run.id, node=node_run.node, seq=run.seq, **entry.model_dump()))


def _tell_run(run_id: str) -> None:
    run = _next_seq(run_id)
    publish(run.experiment_id, RunEvent(run=run_head(run)))
