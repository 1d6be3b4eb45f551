"""The columns that tries on a sample showed, for whoever reads the scripts below, before the first run."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from blake3 import blake3

from modules.scripting.finding import Columns
from studio.experiments.graph import Graph, PortRef
from studio.experiments.models import Experiment
from studio.runs.models import TriedColumns
from studio.text import without_nul

MOST = 1_000
"""Columns of one table that are kept."""


def keep_columns(experiment: Experiment, graph: Graph, node: str, outputs: Mapping[str, Any]) -> None:
    """`graph`: as it was tried; `outputs`: what the try told of each port."""
    columns = {
        port: {column["name"]: column["type"] for column in told["columns"]}
        for port, told in outputs.items()
        if told.get("type") == "table" and told["count"] == len(told["columns"]) <= MOST
    }
    if columns:
        said = {"above": digest_above(graph, node), "columns": without_nul(columns)}
        TriedColumns.objects.update_or_create(experiment=experiment, node=node, defaults=said)


class TriedOnSample:
    """What the tries of an experiment showed, read when first asked for."""

    def __init__(self, graph: Graph, experiment: Experiment | None) -> None:
        self._graph, self._experiment = graph, experiment
        self._tried: dict[str, TriedColumns] | None = None
        self._holds: dict[str, bool] = {}

    def columns(self, port: PortRef) -> Columns | None:
        """Returns the columns that this port had when the node was last tried; None if it was not tried, or
        if the node, or one above it, was changed since."""
        if self._tried is None:
            rows = self._experiment.tried_columns.all() if self._experiment else []
            self._tried = {row.node: row for row in rows}
        tried = self._tried.get(port.node)
        if tried is None or port.port not in tried.columns:
            return None
        if port.node not in self._holds:
            self._holds[port.node] = digest_above(self._graph, port.node) == tried.above
        return dict(tried.columns[port.port]) if self._holds[port.node] else None


def digest_above(graph: Graph, node: str) -> str:
    """64 hex digits of what the node's columns stand on. Names and places on the canvas do not count."""
    part = graph.only(graph.upstream([node]))
    nodes = {id: [each.module, dict(each.params)] for id, each in part.nodes.items()}
    wires = sorted([str(wire.source), str(wire.target)] for wire in part.wires)
    body = json.dumps([nodes, wires], sort_keys=True, separators=(",", ":"), default=str)
    return blake3(body.encode("utf-8", "replace")).hexdigest()
