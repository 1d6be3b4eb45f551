"""How long the nodes of an experiment are likely to take, from its earlier runs."""

from __future__ import annotations

from studio.experiments.models import Experiment
from studio.runs.models import NodeRun, State

LOOK_BACK = 30
"""Runs that are looked at, newest first."""


def expected_seconds(experiment: Experiment) -> dict[str, float]:
    """Seconds by node id: the time it took when it was last computed, not taken from the cache."""
    runs = list(experiment.runs.order_by("-number").values_list("pk", flat=True)[:LOOK_BACK])
    rows = (
        NodeRun.objects.filter(run__in=runs, state=State.FINISHED, cached=False)
        .order_by("-run__number")
        .values_list("node", "started", "finished")
    )
    seconds: dict[str, float] = {}
    for node, started, finished in rows:
        if started and finished:
            seconds.setdefault(node, round((finished - started).total_seconds(), 3))
    return seconds
