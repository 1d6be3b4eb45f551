"""What lists tell of datasets beside their own rows: whether each is the latest, how many experiments use it,
where it came from. Any number of datasets takes the same few queries."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from django.apps import apps
from django.db.models import Count, Max, Q

from studio.datasets.lineage import lineages
from studio.datasets.models import Dataset


class ListFacts(NamedTuple):
    """`used_by`: how many experiments use this version. `lineage`: as `DatasetOut` tells it."""

    latest: bool
    used_by: int
    lineage: dict[str, Any] | None


def list_facts(datasets: Sequence[Dataset]) -> dict[str, ListFacts]:
    """By the id of each. All are one owner's."""
    if not datasets:
        return {}
    owner_id = datasets[0].owner_id
    latest = _latest(owner_id, datasets)
    used = _used(owner_id, datasets, latest)
    lineage = lineages(owner_id, datasets)
    return {each.pk: ListFacts(each.pk in latest, used[each.pk], lineage.get(each.pk)) for each in datasets}


def _latest(owner_id: int, datasets: Sequence[Dataset]) -> set[str]:
    """As `studio.datasets.lookup.is_latest`."""
    ready = Q(state=Dataset.State.READY)
    rows = Dataset.objects.filter(owner_id=owner_id, name__in={each.name for each in datasets})
    newest = {
        name: (last, last_ready)
        for name, last, last_ready in rows.order_by()
        .values("name")
        .annotate(last=Max("version"), last_ready=Max("version", filter=ready))
        .values_list("name", "last", "last_ready")
    }
    found = set()
    for each in datasets:
        last, last_ready = newest[each.name]
        if each.version == (last if last_ready is None else last_ready):
            found.add(each.pk)
    return found


def _used(owner_id: int, datasets: Sequence[Dataset], latest: Collection[str]) -> dict[str, int]:
    """How many experiments name the version, or, of the latest, no version; those that do both count once."""
    DatasetUse = apps.get_model("experiments", "DatasetUse")
    pinned = {str(each): each for each in datasets}
    plain = {each.name: each for each in datasets if each.pk in latest}
    uses = DatasetUse.objects.filter(owner_id=owner_id, name__in=[*pinned, *plain]).order_by()
    counts = dict(uses.values("name").annotate(count=Count("pk")).values_list("name", "count"))
    found = {
        each.pk: counts.get(str(each), 0) + (counts.get(each.name, 0) if each.pk in latest else 0)
        for each in datasets
    }
    if any(name in counts for name in pinned) and any(name in counts for name in plain):
        both = (
            DatasetUse.objects.filter(owner_id=owner_id, name__in=[n for n in pinned if n in counts])
            .filter(experiment__dataset_uses__name__in=[n for n in plain if n in counts])
            .order_by()
            .values_list("name", "experiment__dataset_uses__name")
            .annotate(count=Count("pk"))
        )
        for one, other, count in both:
            if plain[other] is pinned[one]:
                found[plain[other].pk] -= count
    return found
