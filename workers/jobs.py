"""From artifacts to a sandbox's job."""

from __future__ import annotations

import os
from functools import cache

from modules.sdk.manifest import objects
from studio.artifacts.models import Artifact
from studio.artifacts.store import store
from workers.sandbox import limits
from workers.sandbox.job import Input, Limits


@cache
def allowed() -> Limits:
    """What one child may use, by this worker's settings (STUDIO_LIMIT_…)."""
    return limits.from_environment(os.environ)


class ArtifactGone(Exception):
    """A file of an artifact is no longer in the store."""


def as_input(artifact: Artifact) -> Input:
    """The artifact's manifest and where each of its files lies."""
    manifest = artifact.read()
    files = {name: store().path(name) for name in objects(manifest)}
    if missing := [name for name, path in files.items() if not path.is_file()]:
        raise ArtifactGone(f"{len(missing)} of {len(files)} files of artifact {artifact.id[:12]} are gone")
    return Input(manifest=manifest, files={name: str(path) for name, path in files.items()})
