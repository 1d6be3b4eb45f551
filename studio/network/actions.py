"""The verbs of the record: note what a node's connections were, forget what is old."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from studio.network.models import NetworkRecord
from studio.text import without_nul

KEPT_ROWS = 100_000
KEPT_DAYS = 90


@dataclass(frozen=True)
class Place:
    """Where a connection was asked for: a node of a run, or with no `run`, a try. `title` is for people."""

    title: str
    run: str = ""
    experiment: str = ""
    node: str = ""

    @property
    def said(self) -> str:
        return f"{self.title} in run {self.run}" if self.run else self.title


@dataclass(frozen=True)
class Reached:
    """One host of one node. `refused`: why nothing went through, else empty. Bytes."""

    host: str
    connections: int
    sent: int = 0
    received: int = 0
    refused: str = ""


def note(owner_id: int, place: Place, reached: Iterable[Reached]) -> None:
    """Writes them down, and forgets the oldest: rows beyond the newest 100,000, and those older than 90
    days."""
    rows = [
        NetworkRecord(
            owner_id=owner_id,
            run=place.run,
            experiment=place.experiment,
            node=place.node[:300],
            title=without_nul(place.title)[:300],
            host=without_nul(one.host)[:300],
            connections=one.connections,
            sent=one.sent,
            received=one.received,
            refused=without_nul(one.refused)[:400],
        )
        for one in reached
    ]
    NetworkRecord.objects.bulk_create(rows)
    forget_old()


def forget_old() -> None:
    newest = NetworkRecord.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    NetworkRecord.objects.filter(pk__lte=newest - KEPT_ROWS).delete()
    NetworkRecord.objects.filter(at__lt=timezone.now() - timedelta(days=KEPT_DAYS)).delete()
