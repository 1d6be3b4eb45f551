"""Which datasets experiments use, by the names they use them by."""

from __future__ import annotations

from collections import Counter

from django.apps import apps


def uses(owner_id: int) -> Counter[str]:
    """How many of the owner's experiments name each `name` or `name@version`. One pass over all documents."""
    found: Counter[str] = Counter()
    documents = apps.get_model("experiments", "Experiment").objects.filter(owner_id=owner_id)
    for nodes in documents.values_list("document__nodes", flat=True).iterator():
        names = {
            str(node.get("params", {}).get("dataset", ""))
            for node in nodes or []
            if isinstance(node, dict) and node.get("module") == "dataset"
        }
        found.update(names - {""})
    return found
