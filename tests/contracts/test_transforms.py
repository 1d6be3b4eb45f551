"""Transforms over HTTP: fitted, carried through several modules, applied to other rows."""

from __future__ import annotations

from tests.builders import Exp
from tests.server import Server


def test_what_was_learned_is_applied_to_other_rows(server: Server) -> None:
    exp = Exp().table("train", "x,y\n1,10\n,\n3,30\n").table("other", "x,y\n,7\n5,\n")
    exp.node("mean", "clean-missing-data", cleaning_mode="mean", columns_to_be_cleaned=["x"])
    exp.node("zero", "clean-missing-data")
    exp.node("apply", "apply-transformation")
    exp.wire("train.dataset", "mean.dataset").wire("mean.cleaned_dataset", "zero.dataset")
    exp.wire("mean.cleaning_transformation", "zero.transformation")
    exp.wire("zero.cleaning_transformation", "apply.transformation").wire("other.dataset", "apply.dataset")
    run = server.run(exp)
    done = run.output("apply.transformed_dataset")["artifact"]
    assert server.get(f"artifacts/{done}/rows")["rows"] == [[2, 7], [5, 0]]
    kept = server.get(f"artifacts/{run.output('zero.cleaning_transformation')['artifact']}")
    assert [step["module"] for step in kept["steps"]] == ["clean-missing-data"] * 2
    assert kept["steps"][0]["fitted"]["replace"] == {"x": "2"}


def test_the_catalog_says_which_port_is_what_to_a_module_that_fits(server: Server) -> None:
    assert server.get("modules/clean-missing-data")["fits"] == {
        "dataset": "dataset", "transformation": "transformation",
        "result": "cleaned_dataset", "transform": "cleaning_transformation",
    }  # fmt: skip
    assert server.get("modules/split-data")["fits"] is None


def test_warnings_come_beside_errors(server: Server) -> None:
    told = server.post("experiments/validate", Exp().node("a", "no-such-module").file(), status=200)
    assert (len(told["errors"]), told["warnings"]) == (1, [])
