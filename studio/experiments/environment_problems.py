"""What is wrong with the environments that a graph's scripts name, and with the headers that name packages.
Pure."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from modules.scripting.script_header import Header, WrongHeader, fits_python, read_header
from modules.sdk.declare import ModuleSpec
from studio.environments.requirements import WrongRequirement, read_requirements
from studio.experiments.graph import Graph, Node
from studio.experiments.validate import Problem

Catalog = Mapping[str, ModuleSpec]
EnvironmentState = Callable[[str], str | None]
"""Says of an environment's name "building", "ready" or "failed"; None if there is none."""

PARAM, SCRIPT, BASE = "environment", "script", ("", "base")


def environment_problems(graph: Graph, catalog: Catalog, state: EnvironmentState) -> list[Problem]:
    """All of them, in node order."""
    return [problem for node in _nodes(graph, catalog) for problem in (*_named(node, state), *_header(node))]


def ignored_headers(graph: Graph, catalog: Catalog) -> list[Problem]:
    """Headers that choose nothing, since their node names an environment."""
    found = []
    for node in _nodes(graph, catalog):
        header = _read(node)
        if header and header.dependencies and _name(node) not in BASE:
            message = (
                f"The packages in the script's header are not looked at, since the node names the "
                f"environment {_name(node)!r}. Choose base to have the header choose."
            )
            found.append(
                Problem(
                    node=node.id,
                    param=SCRIPT,
                    line=header.line,
                    column=0,
                    code="ignored-header",
                    message=message,
                )
            )
    return found


def _nodes(graph: Graph, catalog: Catalog) -> Iterator[Node]:
    for node in graph.nodes.values():
        spec = catalog.get(node.module)
        if spec and spec.param(PARAM):
            yield node


def _name(node: Node) -> Any:
    return node.params.get(PARAM) or ""


def _named(node: Node, state: EnvironmentState) -> Iterator[Problem]:
    name = _name(node)
    if name in BASE or not isinstance(name, str):
        return
    found = state(name)
    if found is None:
        message = f"There is no environment {name!r}. Choose another, or make one of that name."
        yield Problem(node=node.id, param=PARAM, code="unknown-environment", message=message)
    elif found == "failed":
        message = f"The environment {name!r} could not be built. Its page says why; build it again there."
        yield Problem(node=node.id, param=PARAM, code="failed-environment", message=message)


def _read(node: Node) -> Header | None:
    try:
        return read_header(str(node.params.get(SCRIPT) or ""))
    except WrongHeader:
        return None


def _header(node: Node) -> Iterator[Problem]:
    try:
        header = read_header(str(node.params.get(SCRIPT) or ""))
    except WrongHeader as wrong:
        yield _wrong(node, wrong.line, str(wrong))
        return
    if header is None:
        return
    try:
        read_requirements(header.dependencies)
    except WrongRequirement as wrong:
        yield _wrong(node, header.line, f"In the header of the script, {wrong}")
    python = platform.python_version()
    if header.python and not fits_python(header, python):
        message = f"The script's header wants Python {header.python}, but this server has {python}."
        yield _wrong(node, header.line, message)


def _wrong(node: Node, line: int, message: str) -> Problem:
    return Problem(node=node.id, param=SCRIPT, line=line, column=0, code="script-header", message=message)
