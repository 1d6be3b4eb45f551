"""A dataset by the name that experiments use: `name` (its latest version that is ready) or `name@version`."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Exists, OuterRef, QuerySet

from studio.datasets.models import Dataset


def find_dataset(owner_id: int, reference: str) -> Dataset | None:
    """The dataset that a node means, if it is ready."""
    ready = Dataset.objects.filter(owner_id=owner_id, state=Dataset.State.READY)
    ready = ready.select_related("artifact").defer("artifact__manifest")
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


class Lookup:
    """The datasets of one owner as they are now: whoever asks twice for a name gets the same version, though
    another one was uploaded meanwhile. Asks the database once a name."""

    def __init__(self, owner_id: int) -> None:
        self.owner_id = owner_id
        self._known: dict[str, Dataset | None] = {}

    def find(self, reference: str) -> Dataset | None:
        if reference not in self._known:
            self._known[reference] = find_dataset(self.owner_id, reference)
        return self._known[reference]

    def id(self, reference: str) -> str | None:
        found = self.find(reference)
        return found.pk if found else None

    def kind(self, reference: str) -> str | None:
        found = self.find(reference)
        return found.kind if found else None


def latest(datasets: QuerySet[Dataset]) -> QuerySet[Dataset]:
    """Those of the datasets that no newer version replaces which is ready."""
    newer = Dataset.objects.filter(
        owner_id=OuterRef("owner_id"),
        name=OuterRef("name"),
        version__gt=OuterRef("version"),
        state=Dataset.State.READY,
    )
    return datasets.filter(~Exists(newer))


def dataset_kinds(owner_id: int) -> Callable[[str], str | None]:
    """For `validate`: the kind of a dataset by name."""
    return Lookup(owner_id).kind
