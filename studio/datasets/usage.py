"""Which datasets experiments use, by the names they use them by."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.apps import apps

from studio.datasets.models import Dataset


def users(dataset: Dataset, *, latest: bool) -> list[dict[str, Any]]:
    """The experiments that use this version, by name: `{id, name, pinned}`. Not pinned are those that name no
    version; they follow the `latest`."""
    found = []
    documents = apps.get_model("experiments", "Experiment").objects.filter(owner_id=dataset.owner_id)
    for id, name, nodes in documents.order_by("name", "id").values_list("id", "name", "document__nodes"):
        named = _named(nodes)
        if str(dataset) in named or (latest and dataset.name in named):
            found.append({"id": id, "name": name, "pinned": str(dataset) in named})
    return found


def uses(owner_id: int) -> Counter[str]:
    """How many of the owner's experiments name each `name` or `name@version`. One pass over all documents."""
    found: Counter[str] = Counter()
    documents = apps.get_model("experiments", "Experiment").objects.filter(owner_id=owner_id)
    for nodes in documents.values_list("document__nodes", flat=True).iterator():
        found.update(_named(nodes))
    return found


def _named(nodes: Any) -> set[str]:
    """The datasets that a document's nodes name."""
    return {
        str(node.get("params", {}).get("dataset", ""))
        for node in nodes or []
        if isinstance(node, dict) and node.get("module") == "dataset"
    } - {""}
