"""Which datasets experiments use, by the names they use them by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
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


def uses(owner_id: int) -> Mapping[str, set[str]]:
    """The ids of the owner's experiments that name each `name` or `name@version`. One pass over all."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    documents = apps.get_model("experiments", "Experiment").objects.filter(owner_id=owner_id)
    for id, nodes in documents.values_list("id", "document__nodes").iterator():
        for name in _named(nodes):
            found[name].add(id)
    return found


def _named(nodes: Any) -> set[str]:
    """The datasets that a document's nodes name."""
    return {
        str(node.get("params", {}).get("dataset", ""))
        for node in nodes or []
        if isinstance(node, dict) and node.get("module") == "dataset"
    } - {""}
