"""What will probably go wrong in the scripts of a graph. Pure; parses and never executes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from modules.python_language._shape import read_shape
from modules.scripting import python_script, sql_query
from modules.scripting.finding import Columns, Finding
from modules.sdk.declare import ModuleSpec
from studio.experiments.graph import Graph, Node
from studio.experiments.graph_warnings import GraphWarning, QuickFix, TextEdit
from studio.experiments.known_columns import Catalog, KnownColumns

PYTHON = "execute-python-script"
MOST_SCRIPTS = 200
"""Scripts of one graph that are looked at."""


def script_warnings(graph: Graph, catalog: Catalog, columns: KnownColumns) -> Iterator[GraphWarning]:
    """All warnings of the scripts, in node order."""
    looked = 0
    for node in graph.nodes.values():
        spec = catalog.get(node.module)
        for param in spec.params if spec else ():
            script = node.params.get(param.name, param.default)
            if spec is None or param.type != "code" or not isinstance(script, str) or looked >= MOST_SCRIPTS:
                continue
            looked += 1
            for finding in _find(node, spec, param.language or "", script, graph, columns):
                yield _warning(node.id, param.name, finding)


def signatures(graph: Graph) -> dict[str, dict[str, Any]]:
    """What the `azureml_main` of each Python script takes and gives, of those that can be read."""
    scripts = [(node.id, node.params.get("script")) for node in graph.nodes.values() if node.module == PYTHON]
    shapes = ((id, read_shape(text)) for id, text in scripts[:MOST_SCRIPTS] if isinstance(text, str))
    return {id: vars(shape) for id, shape in shapes if shape}


def tables_of(
    node: Node, spec: ModuleSpec, graph: Graph, columns: KnownColumns
) -> list[tuple[str, str, Columns | None]]:
    """The connected tables in the order of the inputs: the port's name, its label, and its columns."""
    wired = {wire.target.port for wire in graph.into(node.id)}
    return [
        (port.name, port.label, columns.into(node.id, port.name))
        for port in spec.inputs
        if port.type == "table" and port.name in wired
    ]


def _find(
    node: Node, spec: ModuleSpec, language: str, script: str, graph: Graph, columns: KnownColumns
) -> list[Finding]:
    tables = tables_of(node, spec, graph, columns)
    if language == "python":
        is_classic = node.params.get("api") == "classic"
        labeled = [(label, known) for _, label, known in tables]
        return python_script.find_problems(script, labeled, is_classic=is_classic)
    if language == "sql":
        named = {name: known for name, _, known in tables}
        return sql_query.find_problems(script, str(node.params.get("engine", "sqlite")), named)
    return []


def _warning(node: str, param: str, finding: Finding) -> GraphWarning:
    fix = finding.fix and QuickFix(
        title=finding.fix.title,
        edits=[TextEdit.model_validate(edit, from_attributes=True) for edit in finding.fix.edits],
    )
    return GraphWarning(
        node=node,
        param=param,
        line=finding.line,
        column=finding.column,
        code=finding.code,
        message=finding.message,
        fix=fix,
    )
