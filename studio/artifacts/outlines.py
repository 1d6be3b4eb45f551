"""What lists tell of an artifact, kept beside its manifest: that of a table may name 150,000 columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from studio.artifacts.models import Artifact

FIRST = 100
"""Columns of a table that are told in lists."""


def outline_of(manifest: dict[str, Any]) -> dict[str, Any]:
    """Of a table its rows, how many columns it has and the first of them; of a device how many pictures.

    >>> outline_of({"type": "table", "rows": 3, "columns": [{"name": "x", "type": "integer", "object": "…"}]})
    {'rows': 3, 'columns': 1, 'first': [{'name': 'x', 'type': 'integer', 'note': None}]}
    """
    match manifest["type"]:
        case "table":
            columns = manifest["columns"]
            first = [column_facts(column) for column in columns[:FIRST]]
            return {"rows": manifest["rows"], "columns": len(columns), "first": first}
        case "device":
            return {"pictures": len(manifest["pictures"])}
    return {}


def column_facts(column: dict[str, Any]) -> dict[str, Any]:
    """What is told of a column of a manifest."""
    return {"name": column["name"], "type": column["type"], "note": column.get("note")}


def columns_of(artifact: Artifact, most: int | None = None) -> list[dict[str, Any]]:
    """A table's columns, or the first of them."""
    told = artifact.told()
    if told["columns"] <= FIRST or (most is not None and most <= FIRST):
        return list(told["first"][:most])
    return [column_facts(column) for column in artifact.manifest["columns"][:most]]
