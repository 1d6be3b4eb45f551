"""What each line of a script made: kept with its node run, and told to whom may see that."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from studio.runs.models import LineValues, NodeRun, State
from studio.text import without_nul

KEPT = 10
"""Runs of one node of an experiment whose lines are kept; those of older ones are dropped."""


def keep_lines(node_run: NodeRun, lines: Sequence[dict[str, Any]]) -> None:
    """Keeps them before the node run's end is told. They count for nothing if it does not end here."""
    if not lines:
        return
    told = {"key": node_run.key, "lines": without_nul(list(lines))}
    LineValues.objects.update_or_create(node_run=node_run, defaults=told)
    if node_run.run.experiment_id is not None:
        same = LineValues.objects.filter(
            node_run__run__experiment_id=node_run.run.experiment_id, node_run__node=node_run.node
        )
        older = list(same.order_by("-node_run_id").values_list("pk", flat=True)[KEPT:])
        if older:
            LineValues.objects.filter(pk__in=older).delete()


def lines_of(node_run: NodeRun) -> list[dict[str, Any]]:
    """Empty if nobody watched. Of a result from the cache: as the run of the same person that computed it
    left them."""
    own = LineValues.objects.filter(node_run=node_run).first()
    if own is None and node_run.cached and node_run.key:
        own = (
            LineValues.objects.filter(
                key=node_run.key,
                node_run__state=State.FINISHED,
                node_run__run__owner_id=node_run.run.owner_id,
            )
            .order_by("-node_run_id")
            .first()
        )
    return list(own.lines) if own else []
