"""From artifacts to a sandbox's job."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from typing import Any

from modules.sdk.manifest import Stored, StoredDevice, objects
from studio.artifacts.models import MANIFEST, Artifact
from studio.artifacts.store import store
from studio.artifacts.using import drop
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


def as_input(artifact: Artifact, columns: set[str] | None = None, picture: int | None = None) -> Input:
    """The artifact's manifest and where each of its files lies. Of a table no more than those columns, of a
    device no more than that picture, where they are told: there may be thousands, and each is a file to look
    after."""
    manifest = artifact.read() if columns is None else _of_columns(artifact, columns)
    if picture is not None and isinstance(manifest, StoredDevice):
        manifest = manifest.model_copy(update={"pictures": manifest.pictures[picture : picture + 1]})
    whole = not artifact.dropped and store().holds(manifest)
    files = {name: store().path(name) for name in objects(manifest)}
    if not whole or not all(path.is_file() for path in files.values()):
        drop(artifact)
        raise ArtifactGone(artifact)
    return Input(manifest=manifest, files={name: str(path) for name, path in files.items()})


def _of_columns(artifact: Artifact, names: set[str]) -> Stored:
    """Its manifest with no more than these columns, of which alone each member is looked at."""
    if artifact.type != "table":
        return artifact.read()
    asked = [column for column in artifact.manifest["columns"] if column["name"] in names]
    return MANIFEST.validate_python({**artifact.manifest, "columns": asked})


def asked_columns(verb: str, args: Mapping[str, Any]) -> set[str] | None:
    """The names a question may touch; None where that may be any column.

    >>> sorted(asked_columns("page", {"columns": ["a"], "sort": "-b"}) or [])
    ['-b', 'a', 'b']
    """
    if args.get("search") or (verb in ("page", "summary") and args.get("columns") is None):
        return None
    rules = [str(rule.get("column")) for rule in args.get("filter") or []]
    sort = args.get("sort") or ""
    if verb in ("page", "summary"):
        return {*args["columns"], sort, sort.removeprefix("-"), *rules}
    if verb == "chart" and args.get("kind") != "correlation":
        return {*rules, args.get("x") or "", args.get("y") or ""}
    return None
