"""What an experiment file holds, for rooms that do not read its graph. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

DEFINITIONS = "modules"
"""The member of an experiment file with its own modules, each by its key."""


def every_node(document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The nodes of a file, then those inside its own modules. What is no object is left out."""
    definitions = document.get(DEFINITIONS)
    holders = [document, *(definitions.values() if isinstance(definitions, Mapping) else ())]
    for holder in holders:
        nodes = holder.get("nodes") if isinstance(holder, Mapping) else None
        yield from (node for node in (nodes if isinstance(nodes, list) else ()) if isinstance(node, dict))
