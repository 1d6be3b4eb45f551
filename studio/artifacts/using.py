"""When an artifact was last used, and that it is dropped."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone

from studio.artifacts.models import Artifact
from studio.errors import Gone

STALE = timedelta(hours=1)
"""A use is written down only where the last one is longer ago."""


def touch(artifacts: Iterable[Artifact]) -> None:
    """They are used."""
    now = timezone.now()
    if stale := [artifact.pk for artifact in artifacts if artifact.used < now - STALE]:
        Artifact.objects.filter(pk__in=stale).update(used=now)


def drop(artifact: Artifact) -> bool:
    """It is found incomplete. Does nothing where it was kept anew since it was read."""
    as_read = Artifact.objects.filter(pk=artifact.pk, used=artifact.used, dropped=None)
    return bool(as_read.update(dropped=timezone.now()))


def whole(artifact: Artifact) -> Artifact:
    """The artifact, or Gone where it was dropped."""
    if artifact.dropped:
        raise gone(artifact)
    return artifact


def gone(artifact: Artifact) -> Gone:
    return Gone(
        f"This {artifact.type} is no longer kept: it was dropped to make room in the store, or its file was "
        "found damaged. Run the experiment again to compute it."
    )
