"""Versions of a dataset: what two have in common, and an earlier one made the latest again."""

from __future__ import annotations

from typing import Any

from studio.datasets.actions import add_version
from studio.datasets.lookup import is_latest
from studio.datasets.models import Dataset
from studio.errors import Invalid


def compare(old: Dataset, new: Dataset) -> dict[str, Any]:
    """What changed from `old` to `new`, told from their manifests; no row is read.

    `added`, `removed`: columns of one alone. `retyped`: `{name, old, new}`. `changed` and `same`: columns
    of one type whose values, in their order, differ or do not. `rows`: of the old and of the new one.
    """
    before, after = _columns(old), _columns(new)
    both = [name for name in before if name in after]
    retyped = [name for name in both if before[name]["type"] != after[name]["type"]]
    alike = [name for name in both if name not in retyped]
    same = [name for name in alike if before[name]["object"] == after[name]["object"]]
    return {
        "rows": {"old": _rows(old), "new": _rows(new)},
        "added": [name for name in after if name not in before],
        "removed": [name for name in before if name not in after],
        "retyped": [
            {"name": name, "old": before[name]["type"], "new": after[name]["type"]} for name in retyped
        ],
        "changed": [name for name in alike if name not in same],
        "same": same,
    }


def restore(dataset: Dataset) -> Dataset:
    """Makes the next version from this one. Raises Invalid if this is the latest, or not ready."""
    if is_latest(dataset):
        raise Invalid(f"Version {dataset.version} of {dataset.name!r} is the latest already.", [])
    if dataset.state != Dataset.State.READY:
        raise Invalid(
            f"Version {dataset.version} of {dataset.name!r} is {dataset.state}; choose another.", []
        )
    return add_version(dataset)


def _columns(dataset: Dataset) -> dict[str, dict[str, Any]]:
    return {column["name"]: column for column in _manifest(dataset)["columns"]}


def _rows(dataset: Dataset) -> int:
    return int(_manifest(dataset)["rows"])


def _manifest(dataset: Dataset) -> dict[str, Any]:
    if dataset.artifact is None or dataset.kind != "table":
        raise Invalid(f"{dataset} is not a table that is ready; only those can be compared.", [])
    manifest: dict[str, Any] = dataset.artifact.manifest
    return manifest
