"""Own modules in an experiment file: opened before they are planned, refused where they cannot be."""

from __future__ import annotations

from typing import Any

import pytest

from modules.registry import catalog
from studio.agents.withheld import put_back, without_values
from studio.experiments.desk.writer import write_script
from studio.experiments.graph import FileProblem, Graph, read_graph
from studio.experiments.own_modules import flat_document, inner_param
from studio.experiments.validate import validate
from studio.runs.plan import make_plan
from studio.services.captured import marked_parameters
from tests.builders import PASS_ON, Exp, own_module
from workers.command.arguments import set_params


def halves() -> dict[str, Any]:
    """A script, then a split whose share is a param."""
    inner = (
        Exp().script("a").node("b", "split-data", fraction=0.5).wire("a.result_dataset", "b.dataset").file()
    )
    return own_module(
        "Halves",
        inner,
        {"rows": ["a.dataset1"]},
        {"first": "b.results_dataset1"},
        {"share": ("b", "fraction")},
    )


def document(**params: Any) -> dict[str, Any]:
    exp = Exp().table("t", "x\n1\n2\n").node("h", "own/halves", **params).script("s")
    exp.wire("t.dataset", "h.rows").wire("h.first", "s.dataset1")
    return {**exp.file(), "modules": {"halves": halves()}}


def told(file: dict[str, Any]) -> list[tuple[str | None, str]]:
    return [(one.node, one.code) for one in validate(read_graph(file), catalog(), lambda name: None)]


def ends(graph: Graph) -> set[tuple[str, str]]:
    return {(str(wire.source), str(wire.target)) for wire in graph.wires}


def test_a_node_becomes_what_is_inside() -> None:
    graph = read_graph(document(share=0.25))
    assert list(graph.nodes) == ["t", "h.a", "h.b", "s"]
    assert ends(graph) == {
        ("t.dataset", "h.a.dataset1"),
        ("h.a.result_dataset", "h.b.dataset"),
        ("h.b.results_dataset1", "s.dataset1"),
    }
    assert graph.nodes["h.b"].params["fraction"] == 0.25
    assert graph.meant(["h", "s"]) == ["h.a", "h.b", "s"]
    assert told(document()) == []
    plan = {step.node: step for step in make_plan(graph, catalog())}
    assert plan["s"].inputs == {"dataset1": ("h.b", "results_dataset1")}


def test_the_file_itself_is_not_changed() -> None:
    file = document(share=0.25)
    before = repr(file)
    flat_document(file)
    assert repr(file) == before
    plain = Exp().script("a").file()
    assert flat_document(plain) == plain


def test_nested_ones_share_ports_and_params() -> None:
    inner = Exp().node("in", "own/halves").file()
    outer = own_module("Outer", inner, {"rows": ["in.rows"]}, {"out": "in.first"}, {"part": ("in", "share")})
    exp = Exp().table("t", "x\n1\n").node("o", "own/outer", part=0.1).script("s")
    exp.wire("t.dataset", "o.rows").wire("o.out", "s.dataset1")
    file = {**exp.file(), "modules": {"halves": halves(), "outer": outer}}
    graph = read_graph(file)
    assert ("t.dataset", "o.in.a.dataset1") in ends(graph)
    assert ("o.in.b.results_dataset1", "s.dataset1") in ends(graph)
    assert graph.nodes["o.in.b"].params["fraction"] == 0.1
    assert graph.within["o"] == ["o.in.a", "o.in.b"] == graph.within["o.in"]
    assert inner_param(file, "o", "part") == ("o.in.b", "fraction")
    set_ = set_params(file, [("o.part", "0.9")])
    assert read_graph(set_).nodes["o.in.b"].params["fraction"] == 0.9


def test_problems_stand_at_the_outer_node_or_inside() -> None:
    file = document(share="much", shares=1)
    assert told(file) == [("h", "bad-param"), ("h.b", "bad-param")]
    file = document()
    file["wires"].append({"from": "h.second", "to": "s.dataset2"})
    file["wires"].append({"from": "t.dataset", "to": "h.columns"})
    assert told(file) == [("h", "unknown-port"), ("h", "unknown-port")]
    file = document()
    file["modules"] = {}
    assert ("h", "unknown-module") in told(file)


