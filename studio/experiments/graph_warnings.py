"""What will probably go wrong with a graph that can run. Pure."""

from __future__ import annotations

from pydantic import BaseModel

from studio.experiments.graph import Graph
from studio.experiments.leakage import Catalog, Leak, find_leaks
from studio.experiments.repairs import Repair, repair_of
from studio.experiments.validate import Problem, called


class TextEdit(BaseModel):
    """Text in place of what stands between two places; lines count from 1, columns from 0."""

    line: int
    column: int
    end_line: int
    end_column: int
    text: str


class QuickFix(BaseModel):
    """A change of a script that mends it; `title` says which."""

    title: str
    edits: list[TextEdit]


class GraphWarning(Problem):
    """Something that keeps no graph from running. `repair`: what would mend it in the graph, `fix`: in the
    script, if that is known."""

    repair: Repair | None = None
    fix: QuickFix | None = None


def find_warnings(graph: Graph, catalog: Catalog) -> list[GraphWarning]:
    """All warnings of a graph, in node order."""
    return [
        GraphWarning(
            node=leak.node,
            code="leakage",
            message=_said(leak, graph, catalog),
            repair=repair_of(leak, graph, catalog),
        )
        for leak in find_leaks(graph, catalog)
    ]


def _said(leak: Leak, graph: Graph, catalog: Catalog) -> str:
    node, test, split = (
        called(graph.nodes[id], catalog[graph.nodes[id].module]) if id else ""
        for id in (leak.node, leak.test, leak.split)
    )
    if leak.split is None:
        return (
            f"{node} learns from all rows, also from those that {test} holds out to test on, so that the "
            f"result looks better than it is. Give {test} the table as it was, and wire the transformation "
            "into its input Transform: it is then fitted anew without the rows held out."
        )
    if leak.is_below:
        return (
            f"{node} learns from the very rows that {test} tests. Learn from the other part of {split}, and "
            "do the same to this part with Apply Transformation."
        )
    return (
        f"{node} learns from all rows before {split} parts them, also from those that {test} tests, so that "
        f"the result looks better than it is. Put it below {split}, on the part for training, and do the "
        "same to the other part with Apply Transformation."
    )
