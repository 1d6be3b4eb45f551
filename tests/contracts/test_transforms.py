"""Transforms over HTTP: fitted, carried through several modules, applied to other rows."""

from __future__ import annotations

from typing import Any

import httpx

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


def saved(server: Server, artifact: str, **body: Any) -> httpx.Response:
    return server.http.post(f"artifacts/{artifact}/save", json=body)


def test_transforms_and_models_are_kept_with_versions_and_brought_back(server: Server) -> None:
    exp = (
        Exp()
        .table("data", "x,y\n1,0\n,1\n5,0\n7,1\n")
        .node("mean", "clean-missing-data", cleaning_mode="mean")
    )
    exp.node("learner", "two-class-logistic-regression").node("train", "train-model", label_column=["y"])
    exp.wire("data.dataset", "mean.dataset").wire("mean.cleaned_dataset", "train.dataset")
    exp.wire("learner.untrained_model", "train.untrained_model")
    run = server.run(exp)
    fitted, trained, recipe, table = (
        run.output(port)["artifact"]
        for port in (
            "mean.cleaning_transformation", "train.trained_model", "learner.untrained_model",
            "mean.cleaned_dataset",
        )
    )  # fmt: skip
    kept = saved(server, fitted, name="means")
    assert kept.status_code == 201
    assert {key: kept.json()[key] for key in ("kind", "type", "version", "rows", "state", "artifact")} == {
        "kind": "transform", "type": "transform", "version": 1, "rows": None, "state": "ready",
        "artifact": fitted,
    }  # fmt: skip
    assert saved(server, fitted, name="means").status_code == 409
    assert saved(server, fitted, new_version_of=kept.json()["id"]).json()["version"] == 2
    refused = saved(server, table, new_version_of=kept.json()["id"])
    assert (refused.status_code, "'means' is a transform, and this is a table" in refused.text) == (422, True)
    assert saved(server, trained, name="churn").json()["kind"] == "model"
    assert saved(server, recipe, name="recipe").json()["kind"] == "model"
    file = server.http.get(f"datasets/{kept.json()['id']}/download")
    assert file.json()["steps"][0]["module"] == "clean-missing-data"

    again = Exp().node("means", "dataset", dataset="means@1").node("churn", "dataset", dataset="churn")
    again.table("new", "x,y\n,0\n3,1\n").node("apply", "apply-transformation").node("score", "score-model")
    again.wire("means.dataset", "apply.transformation").wire("new.dataset", "apply.dataset")
    again.wire("churn.dataset", "score.trained_model").wire("apply.transformed_dataset", "score.dataset")
    assert server.post("experiments/validate", again.file(), status=200)["errors"] == []
    scored = server.run(again).output("score.scored_dataset")["artifact"]
    assert server.get(f"artifacts/{scored}/rows")["rows"][0][0] == 13 / 3
    wrong = Exp().node("means", "dataset", dataset="means").node("sum", "summarize-data")
    wrong.wire("means.dataset", "sum.dataset")
    (problem,) = server.post("experiments/validate", wrong.file(), status=200)["errors"]
    assert (problem["code"], "is a transform" in problem["message"]) == ("wrong-type", True)


def test_modules_that_bring_data_of_their_own_run_confined(server: Server) -> None:
    exp = (
        Exp().table("rated", "u,i,r\na,x,5\na,y,1\nb,x,4\n").table("lines", 'line\n"1 | good"\n"-1 | bad"\n')
    )
    exp.table("story", "text\nDie Katze schläft auf dem alten Sofa in Berlin.\n")
    exp.node("clean", "preprocess-text", language="german").wire("story.dataset", "clean.dataset")
    exp.node("language", "detect-languages", text_column="text").wire("story.dataset", "language.dataset")
    exp.node("names", "named-entity-recognition").wire("story.dataset", "names.story")
    exp.node("learn", "train-vowpal-wabbit-version-8-model").wire("lines.dataset", "learn.dataset")
    exp.node("say", "score-vowpal-wabbit-version-8-model").wire("lines.dataset", "say.dataset")
    exp.wire("learn.trained_model", "say.trained_model")
    exp.node("taste", "train-matchbox-recommender")
    exp.wire("rated.dataset", "taste.training_dataset_of_user_item_rating_triples")
    exp.node("rank", "score-matchbox-recommender").wire("rated.dataset", "rank.dataset_to_score")
    exp.wire("taste.trained_matchbox_recommender", "rank.trained_matchbox_recommender")
    exp.node("low", "iir-filter").node("smooth", "apply-filter", column_set=["r"])
    exp.wire("low.filter", "smooth.filter").wire("rated.dataset", "smooth.dataset")
    run = server.run(exp)

    def row(port: str, at: int = 0) -> list[Any]:
        return server.get(f"artifacts/{run.output(port)['artifact']}/rows")["rows"][at]

    assert row("clean.results_dataset")[1] == "katze schlafen alt sofa berlin"
    assert row("language.results_dataset")[1:3] == ["German", "de"]
    assert row("names.entities", -1)[1:] == ["Berlin", 40, 6, "LOC"]
    assert row("say.results_dataset")[0] > 0
    assert row("rank.scored_dataset") == ["a", "x", "y"]
    assert len(row("smooth.results_dataset")) == 1
