"""Reading an experiment file, and walking its graph."""

from __future__ import annotations

import pytest

from studio.experiments.graph import FileProblem, Graph, read_graph
from tests.builders import Exp


def diamond() -> Graph:
    exp = Exp().node("a", "m").node("b", "m").node("c", "m").node("d", "m").node("alone", "m")
    exp.wire("a.o", "b.i").wire("a.o", "c.i").wire("b.o", "d.i").wire("c.o", "d.j")
    return read_graph(exp.file())


def test_order_puts_each_node_after_those_it_needs() -> None:
    order, stuck = diamond().order()
    assert not stuck
    assert order.index("a") < order.index("b") < order.index("d")
    assert order.index("c") < order.index("d")


def test_upstream_and_downstream() -> None:
    graph = diamond()
    assert graph.upstream(["d"]) == {"a", "b", "c", "d"}
    assert graph.downstream(["b"]) == {"b", "d"}
    assert graph.only(graph.upstream(["b"])).nodes.keys() == {"a", "b"}


def test_a_cycle_leaves_its_nodes_out_of_the_order() -> None:
    exp = (
        Exp()
        .node("a", "m")
        .node("b", "m")
        .node("c", "m")
        .wire("a.o", "b.i")
        .wire("b.o", "a.i")
        .wire("b.o", "c.i")
    )
    order, stuck = read_graph(exp.file()).order()
    assert (order, stuck) == ([], {"a", "b", "c"})


def test_two_wires_between_the_same_nodes_count_once() -> None:
    exp = Exp().node("a", "m").node("b", "m").wire("a.o", "b.i").wire("a.p", "b.j")
    assert read_graph(exp.file()).order() == (["a", "b"], set())


def test_a_node_may_have_a_name_of_its_own() -> None:
    exp = Exp().node("a", "m").node("b", "m").named("b", "  Clean \n prices ")
    assert [node.name for node in read_graph(exp.file()).nodes.values()] == ["", "Clean prices"]


@pytest.mark.parametrize("name", [5, ["a"], "x" * 201])
def test_a_name_that_is_no_short_text_is_refused(name: object) -> None:
    document = Exp().node("a", "m").file()
    document["nodes"][0]["name"] = name
    with pytest.raises(FileProblem, match=r'nodes\[0\] \(a\): "name" must be a text of at most 200'):
        read_graph(document)


def test_a_node_id_may_hold_dots() -> None:
    exp = Exp().node("v1.2", "m").node("b", "m").wire("v1.2.o", "b.i")
    assert read_graph(exp.file()).upstream(["b"]) == {"v1.2", "b"}


@pytest.mark.parametrize(
    ("document", "says"),
    [
        ([], "one JSON object"),
        ({"format": "other/1"}, "other/1"),
        ({"nodes": {}}, '"nodes" must be a list'),
        ({"nodes": [1]}, "nodes[0]"),
        ({"nodes": [{"id": "", "module": "m"}]}, '"id"'),
        ({"nodes": [{"id": "a"}]}, '"module"'),
        ({"nodes": [{"id": "a", "module": "m", "params": []}]}, '"params"'),
        ({"nodes": [{"id": "a", "module": "m"}, {"id": "a", "module": "m"}]}, "used twice"),
        ({"wires": [{"from": "a"}]}, "wires[0].from"),
        ({"wires": [{"from": "a.b", "to": 3}]}, "wires[0].to"),
        ({"name": 3}, '"name"'),
    ],
)
def test_what_is_no_experiment_file_is_told_where(document: object, says: str) -> None:
    with pytest.raises(FileProblem, match=r".") as problem:
        read_graph(document)
    assert says in str(problem.value)
