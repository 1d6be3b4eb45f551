"""From artifacts to a sandbox's job."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from typing import Any

from modules.sdk.manifest import StoredTable, objects
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


def only_asked(given: Input, verb: str, args: Mapping[str, Any]) -> Input:
    """A table with no more columns than the question touches; tables may have thousands."""
    wanted = asked_columns(verb, args)
    table = given.manifest
    if wanted is None or not isinstance(table, StoredTable):
        return given
    columns = tuple(column for column in table.columns if column.name in wanted)
    files = {column.object: given.files[column.object] for column in columns}
    return Input(manifest=table.model_copy(update={"columns": columns}), files=files)


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
