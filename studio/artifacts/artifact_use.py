"""When artifacts were last used, and which are dropped."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from modules.wire_types.stored import sizes
from studio.artifacts.models import Artifact
from studio.artifacts.store import store
from studio.errors import Gone

STALE = timedelta(hours=1)
"""A use is written down only where the last one is longer ago."""


def touch(artifacts: Iterable[Artifact]) -> bool:
    """Marks these artifacts as used now, so that pruning keeps them longer. Returns False if all were used
    lately."""
    now = timezone.now()
    if stale := [artifact.pk for artifact in artifacts if artifact.used < now - STALE]:
        Artifact.objects.filter(pk__in=stale).update(used=now)
    return bool(stale)


def drop(artifact: Artifact) -> bool:
    """Marks an artifact as dropped, since a file of it is missing or damaged. Does nothing, and returns
    False, if somebody kept it anew since it was read."""
    as_read = Artifact.objects.filter(pk=artifact.pk, used=artifact.used, dropped=None)
    return bool(as_read.update(dropped=timezone.now()))


def whole(artifact: Artifact) -> Artifact:
    """Returns the artifact; raises Gone if it was dropped."""
    if artifact.dropped:
        raise gone(artifact)
    return artifact


def kept_file(artifact: Artifact, name: str) -> Path:
    """The path of one of its files on this machine. Raises Gone if it was dropped or the file is damaged."""
    if store().has({name: sizes(whole(artifact).read())[name]}) and (path := store().path(name)).is_file():
        return path
    drop(artifact)
    raise gone(artifact)


def gone(artifact: Artifact) -> Gone:
    return Gone(
        f"This {artifact.type} is no longer kept: it was dropped to make room in the store, or its file was "
        "found damaged. Run the experiment again to compute it."
    )
