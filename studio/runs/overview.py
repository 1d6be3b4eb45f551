"""All runs of a person: what runs and waits now, and what ran."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from studio.accounts.access import Viewer, visible_among, visible_runs
from studio.experiments.models import Experiment
from studio.runs.events import RunHead
from studio.runs.models import UNDER_WAY, NodeRun, Run, State
from studio.runs.snapshot import run_heads


class RunOfAll(RunHead):
    """A run with its experiment's name, or its own title. `place`: of one that waits, its place in the queue
    of all that wait on this server, from 1."""

    experiment_name: str
    place: int | None = None


def runs_of(user: Viewer, *, under_way: bool) -> tuple[QuerySet[Run, Any], int]:
    """Newest first, and how many; those under way in the order in which they are taken."""
    if under_way:
        runs = visible_among(user, Run.objects.filter(state__in=UNDER_WAY)).order_by("created", "pk")
    else:
        runs = visible_runs(user).order_by("-created", "pk")
    return runs.defer("graph"), runs.count()


def runs_of_experiments(user: Viewer, experiments: QuerySet[Experiment]) -> QuerySet[Run]:
    """Those that the person may see, the newest of an experiment first."""
    runs = visible_among(user, Run.objects.filter(experiment__in=experiments.values("pk")))
    return runs.order_by("-number").defer("graph")


def runs_of_all(runs: list[Run]) -> list[dict[str, Any]]:
    asked = {run.experiment_id for run in runs if run.experiment_id}
    names: dict[str | None, str] = dict(
        Experiment.objects.filter(pk__in=asked).values_list("pk", "name") if asked else ()
    )
    places = _places([run for run in runs if run.state == State.QUEUED])
    return [
        {
            **head.model_dump(mode="json"),
            "experiment_name": names.get(head.experiment, head.title),
            "place": places.get(head.id),
        }
        for head in run_heads(runs)
    ]


def nodes_held(user: Viewer, workers: Collection[str]) -> dict[str, list[dict[str, str | None]]]:
    """By worker, the node runs that it carries out now, of the runs that the person may see."""
    held: dict[str, list[dict[str, str | None]]] = {worker: [] for worker in workers}
    running = NodeRun.objects.filter(
        Exists(visible_runs(user).filter(pk=OuterRef("run_id"))),
        state=State.RUNNING,
        worker__in=list(workers),
    )
    for one in running.select_related("run__experiment").only(
        "node", "worker", "plan", "run__title", "run__experiment__name", "run__experiment_id"
    ):
        held[one.worker].append(
            {
                "experiment": one.run.experiment_id,
                "name": one.run.experiment.name if one.run.experiment else one.run.title,
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
