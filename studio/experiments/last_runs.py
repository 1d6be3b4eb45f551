"""The newest run of experiments, as lists of experiments tell it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db.models import OuterRef, Subquery

from studio.experiments.models import Experiment
from studio.times import iso


def last_runs(experiments: Iterable[Experiment]) -> dict[str, dict[str, Any]]:
    """The newest run of each that has one, by the experiment's id."""
    runs = apps.get_model("runs", "Run").objects
    newest = runs.filter(experiment=OuterRef("pk")).order_by("-number").values("pk")[:1]
    ids = Experiment.objects.filter(pk__in=[each.pk for each in experiments]).values_list(Subquery(newest))
    found = runs.filter(pk__in=[pk for (pk,) in ids if pk])
    return {
        experiment: {"id": id, "number": number, "state": state, "finished": iso(finished)}
        for experiment, id, number, state, finished in found.values_list(
            "experiment_id", "id", "number", "state", "finished"
        )
    }
