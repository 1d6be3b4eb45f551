"""Which artifacts must stay: those of datasets, services, latest runs, versions and runs under way."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from studio.artifacts.models import Artifact
from studio.runs.models import UNDER_WAY, Output, Run

APART = timedelta(days=7)
"""How long the results of a run that is no experiment's are held once it has ended."""


def held(among: Collection[str] | None = None) -> set[str]:
    """The ids of artifacts that must not be dropped, all of them or those among the given ones.

    Every row that points to an artifact holds it, whatever it is; only outputs of older runs do not, nor what
    they were given.
    """
    found: set[str] = set()
    for relation in Artifact._meta.related_objects:
        if relation.related_model not in (Output, Run):
            name = relation.field.name
            rows = relation.related_model._base_manager.filter(**{f"{name}__isnull": False})
            if among is not None:
                rows = rows.filter(**{f"{name}__in": among})
            found.update(rows.values_list(name, flat=True))
    outputs = Output.objects.filter(node_run__run__in=_runs())
    given = Run.given.through.objects.filter(run__in=_runs())
    if among is not None:
        outputs, given = outputs.filter(artifact__in=among), given.filter(artifact__in=among)
    return found.union(*(rows.values_list("artifact_id", flat=True) for rows in (outputs, given)))


def _runs() -> QuerySet[Run, Any]:
    newest = Run.objects.filter(experiment=OuterRef("experiment")).order_by("-number").values("pk")[:1]
    apart = Q(experiment=None, finished__gt=timezone.now() - APART)
    return Run.objects.filter(Q(pk=Subquery(newest)) | ~Q(name="") | Q(state__in=UNDER_WAY) | apart).values(
        "pk"
    )
