"""Own modules of an experiment file: a node of one stands for a graph with ports and params of its own.

`flat` puts the inner nodes in place of such a node, so that plan, engine and cache know flat graphs only. A
node `n2` inside of `n5` is called `n5.n2` there. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from studio.documents import DEFINITIONS
from studio.experiments.file_problem import FileProblem
from studio.experiments.own_definition import UNTRUSTED, Definition, read_definition

OWN = "own/"
"""How the module of such a node begins; the rest is the key of its definition in the file."""
DEEPEST = 8
MOST_NODES = 5_000
MOST_WIRES = 20_000


@dataclass
class Flat:
    """A file without own modules. `within`: by such a node (inner ones too) the nodes that it stands for.
    `misfits`: what is wrong at such nodes, as a problem's fields."""

    document: Mapping[str, Any]
    within: dict[str, list[str]] = field(default_factory=dict)
    misfits: list[dict[str, str]] = field(default_factory=list)


def is_own(node: object) -> bool:
    return isinstance(node, Mapping) and str(node.get("module") or "").startswith(OWN)


def flat_document(document: Mapping[str, Any]) -> dict[str, Any]:
    """The file with the inner nodes of its own modules in place of them. FileProblem if it is not one."""
    return dict(flat(document).document)


def flat(document: Mapping[str, Any]) -> Flat:
    """The same, with what is told of it. A file without own modules stays the very same."""
    nodes, definitions = document.get("nodes"), document.get(DEFINITIONS)
    read = _read(definitions)
    if not isinstance(nodes, list) or not any(is_own(node) for node in nodes):
        return Flat(document)
    return _Flattening(read).all_of(document, nodes)


def _read(definitions: object) -> dict[str, Definition]:
    if definitions is None:
        return {}
    if not isinstance(definitions, Mapping):
        raise FileProblem(f'"{DEFINITIONS}" must be an object: own modules, each by its key.')
    return {str(key): read_definition(str(key), one) for key, one in definitions.items()}


@dataclass
class _Edge:
    """Where the wires of an own node lead: by input the inner inputs, by output the inner output."""

    inputs: dict[str, list[str]] = field(default_factory=dict)
    outputs: dict[str, str] = field(default_factory=dict)


