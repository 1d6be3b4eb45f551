"""A dataset by the name that experiments use: `name` (its latest version that is ready) or `name@version`."""

from __future__ import annotations

from collections.abc import Callable

from studio.datasets.models import Dataset


def find_dataset(owner_id: int, reference: str) -> Dataset | None:
    """The dataset that a node means, if it is ready."""
    ready = Dataset.objects.filter(owner_id=owner_id, state=Dataset.State.READY).select_related("artifact")
    if found := ready.filter(name=reference).order_by("-version").first():
        return found
    name, at, version = reference.rpartition("@")
    if at and version.isdecimal() and len(version) < 9:
        return ready.filter(name=name, version=int(version)).first()
    return None


def is_latest(dataset: Dataset) -> bool:
    """Whether experiments that name no version take this one: no newer one is ready. A version that is not
    ready counts only where none is."""
    ready = Dataset.objects.filter(
        owner_id=dataset.owner_id, name=dataset.name, state=Dataset.State.READY
    ).exclude(pk=dataset.pk)
    if dataset.state == Dataset.State.READY:
        return not ready.filter(version__gt=dataset.version).exists()
    newer = Dataset.objects.filter(owner_id=dataset.owner_id, name=dataset.name, version__gt=dataset.version)
    return not ready.exists() and not newer.exists()


def dataset_kinds(owner_id: int) -> Callable[[str], str | None]:
    """For `validate`: the kind of a dataset by name; asks the database once a name."""
    known: dict[str, str | None] = {}

    def kind(reference: str) -> str | None:
        if reference not in known:
            found = find_dataset(owner_id, reference)
            known[reference] = found.kind if found else None
        return known[reference]

    return kind
