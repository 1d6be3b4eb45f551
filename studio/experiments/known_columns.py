"""The columns on each wire, as far as they are known without a run. Pure; executes no code of a user's."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping

from modules.scripting.finding import Columns
from modules.sdk.declare import ModuleSpec, PortSpec
from studio.experiments.foretold import foretell
from studio.experiments.graph import Graph, Node, PortRef

Catalog = Mapping[str, ModuleSpec]
DatasetColumns = Callable[[str], Columns | None]
"""Columns of a dataset by its name; None where there is none such, or it is no table."""
LeftColumns = Callable[[PortRef], Columns | None]
"""Columns that a node last left on a port."""

SQL = "apply-sql-transformation"
TYPED_IN = {"csv": ",", "tsv": "\t"}
DEEPEST = 200
MOST_TOLD = 5_000
"""Columns of all outputs that a page is told."""


class KnownColumns:
    """Of one graph; each port is worked out once."""

    def __init__(self, graph: Graph, catalog: Catalog, datasets: DatasetColumns, left: LeftColumns) -> None:
        self._graph, self._catalog, self._datasets, self._left = graph, catalog, datasets, left
        self._known: dict[PortRef, Columns | None] = {}

    def into(self, node: str, port: str) -> Columns | None:
        """Of the table on an input."""
        wire = next((one for one in self._graph.into(node) if one.target.port == port), None)
        return self.out_of(wire.source) if wire else None

    def out_of(self, port: PortRef, depth: int = 0) -> Columns | None:
        """Of the table on an output."""
        if port not in self._known:
            self._known[port] = None  # a cycle knows nothing of itself
            self._known[port] = self._work_out(port, depth)
        return self._known[port]

    def foretold(self) -> dict[str, dict[str, Columns]]:
        """By node and output, of those modules that foretell: the columns on outputs that have a wire."""
        found: dict[str, dict[str, Columns]] = {}
        most = MOST_TOLD
        for wire in self._graph.wires:
            node = self._graph.nodes.get(wire.source.node)
            spec = self._catalog.get(node.module) if node else None
            columns = self.out_of(wire.source) if spec and spec.foretells else None
            if columns and len(columns) <= most:
                most -= len(columns)
                found.setdefault(wire.source.node, {})[wire.source.port] = columns
        return found

    def _work_out(self, port: PortRef, depth: int) -> Columns | None:
        node = self._graph.nodes.get(port.node)
        spec = self._catalog.get(node.module) if node else None
        output = spec.output(port.port) if spec else None
        if node is None or spec is None or output is None or (output.type != "table" and not spec.reference):
            return None
        if node.pinned:
            return self._datasets(node.pinned[port.port]) if port.port in node.pinned else None
        if spec.reference:
            return self._datasets(str(node.params.get(spec.reference, "")))
        return self._of_node(node, spec, output, depth) or self._left(port)

    def _of_node(self, node: Node, spec: ModuleSpec, output: PortSpec, depth: int) -> Columns | None:
        like, port = output.like, output.name
        if depth > DEEPEST:
            return None
        if node.module == "enter-data-manually":
            return _typed_in(node)
        if like:
            return self._input(node.id, like, depth)
        if spec.foretells:
            return (self._foretold(node, spec, depth) or {}).get(port)
        if node.module == SQL and isinstance(sql := node.params.get("sql", "select * from t1;"), str):
            return self._of_query(sql, node, depth)
        return None

    def _foretold(self, node: Node, spec: ModuleSpec, depth: int) -> dict[str, Columns] | None:
        """None if the columns on one of its inputs are not known."""
        inputs = {}
        for wire in self._graph.into(node.id):
            columns = self._input(node.id, wire.target.port, depth)
            if columns is None:
                return None
            inputs[wire.target.port] = columns
        wired = all(port.optional or port.name in inputs for port in spec.inputs)
        return foretell(spec, node.params, inputs) if wired else None

    def _of_query(self, sql: str, node: Node, depth: int) -> Columns | None:
        from modules.scripting.sql_scopes import result_columns  # sqlglot: no process starts with it

        tables = {f"t{n}": self._input(node.id, f"t{n}", depth) for n in (1, 2, 3)}
        wired = {wire.target.port for wire in self._graph.into(node.id)}
        given = {name: columns for name, columns in tables.items() if name in wired}
        return result_columns(sql, str(node.params.get("engine", "sqlite")), given)

    def _input(self, node: str, port: str, depth: int) -> Columns | None:
        wire = next((one for one in self._graph.into(node) if one.target.port == port), None)
        return self.out_of(wire.source, depth + 1) if wire else None


def _typed_in(node: Node) -> Columns | None:
    """The header of a table that is typed in."""
    delimiter = TYPED_IN.get(str(node.params.get("format", "csv")))
    data = node.params.get("data")
    if delimiter is None or not isinstance(data, str) or not data.strip():
        return None
    first = data.removeprefix("\ufeff").lstrip("\r\n")[:100_000]
    try:
        header = next(csv.reader(io.StringIO(first), delimiter=delimiter), [])
    except csv.Error:
        return None
    names = [name.strip() for name in header]
    return dict.fromkeys(names, "") if all(names) and len(set(names)) == len(names) else None
