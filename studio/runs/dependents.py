"""The node runs below others in a run: what a finished one sets free, and what a failed one takes along."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.db.models import F

from studio.runs.models import NodeRun, State


def set_free(finished: Sequence[int], last: NodeRun | None = None) -> list[NodeRun]:
    """Those below that waited for these only. `last`: one that is known to; where no other is below, as in a
    chain, none is read."""
    links = NodeRun.sources.through.objects.filter(to_noderun_id__in=finished)
    if len(finished) == 1:
        below = NodeRun.objects.filter(pk__in=links.values("from_noderun_id"), state=State.QUEUED)
        count = below.update(waiting=F("waiting") - 1)
        if count == 0 or (count == 1 and last):
            return [last] if count and last else []
        return list(below.filter(waiting=0))
    counts = Counter(links.values_list("from_noderun_id", flat=True))
    below = NodeRun.objects.filter(pk__in=list(counts), state=State.QUEUED)
    for pk in below.values_list("pk", flat=True):
        NodeRun.objects.filter(pk=pk).update(waiting=F("waiting") - counts[pk])
    return list(below.filter(waiting=0))


def all_below(node_run: NodeRun) -> list[NodeRun]:
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
