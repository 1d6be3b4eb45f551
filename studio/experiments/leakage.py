"""What is learned from rows that are tested later. Pure; looks at the graph alone.

Rows are followed from where they come in, through splits, to where a model is trained and where it is tested.
A module that fits leaks, if rows that it learns from are tested on a model that was trained on others, and
what it learned has a part in that: in the model, or in the rows that are tested. Said only where it is
certain: a test that is none (on the very rows of the training), rows of another source, and transformations
that the training fits anew are no leak.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from pydantic import ValidationError

from modules.sdk.declare import ModuleSpec
from studio.experiments.graph import Graph, Node, PortRef

Catalog = Mapping[str, ModuleSpec]

SPLITS = {"split-data"}
HOLDS_OUT = {
    "cross-validate-model": ("dataset", None),
    "tune-model-hyperparameters": ("training_dataset", "validation_dataset"),
}
"""Modules that test on a part of the rows of one input, unless the other input is wired."""
TRAINED, UNTRAINED = "trained_model", "untrained_model"
MOST_PARTS, MOST_NODES = 16, 100
"""More than that nobody draws; a graph that has more is not looked at to the end."""


class Rows(NamedTuple):
    """Rows of one source; of each split in `parts` only those of that output."""

    source: str
    parts: frozenset[PortRef] = frozenset()

    def parted_from(self, other: Rows) -> str | None:
        """The split that no row of both has passed alike; None where they may be the same rows."""
        mine = dict(self.parts)
        return next((split for split, port in other.parts if mine.get(split, port) != port), None)

    def meet(self, other: Rows) -> bool:
        return self.source == other.source and self.parted_from(other) is None


@dataclass(frozen=True)
class Test:
    """Where a model is tested, and by which inputs what is tested comes in. `trained`: the rows that it was
    trained on; None where the node holds rows out by itself."""

    node: str
    inputs: tuple[PortRef, ...]
    tested: frozenset[Rows]
    trained: frozenset[Rows] | None


class Leak(NamedTuple):
    """What `node` learned from is tested at `test`. `split`: the node whose output `trained` is trained on,
    and whose output `tested` is tested; None where the test holds rows out by itself. `is_below`: what is
    learned from has passed that split."""

    node: str
    test: str
    split: str | None = None
    trained: str = ""
    tested: str = ""
    is_below: bool = False


def find_leaks(graph: Graph, catalog: Catalog) -> Iterator[Leak]:
    """A leak for each node that has one, in node order."""
    if not any(spec.fits for spec in _modules(graph, catalog)):
        return
    if not any(spec.slug in HOLDS_OUT or spec.input(TRAINED) for spec in _modules(graph, catalog)):
        return
    learning = [node for node in graph.nodes.values() if learns(node, catalog)][:MOST_NODES]
    rows = follow_rows(graph, catalog)
    tests = list(islice(_tests(graph, catalog, rows), MOST_NODES))
    for node in learning:
        ports = catalog[node.module].fit_ports
        learned = _rows_into(graph, rows, PortRef(node.id, ports.dataset)) if ports else frozenset()
        reached = _reached(graph, catalog, node.id)
        found = (_leak(node, learned, test) for test in tests if reached.intersection(test.inputs))
        if leak := next(filter(None, found), None):
            yield leak


def _modules(graph: Graph, catalog: Catalog) -> Iterator[ModuleSpec]:
    return filter(None, (catalog.get(slug) for slug in {node.module for node in graph.nodes.values()}))


def learns(node: Node, catalog: Catalog) -> bool:
    """Whether a node, as it is set, learns anything from the rows that come in."""
    spec = catalog.get(node.module)
    if spec is None or spec.fits is None:
        return False
    try:
        return spec.fits.learns(spec.read_params(node.params))
    except ValidationError:
        return False  # said elsewhere


def _leak(node: Node, learned: Iterable[Rows], test: Test) -> Leak | None:
    met = [rows for rows in test.tested if any(rows.meet(one) for one in learned)]
    if test.trained is None:
        return Leak(node.id, test.node) if met else None
    for tested in met:
        for trained in test.trained:
            if tested.source == trained.source and (split := trained.parted_from(tested)):
                by = (dict(trained.parts)[split], dict(tested.parts)[split])
                return Leak(node.id, test.node, split, *by, any(split in dict(one.parts) for one in learned))
    return None


def follow_rows(graph: Graph, catalog: Catalog) -> dict[PortRef, frozenset[Rows]]:
    """By output which rows may be there."""
    rows: dict[PortRef, frozenset[Rows]] = {}
    for id in graph.order()[0]:
        node, spec = graph.nodes[id], catalog.get(graph.nodes[id].module)
        if spec is None:
            continue
        tables = [port.name for port in spec.inputs if port.type == "table"]
        come = _joined(_rows_into(graph, rows, PortRef(id, name)) for name in tables)
        if not come and not any(wire.target.port in tables for wire in graph.into(id)):
            named = node.params.get(spec.reference or "")
            come = frozenset({Rows(f"dataset {named}" if spec.reference else id)})
        for port in spec.outputs:
            out = PortRef(id, port.name)
            if node.module in SPLITS:
                rows[out] = frozenset(Rows(one.source, one.parts | {out}) for one in come)
            else:
                rows[out] = come
    return rows


def _joined(come: Iterable[frozenset[Rows]]) -> frozenset[Rows]:
    """All of them. The parts of a split that are together again are one, and what others hold is left out."""
    found = frozenset[Rows]().union(*come)
    while halves := next(_halves(found), None):
        (whole, parts) = halves
        found = found - parts | {whole}
    found = frozenset(one for one in found if not any(_holds(other, one) for other in found))
    return frozenset() if max([len(found), *(len(one.parts) for one in found)]) > MOST_PARTS else found


def _halves(found: frozenset[Rows]) -> Iterator[tuple[Rows, frozenset[Rows]]]:
    for rows in found:
        for part in rows.parts:
            rest = rows.parts - {part}
            alike = (one for one in found if one.source == rows.source and rest < one.parts)
            others = frozenset(
                one for one in alike if {port.node for port in one.parts - rest} == {part.node}
            )
            if len(others) > 1:
                yield Rows(rows.source, rest), others


def _holds(other: Rows, one: Rows) -> bool:
    return other.source == one.source and other.parts < one.parts


def _rows_into(graph: Graph, rows: Mapping[PortRef, frozenset[Rows]], port: PortRef) -> frozenset[Rows]:
    come = (rows.get(wire.source, frozenset()) for wire in graph.into(port.node) if wire.target == port)
    return frozenset().union(*come)


def _tests(graph: Graph, catalog: Catalog, rows: Mapping[PortRef, frozenset[Rows]]) -> Iterator[Test]:
    for id, node in graph.nodes.items():
        spec = catalog.get(node.module)
        if spec is None:
            continue
        if node.module in HOLDS_OUT:
            name, other = HOLDS_OUT[node.module]
            port = PortRef(id, name)
            mine = _rows_into(graph, rows, port)
            if other is None or not any(wire.target.port == other for wire in graph.into(id)):
                yield Test(id, (port,), mine, None)
            else:
                apart = PortRef(id, other)
                yield Test(id, (port, apart), _rows_into(graph, rows, apart), mine)
        elif spec.input(TRAINED) is not None:
            tables = [PortRef(id, port.name) for port in spec.inputs if port.type == "table"]
            tested = frozenset().union(*(_rows_into(graph, rows, port) for port in tables))
            yield Test(id, (PortRef(id, TRAINED), *tables), tested, _trained_on(graph, catalog, rows, id))


def _trained_on(
    graph: Graph, catalog: Catalog, rows: Mapping[PortRef, frozenset[Rows]], id: str
) -> frozenset[Rows]:
    """The rows that the model was trained on which comes into a node."""
    models = [wire.source.node for wire in graph.into(id) if wire.target.port == TRAINED]
    found: frozenset[Rows] = frozenset()
    for above in models:
        spec = catalog.get(graph.nodes[above].module) if above in graph.nodes else None
        for port in spec.inputs if spec else ():
            if port.type == "table":
                found |= _rows_into(graph, rows, PortRef(above, port.name))
    return found


def _reached(graph: Graph, catalog: Catalog, id: str) -> set[PortRef]:
    """The inputs that what a node learned has a part in. A transformation that is wired into a training is
    fitted anew there, and so is a model that is trained again."""
    found: set[PortRef] = set()
    nodes, stack = {id}, [id]
    while stack:
        for wire in graph.out_of(stack.pop()):
            target = graph.nodes.get(wire.target.node)
            spec = catalog.get(target.module) if target else None
            port = spec.input(wire.target.port) if spec else None
            if spec is None or port is None or port.name == UNTRAINED:
                continue
            if port.type == "transform" and spec.input(UNTRAINED):
                continue
            found.add(wire.target)
            if wire.target.node not in nodes:
                nodes.add(wire.target.node)
                stack.append(wire.target.node)
    return found
