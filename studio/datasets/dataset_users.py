"""Which experiments use a dataset, by the names they use it by."""

from __future__ import annotations

from typing import Any

from django.apps import apps

from studio.datasets.models import Dataset


def users(dataset: Dataset, *, latest: bool) -> list[dict[str, Any]]:
    """The experiments that use this version, by name: `{id, name, pinned}`. Not pinned are those that name no
    version; they follow the `latest`."""
    names = [str(dataset), dataset.name] if latest else [str(dataset)]
    uses = apps.get_model("experiments", "DatasetUse").objects.filter(
        owner_id=dataset.owner_id, name__in=names
    )
    found: dict[str, dict[str, Any]] = {}
    for id, name, used in uses.order_by("experiment__name", "experiment_id").values_list(
        "experiment_id", "experiment__name", "name"
    ):
        one = found.setdefault(id, {"id": id, "name": name, "pinned": False})
        one["pinned"] |= used == str(dataset)
    return list(found.values())