def test_one_that_contains_itself_is_refused() -> None:
    loop = own_module("Loop", Exp().node("x", "own/loop").file(), {}, {}, {})
    file = {**Exp().node("n", "own/loop").file(), "modules": {"loop": loop}}
    with pytest.raises(FileProblem, match="contains itself"):
        read_graph(file)


def test_depth_and_size_have_a_bound() -> None:
    chain = {
        f"m{n}": own_module(f"M{n}", Exp().node("x", f"own/m{n + 1}").file(), {}, {}, {}) for n in range(12)
    }
    with pytest.raises(FileProblem, match="more than 8 deep"):
        read_graph({**Exp().node("n", "own/m0").file(), "modules": chain})

    def ten(module: str) -> dict[str, Any]:
        exp = Exp()
        for n in range(30):
            exp.node(f"x{n}", module)
        return exp.file()

    bomb = {f"m{n}": own_module("M", ten(f"own/m{n + 1}"), {}, {}, {}) for n in range(6)}
    bomb["m6"] = own_module("M", Exp().script("s").file(), {}, {}, {})
    with pytest.raises(FileProblem, match="more than 5000 nodes"):
        read_graph({**Exp().node("n", "own/m0").file(), "modules": bomb})


@pytest.mark.parametrize(
    "definition",
    [
        None,
        [],
        {},
        {"name": "A"},
        {"name": 3, "nodes": [{"id": "a", "module": "x"}]},
        {"name": "A", "nodes": [3]},
        {"name": "A", "nodes": [{"module": "x"}]},
        {"name": "A", "nodes": [{"id": "a", "module": "x"}], "inputs": [{"name": "b c", "to": []}]},
        {"name": "A", "nodes": [{"id": "a", "module": "x"}], "inputs": [{"name": "b", "to": "a.b"}]},
        {"name": "A", "nodes": [{"id": "a", "module": "x"}], "outputs": [{"name": "b", "from": "a"}]},
        {"name": "A", "nodes": [{"id": "a", "module": "x"}], "params": [{"name": "b", "node": "a"}]},
        {"name": "A", "nodes": {"id": "a"}},
    ],
)
def test_a_definition_that_is_none_is_refused(definition: Any) -> None:
    with pytest.raises(FileProblem):
        read_graph({**Exp().node("n", "own/a").file(), "modules": {"a": definition}})


def test_pins_limits_and_service_parameters_reach_the_inside() -> None:
    file = document()
    node = next(one for one in file["nodes"] if one["id"] == "h")
    node |= {"pinned": {"first": "kept@1"}, "limits": {"seconds": 5}, "service_parameters": {"share": "part"}}
    graph = read_graph(file)
    assert graph.nodes["h.b"].pinned == {"results_dataset1": "kept@1"}
    assert graph.nodes["h.a"].limits == {"seconds": 5}
    assert marked_parameters(flat_document(file)) == {"h.b": {"fraction": "part"}}


def test_an_export_runs_what_is_inside() -> None:
    script = write_script(document(share=0.25), {}, [], "wheel.whl")
    assert '"fraction": 0.25' in script.replace("'", '"')
    assert '"modules"' not in script


def test_an_agent_is_not_sent_what_is_typed_in_inside() -> None:
    inner = Exp().table("t", "x\nsecret\n").file()
    file = {**Exp().node("n", "own/a").file(), "modules": {"a": own_module("A", inner, {}, {}, {})}}
    sent = without_values(file)
    assert "secret" not in repr(sent)
    assert put_back(sent, file) == file


def test_a_script_inside_is_checked() -> None:
    inner = Exp().script("s", "def azureml_main(:\n").file()
    file = {
        **Exp().node("n", "own/a").script("x", PASS_ON).file(),
        "modules": {"a": own_module("A", inner, {}, {}, {})},
    }
    assert told(file) == [("n.s", "script-syntax")]


@pytest.mark.parametrize("wrong", [{"params": 3}, {"limits": [1]}, {"pinned": "x"}])
def test_members_of_a_wrong_shape_are_refused(wrong: dict[str, Any]) -> None:
    file = document()
    file["nodes"][1] |= wrong
    with pytest.raises(FileProblem, match="must be an object"):
        read_graph(file)
