"""What lists tell of an artifact, kept beside its manifest: that of a table may name 150,000 columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from studio.artifacts.models import Artifact


def outline_of(manifest: dict[str, Any]) -> dict[str, Any]:
    """Of a table its rows, how many columns it has and the first of them; of a device how many pictures.

    >>> outline_of({"type": "table", "rows": 3, "columns": [{"name": "x", "type": "integer", "object": "…"}]})
    {'rows': 3, 'columns': 1, 'first': [{'name': 'x', 'type': 'integer', 'note': None}]}
    """
    from modules.wire_types import WIRE_TYPES  # the first page does without: pyarrow takes its time

    return WIRE_TYPES[manifest["type"]].outline(manifest)


def told_of(artifact: Artifact, most: int | None = None) -> dict[str, Any]:
    """What `GET /artifacts/{id}` tells of its type; `most`: no more than so many of a table's columns. It is
    read from the outline if that is enough: the manifest of a wide table takes long to load."""
    from modules.wire_types import WIRE_TYPES
    from modules.wire_types.table import FIRST

    outline = artifact.told()
    if "first" in outline and (outline["columns"] <= FIRST or (most is not None and most <= FIRST)):
        first = outline["first"][:most]
        scored = {"scored": True} if outline.get("scored") else {}
        return {"rows": outline["rows"], "columns": first, "column_count": outline["columns"]} | scored
    return WIRE_TYPES[artifact.type].told(artifact.manifest, most)
