"""The experiment file as plain data: nodes, wires, ports. Pure: no Django."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from studio.experiments.file_problem import FileProblem
from studio.experiments.own_modules import flat

__all__ = ["FORMAT", "FileProblem", "Graph", "Node", "PortRef", "Wire", "read_graph"]

FORMAT = "studio-experiment/1"
MAX_NODES = 5_000
MAX_WIRES = 20_000
MAX_NAME = 200
FARTHEST = 1e9
RESERVED = {
    *("__proto__", "constructor", "hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable", "prototype"),
    *("toLocaleString", "toString", "valueOf", "__defineGetter__", "__defineSetter__"),
    *("__lookupGetter__", "__lookupSetter__"),
}
"""What every object of a browser has: no name for a node, whose results lie in objects by its id."""


class PortRef(NamedTuple):
    """A port of a node. Written `node.port`."""

    node: str
    port: str

    @classmethod
    def read(cls, text: object, where: str) -> PortRef:
        if not isinstance(text, str) or "." not in text:
            raise FileProblem(f'{where}: a wire\'s end is written "node.port", not {text!r}.')
        node, _, port = text.rpartition(".")
        return cls(node, port)

    def __str__(self) -> str:
        return f"{self.node}.{self.port}"


@dataclass(frozen=True)
class Node:
    """`name`: what a person calls it; empty where it goes by its module's name. `position`: x and y on the
    canvas. `pinned`: the datasets (`name@version`) that its outputs are, by port, instead of running
    it. `untrusted`: the own module that it is inside of, if that waits for trust."""

    id: str
    module: str
    params: Mapping[str, Any] = field(default_factory=dict)
    limits: Mapping[str, Any] = field(default_factory=dict)
    name: str = ""
    position: tuple[float, float] = (0.0, 0.0)
    pinned: Mapping[str, str] = field(default_factory=dict)
    untrusted: str = ""


@dataclass(frozen=True)
class Wire:
    source: PortRef
    target: PortRef


@dataclass(frozen=True)
class Graph:
    """Nodes in file order, and wires. `within`: by a node of an own module the nodes here that it stands for.
    `misfits`: what is wrong at such nodes, as fields of a problem."""

    nodes: Mapping[str, Node]
    wires: tuple[Wire, ...]
    within: Mapping[str, Sequence[str]] = field(default_factory=dict)
    misfits: Sequence[Mapping[str, str]] = ()

    def meant(self, ids: Iterable[str]) -> list[str]:
        """These nodes, with what is inside in place of those of own modules."""
        return [inner for id in ids for inner in self.within.get(id, (id,))]

    def into(self, node: str) -> list[Wire]:
        return self._by_target.get(node, [])

    def out_of(self, node: str) -> list[Wire]:
        return self._by_source.get(node, [])

    def __post_init__(self) -> None:
        targets, sources = defaultdict(list), defaultdict(list)
        for wire in self.wires:
            targets[wire.target.node].append(wire)
            sources[wire.source.node].append(wire)
        object.__setattr__(self, "_by_target", targets)
        object.__setattr__(self, "_by_source", sources)

    _by_target: Mapping[str, list[Wire]] = field(init=False, repr=False, compare=False)
    _by_source: Mapping[str, list[Wire]] = field(init=False, repr=False, compare=False)

    def upstream(self, ids: Iterable[str]) -> set[str]:
        """These nodes and all that they depend on."""
        return self._reach(ids, lambda node: (w.source.node for w in self.into(node)))

    def downstream(self, ids: Iterable[str]) -> set[str]:
        """These nodes and all that depend on them."""
        return self._reach(ids, lambda node: (w.target.node for w in self.out_of(node)))

    def _reach(self, ids: Iterable[str], step: Any) -> set[str]:
        found: set[str] = set()
        stack = [id for id in ids if id in self.nodes]
        while stack:
            if (node := stack.pop()) not in found:
                found.add(node)
                stack.extend(n for n in step(node) if n in self.nodes)
        return found

    def only(self, ids: set[str]) -> Graph:
        """The part of the graph with these nodes, and every wire that ends in one of them."""
        return Graph(
            {id: node for id, node in self.nodes.items() if id in ids},
            tuple(w for w in self.wires if w.target.node in ids),
            self.within,
            [one for one in self.misfits if ids.intersection(self.within.get(one["node"], ()))],
        )

    def order(self) -> tuple[list[str], set[str]]:
        """Nodes in an order in which each comes after those it depends on, and those in or below a cycle."""
        above = {
            id: {w.source.node for w in self.into(id) if w.source.node in self.nodes} for id in self.nodes
        }
        ready = [id for id, needs in above.items() if not needs]
        done: list[str] = []
        for id in ready:
            done.append(id)
            for wire in self.out_of(id):
                needs = above.get(wire.target.node)
                if needs and id in needs:
                    needs.discard(id)
                    if not needs:
                        ready.append(wire.target.node)
        return done, set(self.nodes) - set(done)


def read_graph(document: object) -> Graph:
    """The graph of an experiment file, with own modules opened. FileProblem if it is not one."""
    if not isinstance(document, Mapping):
        raise FileProblem("An experiment file is one JSON object.")
    if (found := document.get("format", FORMAT)) != FORMAT:
        raise FileProblem(f'"format" is {found!r}; this Studio reads {FORMAT!r}.')
    if not isinstance(document.get("name", ""), str):
        raise FileProblem('"name" must be a text.')
    opened = flat(document)
    document = opened.document
    nodes: dict[str, Node] = {}
    for place, item in enumerate(_list(document, "nodes", MAX_NODES)):
        where = f"nodes[{place}]"
        if not isinstance(item, Mapping):
            raise FileProblem(f"{where} must be an object.")
        id, module, params = item.get("id"), item.get("module"), item.get("params", {})
        if not isinstance(id, str) or not id or len(id) > 200:
            raise FileProblem(f'{where}: "id" must be a text of 1 to 200 characters.')
        if id in RESERVED:
            raise FileProblem(f"{where}: the id {id!r} means something else in browsers; choose another.")
        if id in nodes:
            raise FileProblem(f"{where}: the id {id!r} is used twice; every node needs an id of its own.")
        if not isinstance(module, str) or not module or len(module) > MAX_NAME:
            raise FileProblem(f'{where} ({id}): "module" must be the slug of a module.')
        if not isinstance(params, Mapping):
            raise FileProblem(f'{where} ({id}): "params" must be an object.')
        limits = item.get("limits") or {}
        if not isinstance(limits, Mapping):
            raise FileProblem(f'{where} ({id}): "limits" must be an object.')
        name = item.get("name") or ""
        if not isinstance(name, str) or len(name) > MAX_NAME:
            raise FileProblem(f'{where} ({id}): "name" must be a text of at most {MAX_NAME} characters.')
        nodes[id] = Node(
            id,
            module,
            params,
            limits,
            name=" ".join(name.split()),
            position=_position(item.get("position")),
            pinned=_pinned(item.get("pinned"), f"{where} ({id})"),
            untrusted=str(item.get("untrusted") or "") if "." in id else "",
        )
    wires = []
    for place, item in enumerate(_list(document, "wires", MAX_WIRES)):
        where = f"wires[{place}]"
        if not isinstance(item, Mapping):
            raise FileProblem(f'{where} must be an object with "from" and "to".')
        wires.append(
            Wire(PortRef.read(item.get("from"), f"{where}.from"), PortRef.read(item.get("to"), f"{where}.to"))
        )
    return Graph(nodes, tuple(wires), opened.within, opened.misfits)


def _pinned(given: object, where: str) -> Mapping[str, str]:
    if given is None:
        return {}
    if isinstance(given, Mapping) and all(isinstance(dataset, str) for dataset in given.values()):
        return given
    raise FileProblem(f'{where}: "pinned" must be an object that names a dataset ("name@version") by port.')


def _position(given: object) -> tuple[float, float]:
    """Where a node stands; the origin where that is not said in numbers."""
    place = (given.get("x"), given.get("y")) if isinstance(given, Mapping) else (None, None)
    x, y = (float(at) if isinstance(at, (int, float)) and abs(at) < FARTHEST else 0.0 for at in place)
    return x, y


def _list(document: Mapping[str, Any], key: str, most: int) -> list[Any]:
    value = document.get(key, [])
    if not isinstance(value, list):
        raise FileProblem(f'"{key}" must be a list.')
    if len(value) > most:
        raise FileProblem(f"{len(value)} {key}; an experiment has at most {most}.")
    return value
