"""Pinned nodes: what is left out, what the plan says, and what is wrong before a run."""

from __future__ import annotations

import pytest

from modules.registry import catalog
from studio.experiments.graph import FileProblem, read_graph
from studio.experiments.pins import settle_pins
from studio.experiments.validate import validate
from studio.runs.plan import left_out_steps, make_plan
from studio.runs.reasons import changes
from studio.services.capture import capture
from studio.services.captured import Choices
from tests.builders import PASS_ON, Exp, chain

DATASETS = {"kept@1": "table", "scripts": "bundle"}
IDS = {"kept@1": "version-id"}


def pinned_chain() -> Exp:
    """data → s1 → s2 → s3, pinned at s2."""
    return chain(PASS_ON, PASS_ON, PASS_ON).pin("s2", result_dataset="kept@1")


def left_out(exp: Exp) -> dict[str, str]:
    return {node.id: below for node, below in settle_pins(read_graph(exp.file())).left_out}


def codes(exp: Exp) -> list[tuple[str | None, str]]:
    return [(one.node, one.code) for one in validate(read_graph(exp.file()), catalog(), DATASETS.get)]


def test_only_what_nobody_else_needs_is_left_out() -> None:
    exp = pinned_chain()
    assert left_out(exp) == {"data": "s2", "s1": "s2"}
    exp.script("other").wire("data.dataset", "other.dataset1")
    assert left_out(exp) == {"s1": "s2"}
    assert left_out(chain(PASS_ON, PASS_ON)) == {}


def test_a_pin_above_a_pin_stays_and_a_graph_is_settled_once() -> None:
    exp = pinned_chain().pin("s1", result_dataset="kept@1")
    settled = settle_pins(read_graph(exp.file()))
    assert set(settled.graph.nodes) == {"s1", "s2", "s3"}
    assert settle_pins(settled.graph) == (settled.graph, [])


def test_the_plan_takes_the_dataset_and_says_why_the_rest_is_not_run() -> None:
    exp = pinned_chain().named("s2", "Clean")
    exp.nodes[2]["params"] = {"api": "no such"}  # nobody computes with them
    settled = settle_pins(read_graph(exp.file()))
    steps = {step.node: step for step in make_plan(settled.graph, catalog(), dataset=IDS.get)}
    assert list(steps) == ["s2", "s3"]
    assert (steps["s2"].inputs, steps["s2"].pinned) == ({}, {"result_dataset": "version-id"})
    assert steps["s2"].as_json()["pinned"] == {"result_dataset": "version-id"}
    assert "pinned" not in steps["s3"].as_json()
    assert {step.node: step.left_out for step in left_out_steps(settled, catalog())} == dict.fromkeys(
        ("data", "s1"), "not run: only Clean below needs it, and Clean is pinned"
    )


def test_what_is_above_a_pin_may_be_wrong_and_a_pin_that_is_gone_is_told() -> None:
    exp = pinned_chain()
    exp.nodes[1]["module"] = "no-such-module"
    assert codes(exp) == []
    assert codes(exp.pin("s2", result_dataset="kept@2")) == [("s2", "bad-pin")]
    assert codes(exp.pin("s2", result_dataset="scripts")) == [("s2", "bad-pin")]
    assert codes(exp.pin("s2", nowhere="kept@1")) == [("s2", "bad-pin"), ("s2", "bad-pin")]


def test_an_experiment_with_a_pinned_node_is_not_published() -> None:
    found = capture(read_graph(pinned_chain().file()), catalog(), {}, Choices(), {})
    assert [(one.node, one.code) for one in found.problems] == [("s2", "pinned")]
    assert "Unpin it, run the experiment, then publish" in found.problems[0].message


@pytest.mark.parametrize("pinned", [7, ["kept@1"], {"result_dataset": 1}])
def test_a_file_whose_pins_cannot_be_read_is_refused(pinned: object) -> None:
    exp = pinned_chain()
    exp.nodes[0]["pinned"] = pinned
    with pytest.raises(FileProblem, match=r'nodes\[0\] \(data\): "pinned" must be'):
        read_graph(exp.file())


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ({}, {"p": "a"}, ["was pinned"]),
        ({"p": "a"}, {}, ["was unpinned"]),
        ({"p": "a"}, {"p": "b"}, ["was pinned to another result"]),
        ({"p": "a"}, {"p": "a"}, []),
    ],
)
def test_a_pin_is_a_cause(before: dict[str, str], after: dict[str, str], told: list[str]) -> None:
    def plan(pinned: dict[str, str]) -> dict[str, object]:
        wires = {} if pinned else {"dataset1": ["data", "dataset"]}
        return {"module": "m", "name": "Clean", "params": {}, "inputs": wires, "pinned": pinned}

    found = changes((plan(before), {}), (plan(after), {}), str)
    assert [change.here for change in found] == told
    assert [change.below for change in found] == [f"Clean {one}" for one in told]
