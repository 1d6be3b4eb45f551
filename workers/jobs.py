"""From artifacts to a sandbox's job."""

from __future__ import annotations

import os
from functools import cache

from modules.sdk.manifest import objects
from studio.artifacts.models import Artifact
from studio.artifacts.store import store
from studio.artifacts.using import drop
from workers.sandbox import limits
from workers.sandbox.job import Input, Limits


@cache
def allowed() -> Limits:
    """What one child may use, by this worker's settings (STUDIO_LIMIT_…)."""
    return limits.from_environment(os.environ)


class ArtifactGone(Exception):
    """A file of an artifact is no longer in the store, or damaged; the artifact is dropped."""


def as_input(artifact: Artifact) -> Input:
    """The artifact's manifest and where each of its files lies."""
    manifest = artifact.read()
    whole = not artifact.dropped and store().holds(manifest)
    files = {name: store().path(name) for name in objects(manifest)}
    if not whole or not all(path.is_file() for path in files.values()):
        drop(artifact)
        raise ArtifactGone(f"the files of artifact {artifact.id[:12]} are not as they were kept")
    return Input(manifest=manifest, files={name: str(path) for name, path in files.items()})
