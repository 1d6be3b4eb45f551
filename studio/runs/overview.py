"""Runs of all experiments of a person: what runs and waits now, and what ran."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from studio.accounts.access import Viewer, visible_experiments, visible_runs
from studio.experiments.models import Experiment
from studio.runs.events import RunHead
from studio.runs.models import UNDER_WAY, NodeRun, Run, State
from studio.runs.snapshot import run_heads

MANY = 10_000
"""Runs of one person from which on it is quicker to look for the newest among those of everybody."""


class RunOfAll(RunHead):
    """A run with its experiment's name. `place`: of one that waits, its place in the queue of all that wait
    on this server, from 1."""

    experiment_name: str
    place: int | None = None


def runs_of(user: Viewer, *, under_way: bool) -> tuple[QuerySet[Run, Any], int]:
    """Newest first, and how many; those under way in the order in which they are taken.

    SQLite reads all runs of all the person's experiments for a page of them, so it is led to the index that
    has their order: runs are looked at one after the other, and whose each is.
    """
    mine = Exists(visible_experiments(user).filter(pk=OuterRef("experiment_id")))
    if under_way:
        now = Run.objects.filter(state__in=UNDER_WAY)
        runs = Run.objects.filter(mine, pk__in=now.values("pk")).order_by("created", "pk")
        return runs.defer("graph"), runs.count()
    all_runs = visible_runs(user)
    total = all_runs.count()
    runs = Run.objects.filter(mine) if total > MANY else all_runs
    return runs.order_by("-created", "pk").defer("graph"), total


def runs_of_all(runs: list[Run]) -> list[dict[str, Any]]:
    names = dict(
        Experiment.objects.filter(pk__in={run.experiment_id for run in runs}).values_list("pk", "name")
    )
    places = _places([run for run in runs if run.state == State.QUEUED])
    return [
        {
            **head.model_dump(mode="json"),
            "experiment_name": names.get(head.experiment, ""),
            "place": places.get(head.id),
        }
        for head in run_heads(runs)
    ]


def nodes_held(user: Viewer, workers: Collection[str]) -> dict[str, list[dict[str, str]]]:
    """By worker, the node runs that it carries out now, of the runs that the person may see."""
    held: dict[str, list[dict[str, str]]] = {worker: [] for worker in workers}
    running = NodeRun.objects.filter(
        state=State.RUNNING, worker__in=list(workers), run__in=visible_runs(user).values("pk")
    )
    for one in running.select_related("run__experiment").only(
        "node", "worker", "plan", "run__experiment__name", "run__experiment_id"
    ):
        held[one.worker].append(
            {
                "experiment": one.run.experiment_id,
                "name": one.run.experiment.name,
                "run": one.run_id,
                "node": one.node,
                "title": one.title,
            }
        )
    return held


def _places(waiting: list[Run]) -> dict[str, int]:
    """The place of each in the queue of all that wait, from 1."""
    if not waiting:
        return {}
    queued = Run.objects.filter(state=State.QUEUED)
    first, last = (pick(run.created for run in waiting) for pick in (min, max))
    before = queued.filter(created__lt=first).count()
    between = list(
        queued.filter(created__range=(first, last)).order_by("created").values_list("created", flat=True)
    )
    return {run.pk: 1 + before + bisect_left(between, run.created) for run in waiting}
