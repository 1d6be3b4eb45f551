"""A plan: a graph made ready to run."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from modules.registry import catalog
from studio.experiments.graph import read_graph
from studio.runs.plan import Step, describe_skip, make_plan
from tests.builders import Exp


def plan(exp: Exp, **more: object) -> dict[str, Step]:
    return {step.node: step for step in make_plan(read_graph(exp.file()), catalog(), **more)}  # type: ignore[arg-type]


def diamond() -> Exp:
    """`a` feeds `b` and `c`, and both feed `d`; written down from below."""
    exp = Exp().node("d", "add-rows").script("c").script("b").table("a", "x\n1\n")
    exp.wire("b.result_dataset", "d.dataset1").wire("c.result_dataset", "d.dataset2")
    return exp.wire("a.dataset", "b.dataset1").wire("a.dataset", "c.dataset2")


def test_each_step_comes_after_those_it_depends_on() -> None:
    order = list(plan(diamond()))
    assert sorted(order) == ["a", "b", "c", "d"]
    assert order[0] == "a"
    assert order[-1] == "d"


def test_a_step_knows_the_port_that_each_input_comes_from() -> None:
    steps = plan(diamond())
    assert steps["a"].inputs == {}
    assert steps["c"].inputs == {"dataset2": ("a", "dataset")}
    assert steps["d"].inputs == {"dataset1": ("b", "result_dataset"), "dataset2": ("c", "result_dataset")}
    assert (steps["a"].above, steps["d"].above) == (set(), {"b", "c"})


def test_params_left_out_take_their_default_and_those_given_stay() -> None:
    step = plan(Exp().node("s", "split-data", fraction=0.25))["s"]
    assert step.module == "split-data"
    assert step.params["fraction"] == 0.25
    defaults = catalog()["split-data"].params_class().model_dump(mode="json")
    assert step.params == {**defaults, "fraction": 0.25}


@pytest.mark.parametrize("anew", [(), ("b",), ("a", "b", "c", "d")])
def test_only_the_nodes_that_are_asked_for_run_anew(anew: tuple[str, ...]) -> None:
    assert {node for node, step in plan(diamond(), anew=anew).items() if step.anew} == set(anew)


def test_a_dataset_is_pinned_to_its_version_and_other_nodes_have_none() -> None:
    exp = Exp().node("d", "dataset", dataset="pima@2").script("s").wire("d.dataset", "s.dataset1")
    steps = plan(exp, dataset={"pima@2": "version-id"}.get)
    assert (steps["d"].dataset, steps["s"].dataset) == ("version-id", None)
    assert plan(exp)["d"].dataset is None


def test_a_name_and_wished_limits_are_kept_beside_the_params() -> None:
    exp = Exp().script("s").named("s", "Score prices")
    exp.nodes[0]["limits"] = {"wall_seconds": 5}
    step = plan(exp)["s"]
    assert (step.name, dict(step.limits)) == ("Score prices", {"wall_seconds": 5})
    assert "name" not in step.params
    assert plan(Exp().script("s"))["s"].limits == {}


def test_what_is_kept_of_a_step_is_plain() -> None:
    step = Step(
        "b",
        "add-rows",
        {"p": 1},
        {"dataset1": ("a", "out")},
        True,
        {"wall_seconds": 5},
        "B",
        "v",
        {"m": "a1"},
    )
    assert step.as_json() == {
        "module": "add-rows", "params": {"p": 1}, "inputs": {"dataset1": ["a", "out"]}, "anew": True,
        "limits": {"wall_seconds": 5}, "name": "B", "dataset": "v", "given": {"m": "a1"}, "environment": None,
    }  # fmt: skip
    least = Step("b", "add-rows", {}, {}).as_json()
    assert (least["anew"], least["limits"], least["name"], least["dataset"]) == (False, {}, "", None)


def test_a_step_stays_as_it_was_made() -> None:
    with pytest.raises(FrozenInstanceError):
        Step("b", "add-rows", {}, {}).node = "c"  # type: ignore[misc]


def test_a_skipped_node_names_what_failed() -> None:
    assert describe_skip("Split Data") == "skipped: Split Data above it failed"
