"""What the nodes of a run left on their ports, as far as a capture has to know. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import pyarrow as pa

from modules.sdk.arrow_types import ARROW
from modules.sdk.column import Column
from modules.sdk.values import Table
from studio.experiments.graph import PortRef


class LeftColumn(NamedTuple):
    name: str
    type: str


class LeftValue(NamedTuple):
    """A value on a port: its artifact, the columns of a table, the card of a model, and what the steps of a
    transform learned."""

    artifact: str
    type: str
    columns: tuple[LeftColumn, ...] = ()
    card: Mapping[str, Any] = {}
    learned: tuple[Any, ...] = ()

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]

    def empty(self) -> Table:
        """A table of these columns without rows, for choices of columns to look at."""
        return Table(tuple(Column(c.name, pa.chunked_array([], ARROW[c.type])) for c in self.columns), 0)


Left = Mapping[PortRef, LeftValue]


def left_value(artifact: str, manifest: Mapping[str, Any]) -> LeftValue:
    """Read from the manifest that the database keeps of an artifact."""
    return LeftValue(
        artifact=artifact,
        type=manifest["type"],
        columns=tuple(LeftColumn(c["name"], c["type"]) for c in manifest.get("columns") or ()),
        card=manifest.get("card") or {},
        learned=tuple(step["fitted"] for step in manifest.get("steps") or ()),
    )
