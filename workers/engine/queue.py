"""Which node runs may be claimed now, best first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from django.db.models import QuerySet

from studio.runs.models import UNDER_WAY, NodeRun, Run, State

FEW = 16
"""Runs looked at for something free, and free node runs counted."""


def next_free(run_id: str | None = None) -> Iterator[NodeRun]:
    """Node runs that may be claimed, best first: of each run its first, the least busy runs before others,
    and of these the one that has waited for longest.

    Each is read when it is asked for: mostly the first one is taken. However many runs wait, no more are
    looked at than may be better than the few that are told.
    """
    free = (first_free(run) for run in ([run_id] if run_id else _best_runs()))
    yield from islice((found for found in free if found), FEW)


def _best_runs() -> list[str]:
    """Runs that may have something free. One without has something that runs, so there are few of those."""
    busy = Counter(NodeRun.objects.filter(state=State.RUNNING).values_list("run_id", flat=True))
    found: list[tuple[int, datetime, str]] = []
    for state in UNDER_WAY:  # each in the order of an index
        runs = Run.objects.filter(state=state, cancel_requested=False).order_by("served")
        found += [
            (busy[pk], served, pk) for pk, served in runs.values_list("pk", "served")[: FEW + len(busy)]
        ]
    return [pk for *_, pk in sorted(found)]


def first_free(run_id: str) -> NodeRun | None:
    """The first node run of that run that may be claimed."""
    return waiting().filter(run_id=run_id).order_by("place").first()


def count_free() -> int:
    """How many node runs may be claimed, as far as it matters."""
    return len(waiting().values_list("pk")[:FEW])


def waiting() -> QuerySet[NodeRun]:
    """All that nothing stands in the way of."""
    return NodeRun.objects.filter(state=State.QUEUED, waiting=0, run__cancel_requested=False)
