"""Pinned nodes: datasets lie on their outputs, and neither they nor what only they need is run. Pure."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from studio.experiments.graph import Graph, Node


class Settled(NamedTuple):
    """`graph`: what runs, and the pinned nodes, which no wire enters. `left_out`: the nodes that only pinned
    ones need, each with the id of the pinned node nearest below it."""

    graph: Graph
    left_out: Sequence[tuple[Node, str]]


def settle_pins(graph: Graph) -> Settled:
    """A graph without pinned nodes stays as it is, and so does one that was settled before."""
    pinned = {id for id, node in graph.nodes.items() if node.pinned}
    if not pinned:
        return Settled(graph, ())
    cut = replace(graph, wires=tuple(wire for wire in graph.wires if wire.target.node not in pinned))
    nearest = _nearest_below(graph, pinned)
    needed = cut.upstream(id for id in graph.nodes if id not in nearest)
    left_out = {id: below for id, below in nearest.items() if id not in needed}
    kept = {id: node for id, node in graph.nodes.items() if id not in left_out}
    wires = tuple(wire for wire in cut.wires if wire.target.node not in left_out)
    return Settled(
        replace(graph, nodes=kept, wires=wires), [(graph.nodes[id], below) for id, below in left_out.items()]
    )


def _nearest_below(graph: Graph, pinned: set[str]) -> dict[str, str]:
    """By each node above a pinned one that is not pinned itself: that pinned node."""
    found: dict[str, str] = {}
    queue = deque((id, id) for id in graph.nodes if id in pinned)
    while queue:
        at, below = queue.popleft()
        for wire in graph.into(at):
            above = wire.source.node
            if above in graph.nodes and above not in pinned and above not in found:
                found[above] = below
                queue.append((above, below))
    return found