class _Flattening:
    def __init__(self, definitions: Mapping[str, Definition]) -> None:
        self._definitions = definitions
        self._nodes: list[Any] = []
        self._wires: list[Any] = []
        self._found = Flat({})

    def all_of(self, document: Mapping[str, Any], nodes: list[Any]) -> Flat:
        wires = document.get("wires")
        self._level(nodes, wires if isinstance(wires, list) else [], "", ())
        rest = {key: value for key, value in document.items() if key != DEFINITIONS}
        self._found.document = {**rest, "nodes": self._nodes, "wires": self._wires}
        return self._found

    def _level(
        self, nodes: Iterable[Any], wires: Iterable[Any], prefix: str, path: tuple[str, ...]
    ) -> dict[str, _Edge]:
        edges: dict[str, _Edge] = {}
        for node in nodes:
            key = str(node["module"])[len(OWN) :] if is_own(node) else ""
            if prefix and not (isinstance(node, Mapping) and isinstance(node.get("id"), str)):
                raise FileProblem(f"A node inside of {prefix[:-1]} has no id.")
            named = {**node, "id": prefix + node["id"]} if prefix else node
            if key in self._definitions and isinstance(named.get("id"), str):
                edges[named["id"]] = self._opened(named, key, path)
            else:
                self._nodes.append(named)
            if len(self._nodes) > MOST_NODES:
                raise FileProblem(f"With its own modules opened it has more than {MOST_NODES} nodes.")
        for wire in wires:
            self._wire(wire, prefix, edges)
        return edges

    def _opened(self, node: Mapping[str, Any], key: str, path: tuple[str, ...]) -> _Edge:
        if key in path:
            raise FileProblem(f"The own module {key!r} contains itself ({' → '.join([*path, key])}).")
        if len(path) >= DEEPEST:
            raise FileProblem(f"Own modules lie in each other more than {DEEPEST} deep, at {key!r}.")
        definition, id = self._definitions[key], str(node["id"])
        first = len(self._nodes)
        inner = [self._with_outer(child, definition, node) for child in definition.nodes]
        edges = self._level(inner, definition.wires, f"{id}.", (*path, key))
        self._found.within[id] = [str(each["id"]) for each in self._nodes[first:]]
        edge = _Edge()
        for name, targets in definition.inputs.items():
            edge.inputs[name] = [end for target in targets for end in _inside(f"{id}.{target}", edges)]
        for name, source in definition.outputs.items():
            edge.outputs[name] = _source(f"{id}.{source}", edges) or f"{id}.{source}"
        self._check_params(node, definition)
        return edge

    def _with_outer(self, child: Any, definition: Definition, node: Mapping[str, Any]) -> Any:
        """An inner node with what is set at the own node: params, limits, pins, parameters of a service."""
        if not isinstance(child, Mapping):
            return child
        given, limits, pinned = (_object(node, member) for member in ("params", "limits", "pinned"))
        marked = node.get("service_parameters")
        changed: dict[str, Any] = {key: value for key, value in child.items() if key != UNTRUSTED}
        if definition.untrusted or node.get(UNTRUSTED):
            changed[UNTRUSTED] = definition.name if definition.untrusted else node[UNTRUSTED]
        for name, (inner, param) in definition.params.items():
            if inner != child.get("id"):
                continue
            if name in given:
                changed["params"] = {**_object(changed, "params"), param: given[name]}
            if isinstance(marked, Mapping) and name in marked:
                known = changed.get("service_parameters")
                known = known if isinstance(known, Mapping) else {}
                changed["service_parameters"] = {**known, param: marked[name]}
        if limits:
            changed["limits"] = {**limits, **_object(changed, "limits")}
        for port, dataset in pinned.items():
            inner, _, name = definition.outputs.get(port, "").rpartition(".")
            if inner and inner == child.get("id"):
                changed["pinned"] = {**_object(changed, "pinned"), name: dataset}
        return changed

    def _check_params(self, node: Mapping[str, Any], definition: Definition) -> None:
        known = ", ".join(definition.params) or "none"
        for name in _object(node, "params"):
            if name not in definition.params:
                message = f"{definition.name} has no parameter {name!r}; it has {known}."
                self._misfit(node["id"], "param", name, "bad-param", message)

    def _wire(self, wire: Any, prefix: str, edges: Mapping[str, _Edge]) -> None:
        ends = (wire.get("from"), wire.get("to")) if isinstance(wire, Mapping) else (None, None)
        if not all(isinstance(end, str) and "." in end for end in ends):
            self._wires.append(wire)  # told by whoever reads the graph
            return
        source, target = f"{prefix}{ends[0]}", f"{prefix}{ends[1]}"
        started = _source(source, edges)
        if started is None:
            self._no_port(source, "output")
            return
        into = target.rpartition(".")
        if into[0] in edges and into[2] not in edges[into[0]].inputs:
            self._no_port(target, "input")
            return
        self._wires += [{**wire, "from": started, "to": end} for end in _inside(target, edges)]
        if len(self._wires) > MOST_WIRES:
            raise FileProblem(f"With its own modules opened it has more than {MOST_WIRES} wires.")

    def _no_port(self, end: str, side: str) -> None:
        node, _, port = end.rpartition(".")
        message = f"{node} has no {side} {port!r}. Remove the wire, or take the version that has it."
        self._misfit(node, "port", port, "unknown-port", message)

    def _misfit(self, node: str, what: str, name: str, code: str, message: str) -> None:
        self._found.misfits.append({"node": node, what: name, "code": code, "message": message})


def _object(node: Mapping[str, Any], member: str) -> Mapping[str, Any]:
    value = node.get(member) or {}
    if isinstance(value, Mapping):
        return value
    raise FileProblem(f'{node.get("id")}: "{member}" must be an object.')


def _inside(target: str, edges: Mapping[str, _Edge]) -> list[str]:
    node, _, port = target.rpartition(".")
    return edges[node].inputs.get(port, []) if node in edges else [target]


def _source(source: str, edges: Mapping[str, _Edge]) -> str | None:
    """None if the node is an own one without that output."""
    node, _, port = source.rpartition(".")
    return edges[node].outputs.get(port) if node in edges else source


def inner_param(document: Mapping[str, Any], node: str, param: str) -> tuple[str, str]:
    """Which inner node's param it is that a node of an own module calls so; other nodes keep theirs."""
    definitions = _read(document.get(DEFINITIONS))
    nodes = document.get("nodes") or []
    prefix, id = "", node
    for _ in range(DEEPEST):
        found = next((one for one in nodes if isinstance(one, Mapping) and one.get("id") == id), None)
        definition = definitions.get(str((found or {}).get("module"))[len(OWN) :]) if is_own(found) else None
        if definition is None or param not in definition.params:
            break
        prefix, nodes = f"{prefix}{id}.", definition.nodes
        id, param = definition.params[param]
    return prefix + id, param
