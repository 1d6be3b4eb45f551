"""From artifacts to a sandbox's job."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from typing import Any

from modules.wire_types import WIRE_TYPES
from modules.wire_types.stored import objects
from studio.artifacts.artifact_use import drop
from studio.artifacts.models import Artifact
from studio.artifacts.store import store
from workers.sandbox import limits
from workers.sandbox.job import Input, Limits


@cache
def bounds() -> limits.Bounds:
    """What one child may use, by this worker's settings (STUDIO_LIMIT_…)."""
    return limits.from_environment(os.environ)


def allowed() -> Limits:
    """What a child gets for which nobody wishes anything."""
    return bounds().usual


class ArtifactGone(Exception):
    """A file of `artifact` is no longer in the store, or damaged; the artifact is dropped."""

    def __init__(self, artifact: Artifact) -> None:
        super().__init__(f"the files of artifact {artifact.id[:12]} are not as they were kept")
        self.artifact = artifact


def as_input(artifact: Artifact, verb: str = "", args: Mapping[str, Any] | None = None) -> Input:
    """The artifact's manifest and where each of its files lies. `verb`, `args`: a question; then there is no
    more of it than the question touches, since there may be thousands of files, and each is looked after."""
    stored = WIRE_TYPES[artifact.type]
    manifest = artifact.read() if args is None else stored.needed(artifact.manifest, verb, args)
    whole = not artifact.dropped and store().holds(manifest)
    files = {name: store().path(name) for name in objects(manifest)}
    if not whole or not all(path.is_file() for path in files.values()):
        drop(artifact)
        raise ArtifactGone(artifact)
    return Input(manifest=manifest, files={name: str(path) for name, path in files.items()})
