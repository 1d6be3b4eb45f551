"""Runs of all experiments of a person: what runs and waits now, and what ran."""

from __future__ import annotations

from bisect import bisect_left
from typing import Any

from django.db.models import QuerySet

from studio.experiments.models import Experiment
from studio.runs.events import RunHead
from studio.runs.models import UNDER_WAY, Run, State
from studio.runs.snapshot import run_heads


class RunOfAll(RunHead):
    """A run with its experiment's name. `place`: of one that waits, its place in the queue of all that wait
    on this server, from 1."""

    experiment_name: str
    place: int | None = None


def runs_of(owner: int | None, *, under_way: bool) -> QuerySet[Run, Any]:
    """Newest first; those under way in the order in which they are taken."""
    runs = Run.objects.filter(experiment__owner_id=owner).defer("graph")
    if under_way:
        return runs.filter(state__in=UNDER_WAY).order_by("created", "pk")
    return runs.order_by("-created", "pk")


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
