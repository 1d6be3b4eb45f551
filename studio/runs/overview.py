"""Runs of all experiments of a person: what runs and waits now, and what ran."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from studio.runs.events import RunHead
from studio.runs.models import UNDER_WAY, Run, State
from studio.runs.snapshot import run_head


class RunOfAll(RunHead):
    """A run with its experiment's name. `place`: of one that waits, its place in the queue of all that wait
    on this server, from 1."""

    experiment_name: str
    place: int | None = None


def runs_of(owner: int | None, *, under_way: bool) -> QuerySet[Run, Any]:
    """Newest first; those under way in the order in which they are taken."""
    runs = Run.objects.filter(experiment__owner_id=owner).select_related("experiment")
    if under_way:
        return runs.filter(state__in=UNDER_WAY).order_by("created", "pk")
    return runs.order_by("-created", "pk")


def run_of_all(run: Run) -> dict[str, Any]:
    place = None
    if run.state == State.QUEUED:
        place = 1 + Run.objects.filter(state=State.QUEUED, created__lt=run.created).count()
    head = run_head(run).model_dump(mode="json")
    return {**head, "experiment_name": run.experiment.name, "place": place}
