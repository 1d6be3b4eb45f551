"""How a leak is repaired: which nodes come, and which wires change. Pure.

Learned above a split: the split moves up, so that the node learns from the part that is trained on; *Apply
Transformation* does the same to the other part, and nodes between them come twice. Learned above a test that
holds rows out by itself: the test gets the table as it was, and the transformation, which it fits anew each
time.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from modules.sdk.declare import ModuleSpec
from modules.sdk.fits import FitPorts
from studio.experiments.graph import Graph, Node, PortRef, Wire
from studio.experiments.leakage import HOLDS_OUT, Catalog, Leak, learns

APPLY = "apply-transformation"
REFIT = "transform"
BESIDE = 280.0


class Place(BaseModel):
    x: float
    y: float


class RepairWire(BaseModel):
    """Each end is written `node.port`."""

    model_config = ConfigDict(populate_by_name=True)

    from_: str = Field(alias="from")
    to: str


class NewNode(BaseModel):
    id: str
    module: str
    params: dict[str, Any]
    name: str
    position: Place


class Repair(BaseModel):
    """A change of the graph that mends a problem. `label` says what it does. The wires in `unwire` go,
    `moves` says where nodes stand afterwards."""

    label: str
    nodes: list[NewNode] = []
    moves: dict[str, Place] = {}
    unwire: list[RepairWire] = []
    wire: list[RepairWire] = []


def repair_of(leak: Leak, graph: Graph, catalog: Catalog) -> Repair | None:
    """The repair; None where none is sure to keep the meaning of everything else."""
    if leak.is_below:
        return None
    target = PortRef(leak.split, "dataset") if leak.split else _held_out(leak, graph)
    chain = _chain(leak.node, target, graph, catalog)
    if not chain:
        return None
    making = _Making(graph, catalog)
    done = making.above_split(chain, leak) if leak.split else making.into_test(chain, target)
    return making.repair if done else None


def _held_out(leak: Leak, graph: Graph) -> PortRef:
    return PortRef(leak.test, HOLDS_OUT[graph.nodes[leak.test].module][0])


def _chain(first: str, target: PortRef, graph: Graph, catalog: Catalog) -> list[str] | None:
    """The nodes from `first` to what is wired into `target`, one below the other, and some above it."""
    below = graph.downstream([first])
    chain: list[str] = []
    at = _source(graph, target)
    while at is not None and at.node in below and at.node not in chain:
        chain.insert(0, at.node)
        if at.node == first:
            break
        ways = [wire.source for wire in graph.into(at.node)
                if wire.source.node in below and _type(graph, catalog, wire.source) == "table"]  # fmt: skip
        at = ways[0] if len(ways) == 1 else None
    return _from_the_top(chain, graph, catalog) if chain[:1] == [first] else None


def _from_the_top(chain: list[str], graph: Graph, catalog: Catalog) -> list[str] | None:
    """The chain with the nodes right above it that fit, up to the highest one that learns, or whose
    transformation the chain continues."""
    found: list[str] | None = None
    while (ports := _ports(graph, catalog, chain[0])) is not None:
        before = _source(graph, PortRef(chain[0], ports.transformation or ""))
        if not before and (found is None or learns(graph.nodes[chain[0]], catalog)):
            found = chain
        above = _source(graph, PortRef(chain[0], ports.dataset))
        fits = _ports(graph, catalog, above.node) if above else None
        if above is None or fits is None or above.port != fits.result or above.node in chain:
            break
        if before and before.node != above.node:
            break
        chain = [above.node, *chain]
    return found


def _source(graph: Graph, port: PortRef) -> PortRef | None:
    return next((wire.source for wire in graph.into(port.node) if wire.target == port), None)


def _spec(graph: Graph, catalog: Catalog, node: str) -> ModuleSpec | None:
    return catalog.get(graph.nodes[node].module) if node in graph.nodes else None


def _ports(graph: Graph, catalog: Catalog, node: str) -> FitPorts | None:
    spec = _spec(graph, catalog, node)
    return spec.fit_ports if spec else None


def _type(graph: Graph, catalog: Catalog, output: PortRef) -> str | None:
    spec = _spec(graph, catalog, output.node)
    port = spec.output(output.port) if spec else None
    return port.type if port else None


class _Making:
    """A repair in the making. Each way says whether it is possible."""

    def __init__(self, graph: Graph, catalog: Catalog) -> None:
        self.graph, self.catalog = graph, catalog
        self.repair = Repair(label="")

    def above_split(self, chain: list[str], leak: Leak) -> bool:
        split = str(leak.split)
        trained, tested = PortRef(split, leak.trained), PortRef(split, leak.tested)
        start = self._start(chain[0])
        end = _source(self.graph, PortRef(split, "dataset"))
        if start is None or end is None or not self._is_straight(chain, split):
            return False
        self.repair.label = "Move below the split"
        self._swap(start.source, start.target, trained)
        self._swap(end, PortRef(split, "dataset"), start.source)
        self._take_over(trained, end)
        if not self._link(chain):
            return False
        self._places(chain, split)
        last = tested
        for place, node in enumerate(chain):
            ports = _ports(self.graph, self.catalog, node)
            follows = _ports(self.graph, self.catalog, chain[place + 1]) if place + 1 < len(chain) else None
            if ports is None:
                last = self._copy(node, chain[place - 1], last)
            elif follows is None:
                last = self._apply(PortRef(node, ports.transform), last, beside=node)
        self._take_over(tested, last)
        return True

    def into_test(self, chain: list[str], target: PortRef) -> bool:
        start = self._start(chain[0])
        end = _source(self.graph, target)
        ports = _ports(self.graph, self.catalog, chain[-1])
        spec = _spec(self.graph, self.catalog, target.node)
        if start is None or end is None or ports is None or spec is None or spec.input(REFIT) is None:
            return False
        if any(_ports(self.graph, self.catalog, node) is None for node in chain) or not self._link(chain):
            return False
        self.repair.label = f"Fit it anew inside {spec.name}"
        self._swap(end, target, start.source)
        refit = self._free_before(PortRef(target.node, REFIT), end)
        if refit is None:
            return False
        self._add(PortRef(chain[-1], ports.transform), refit)
        return True

    def _free_before(self, port: PortRef, end: PortRef) -> PortRef | None:
        """The free input in front of what is wired into `port`, if that learns from `end`: it comes after."""
        for _ in self.graph.nodes:
            there = _source(self.graph, port)
            if there is None:
                return port
            fits = _ports(self.graph, self.catalog, there.node)
            if fits is None or fits.transformation is None:
                return None
            port = PortRef(there.node, fits.transformation)
            if (
                not _source(self.graph, port)
                and _source(self.graph, PortRef(there.node, fits.dataset)) != end
            ):
                return None
        return None

    def _start(self, node: str) -> Wire | None:
        """The wire by which the table comes into the first node."""
        ports = _ports(self.graph, self.catalog, node)
        wires = [w for w in self.graph.into(node) if ports and w.target.port == ports.dataset]
        return wires[0] if len(wires) == 1 else None

    def _is_straight(self, chain: list[str], split: str) -> bool:
        """Whether the table of each node in the chain goes to the next node alone."""
        for node, following in zip(chain, [*chain[1:], split], strict=True):
            ports = _ports(self.graph, self.catalog, node)
            wires = [w for w in self.graph.out_of(node) if not ports or w.source.port == ports.result]
            if len(wires) != 1 or wires[0].target.node != following:
                return False
        return True

    def _link(self, chain: list[str]) -> bool:
        """Wires the transformation of each node that fits into the next one that does."""
        for above, below in pairwise(chain):
            one = _ports(self.graph, self.catalog, above)
            other = _ports(self.graph, self.catalog, below)
            if other is None:
                continue
            if other.transformation is None:
                return False
            input = PortRef(below, other.transformation)
            output, there = PortRef(above, one.transform) if one else None, _source(self.graph, input)
            if there is not None and there != output:
                return False
            if there is None and output is not None:
                self._add(output, input)
        return True

    def _apply(self, transformation: PortRef, table: PortRef, beside: str) -> PortRef:
        id = self._new(APPLY, {}, "", beside)
        self._add(transformation, PortRef(id, "transformation"))
        self._add(table, PortRef(id, "dataset"))
        return PortRef(id, "transformed_dataset")

    def _copy(self, node: str, above: str, table: PortRef) -> PortRef:
        """A node once more, for the other part of the rows."""
        model = self.graph.nodes[node]
        id = self._new(model.module, dict(model.params), model.name, node)
        for wire in self.graph.into(node):
            self._add(table if wire.source.node == above else wire.source, PortRef(id, wire.target.port))
        (out,) = {wire.source.port for wire in self.graph.out_of(node)}
        return PortRef(id, out)

    def _new(self, module: str, params: dict[str, Any], name: str, beside: str) -> str:
        taken = {*self.graph.nodes, *(node.id for node in self.repair.nodes)}
        number = next(n for n in range(1, len(taken) + 2) if f"{module}-{n}" not in taken)
        at = self.repair.moves.get(beside) or _place(self.graph.nodes[beside])
        place = Place(x=at.x + BESIDE, y=at.y)
        new = NewNode(id=f"{module}-{number}", module=module, params=params, name=name, position=place)
        self.repair.nodes.append(new)
        return new.id

    def _places(self, chain: list[str], split: str) -> None:
        """The split stands where the first node was, and each node a place lower."""
        nodes = [*chain, split]
        places = [_place(self.graph.nodes[node]) for node in nodes]
        self.repair.moves = dict(zip([split, *chain], places, strict=True))

    def _take_over(self, output: PortRef, by: PortRef) -> None:
        """What was wired to one output comes from another one."""
        for wire in self.graph.out_of(output.node):
            if wire.source == output:
                self._swap(output, wire.target, by)

    def _swap(self, source: PortRef, target: PortRef, by: PortRef) -> None:
        self.repair.unwire.append(RepairWire(from_=str(source), to=str(target)))
        self._add(by, target)

    def _add(self, source: PortRef, target: PortRef) -> None:
        self.repair.wire.append(RepairWire(from_=str(source), to=str(target)))


def _place(node: Node) -> Place:
    return Place(x=node.position[0], y=node.position[1])
