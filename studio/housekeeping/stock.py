"""What is in the store, and which rows name it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from modules.wire_types import WIRE_TYPES
from studio.artifacts.derived import Derived
from studio.artifacts.models import Artifact
from studio.artifacts.store import store
from studio.datasets.models import Dataset


@dataclass
class Stock:
    """What there was at `seen`: the bytes of each object (`sizes`), how many artifacts and datasets name it
    (`named`), and the `names` of each artifact, the least recently used first. `bytes`: all that is left."""

    seen: datetime
    sizes: dict[str, int]
    exports: list[Derived]
    named: Counter[str] = field(default_factory=Counter)
    names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    bytes: int = 0

    def take_file(self, name: str) -> None:
        self.bytes -= self.sizes.pop(name, 0)

    def take_exports(self, gone: list[Derived]) -> None:
        self.bytes -= sum(export.bytes for export in gone)
        self.exports = [export for export in self.exports if export not in gone]

    def take_artifacts(self, gone: list[str]) -> list[str]:
        """The files that no row names without them."""
        freed = []
        for pk in gone:
            self.named.subtract(self.names[pk])
            freed += [name for name in self.names[pk] if not self.named[name]]
        for name in freed:
            self.take_file(name)
        ids = set(gone)
        self.take_exports([export for export in self.exports if export.artifact in ids])
        return freed


def take_stock() -> Stock:
    """Weighs all files, then reads which rows name them: a file kept in between is named, not weighed."""
    stock = Stock(timezone.now(), store().weigh(), store().derived.exports())
    stock.bytes = sum(stock.sizes.values()) + sum(export.bytes for export in stock.exports)
    rows = Artifact.objects.filter(dropped=None).order_by("used").values_list("pk", "manifest")
    for pk, manifest in rows.iterator():
        stock.names[pk] = names_in(manifest)
        stock.named.update(stock.names[pk])
    stock.named.update(Dataset.objects.values_list("original", flat=True))
    return stock


def names_in(manifest: dict[str, Any]) -> tuple[str, ...]:
    """The files of a manifest as it lies in the database, each once."""
    return tuple(WIRE_TYPES[manifest["type"]].object_names(manifest))
