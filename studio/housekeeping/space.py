"""What takes the space: sums by experiment and by dataset, made in the database."""

from __future__ import annotations

import shutil
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from studio.accounts.access import Viewer, visible_datasets, visible_experiments, visible_runs
from studio.artifacts.models import Artifact
from studio.artifacts.store import store
from studio.runs.models import Output


def disk() -> dict[str, int]:
    """Bytes of the disk that the store lies on."""
    found = shutil.disk_usage(store().root)
    return {"total": found.total, "free": found.free}


def by_experiment(user: Viewer) -> list[dict[str, Any]]:
    """`{id, name, results, bytes}` of the results of all runs, the largest first. What several results share
    (columns that a node passed on) counts with each of them."""
    left = Output.objects.filter(node_run__run__experiment=OuterRef(OuterRef("pk"))).values("artifact")
    kept = Artifact.objects.filter(dropped=None, pk__in=left).order_by().annotate(all=Value(1)).values("all")
    rows = (
        visible_experiments(user)
        .annotate(
            bytes=Coalesce(Subquery(kept.annotate(sum=Sum("bytes")).values("sum")), 0),
            results=Coalesce(
                Subquery(kept.annotate(count=Count("pk")).values("count"), output_field=IntegerField()), 0
            ),
        )
        .filter(results__gt=0)
    )
    found = rows.order_by("-bytes", "name", "id").values("id", "name", "results", "bytes")
    return [dict(row) for row in found]


def of_jobs(user: Viewer) -> dict[str, int]:
    """`{results, bytes}` of the results of runs that are no experiment's; what several share counts once."""
    left = Output.objects.filter(node_run__run__in=visible_runs(user).filter(experiment=None).values("pk"))
    kept = Artifact.objects.filter(dropped=None, pk__in=left.values("artifact"))
    return kept.aggregate(results=Count("pk"), bytes=Coalesce(Sum("bytes"), 0))


def by_dataset(user: Viewer) -> list[dict[str, Any]]:
    """`{id, name, versions, bytes}` of the files and tables of all versions, the largest first; `id` is the
    latest version's. What versions share counts once."""
    mine = visible_datasets(user)
    found: dict[str, dict[str, Any]] = {}
    for id, name in mine.order_by("version").values_list("pk", "name"):
        versions = found[name]["versions"] + 1 if name in found else 1
        found[name] = {"id": id, "name": name, "versions": versions, "bytes": 0}
    files = mine.values_list("name", "original", "bytes").distinct()
    tables = mine.filter(artifact__dropped=None).values_list("name", "artifact", "artifact__bytes").distinct()
    for name, _, size in [*files, *tables]:
        found[name]["bytes"] += size or 0
    return sorted(found.values(), key=lambda each: (-each["bytes"], each["name"]))
