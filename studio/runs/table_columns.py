"""The columns of datasets, and of what nodes last left in a run or a try, for whoever reads a script."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from modules.registry import catalog
from modules.scripting.finding import Columns
from studio.artifacts.models import Artifact
from studio.datasets.lookup import Lookup
from studio.experiments.graph import Graph, PortRef
from studio.experiments.known_columns import KnownColumns
from studio.experiments.models import Experiment
from studio.runs.last_outputs import last_left
from studio.runs.models import Output, State
from studio.runs.tried_columns import TriedOnSample

MOST = 2_000
"""Columns of one table that are known here."""
LOOK_BACK = 500
"""Outputs that are looked at, of the newest runs first."""


def known_columns(graph: Graph, owner: int, experiment: Experiment | None) -> KnownColumns:
    """What is known of the wires of an experiment's graph; without an experiment, of its datasets only."""
    lookup = Lookup(owner)
    left, tried = _Left(graph, experiment), TriedOnSample(graph, experiment)

    def of_dataset(name: str) -> Columns | None:
        dataset = lookup.find(name) if name else None
        artifact = dataset.artifact if dataset else None
        return columns_of(artifact)

    def left_columns(port: PortRef) -> Columns | None:
        return tried.columns(port) or left.columns(port)

    return KnownColumns(graph, catalog(), of_dataset, left_columns)


def columns_of(artifact: Artifact | None) -> Columns | None:
    """Name and type of each column; None of what is no table, or is very wide."""
    if artifact is None or artifact.type != "table":
        return None
    columns = artifact.manifest["columns"]
    return {column["name"]: column["type"] for column in columns} if len(columns) <= MOST else None


class _Left:
    """What the nodes of an experiment last left, read when first asked for."""

    def __init__(self, graph: Graph, experiment: Experiment | None) -> None:
        self._graph, self._experiment = graph, experiment
        self._found: dict[PortRef, str] | None = None
        self._columns: dict[str, Columns | None] = {}

    def columns(self, port: PortRef) -> Columns | None:
        """Returns the columns of the table that the node last left on this port; None if they are not known,
        or if the node has another module or other params since, and may leave other columns."""
        if self._found is None:
            self._found = self._read()
        artifact = self._found.get(port)
        if artifact is None:
            return None
        if artifact not in self._columns:
            self._columns[artifact] = columns_of(Artifact.objects.filter(pk=artifact).first())
        return self._columns[artifact]

    def _read(self) -> dict[PortRef, str]:
        if self._experiment is None:
            return {}
        rows = (
            Output.objects.filter(node_run__run__experiment=self._experiment, node_run__state=State.FINISHED)
            .order_by("-node_run__run__number")
            .values_list("node_run__node", "port", "artifact_id", "node_run__plan")[:LOOK_BACK]
        )
        found: dict[PortRef, str] = {}
        stale: set[PortRef] = set()
        for node, port, artifact, plan in rows:
            place = PortRef(node, port)
            if place not in found and place not in stale:
                if self._is_same(node, plan):
                    found[place] = artifact
                else:
                    stale.add(place)
        return found

    def _is_same(self, id: str, plan: Mapping[str, Any]) -> bool:
        node = self._graph.nodes.get(id)
        return (
            node is not None
            and node.module == plan.get("module")
            and all(plan.get("params", {}).get(name) == value for name, value in node.params.items())
        )


def bundle_of(graph: Graph, node: str, port: str, experiment: Experiment) -> Artifact | None:
    """The bundle that is wired to an input: a dataset, or what a node last left."""
    wire = next((one for one in graph.into(node) if one.target.port == port), None)
    source = graph.nodes.get(wire.source.node) if wire else None
    if wire is None or source is None:
        return None
    spec = catalog().get(source.module)
    if spec and spec.reference:
        dataset = Lookup(experiment.owner_id).find(str(source.params.get(spec.reference, "")))
        found = dataset.artifact if dataset else None
    else:
        left = last_left(experiment, source.id).get(wire.source.port)
        found = Artifact.objects.filter(pk=left["artifact"]).first() if left else None
    return found if found is not None and found.type == "bundle" else None
