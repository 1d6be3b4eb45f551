"""The samples of machine learning, run as a person would run them, and what is shown of their models."""

from __future__ import annotations

import shutil
import time
from functools import cache

import pytest

from tests.builders import FORMAT
from tests.server import RunView, Server


@pytest.fixture(scope="module")
def sample(server: Server):
    def ready() -> set[str]:
        return {one["name"] for one in server.get("datasets", limit=1000)["items"] if one["state"] == "ready"}

    while not {"Breast cancer", "Diabetes", "Wine chemistry"} <= ready():
        time.sleep(0.1)

    @cache
    def run(slug: str) -> RunView:
        shown = next(one for one in server.get("samples")["items"] if one["slug"] == slug)
        file = {"format": FORMAT, **{key: shown[key] for key in ("name", "nodes", "wires")}}
        run = server.run(server.post("experiments", file)["id"])
        assert run.state == "finished", {
            n: run.log(n) for n, state in run.states().items() if state == "failed"
        }
        return run

    return run


def test_two_classifiers_are_evaluated_as_their_metrics_say(server: Server, sample) -> None:
    run = sample("two-classifiers")
    metrics = server.get(f"artifacts/{run.output('evaluate.evaluation_results')['artifact']}/rows")
    names = [column["name"] for column in metrics["columns"]]
    assert len(metrics["rows"]) == 2
    for row, node in zip(metrics["rows"], ("score1", "score2"), strict=True):
        said = dict(zip(names, row, strict=True))
        shown = server.get(f"artifacts/{run.output(f'{node}.scored_dataset')['artifact']}/evaluation")
        two = shown["two_classes"]
        assert (shown["label"], two["positive"]) == ("diagnosis", "malignant")
        assert two["auc"] == pytest.approx(said["AUC"], abs=1e-12)
        assert two["log_loss"] == pytest.approx(said["Average Log Loss"], abs=1e-9)
        assert two["grid"]["positives"][500] == said["True Positive"]
        assert two["grid"]["negatives"][500] == said["False Positive"]


def test_a_regression_shows_its_errors(server: Server, sample) -> None:
    run = sample("regression")
    shown = server.get(f"artifacts/{run.output('score.scored_dataset')['artifact']}/evaluation")
    metrics = server.get(f"artifacts/{run.output('evaluate.evaluation_results')['artifact']}/rows")
    said = dict(zip([c["name"] for c in metrics["columns"]], metrics["rows"][0], strict=True))
    assert shown["task"] == "regression"
    assert shown["numbers"]["metrics"]["rmse"] == pytest.approx(said["Root Mean Squared Error"])
    importance = server.get(f"artifacts/{run.output('importance.feature_importance')['artifact']}/rows")
    scores = [row[1] for row in importance["rows"]]
    assert scores == sorted(scores, reverse=True)


def test_a_trained_model_tells_its_importances_and_draws_its_trees(server: Server, sample) -> None:
    run = sample("two-classifiers")
    model = run.output("train2.trained_model")["artifact"]
    facts = server.get(f"artifacts/{model}/model")
    assert facts["trees"] == 100
    assert sum(feature["weight"] for feature in facts["features"]) == pytest.approx(1)
    tree = server.get(f"artifacts/{model}/model/trees/3", levels=2)
    assert tree["root"]["column"] in {feature["name"] for feature in facts["features"]}
    assert server.http.get(f"artifacts/{model}/model/trees/100").status_code == 422
    assert server.http.get(f"artifacts/{model}/model/trees/-1").status_code == 422
    weights = server.get(f"artifacts/{run.output('train1.trained_model')['artifact']}/model")
    assert (len(weights["weights"]), weights["outcomes"]) == (30, ["malignant"])


def test_two_models_are_measured_over_one_table_as_score_and_evaluate_measure_them(
    server: Server, sample
) -> None:
    run = sample("two-classifiers")
    rows = run.output("split.results_dataset2")["artifact"]
    metrics = server.get(f"artifacts/{run.output('evaluate.evaluation_results')['artifact']}/rows")
    names = [column["name"] for column in metrics["columns"]]
    for place, node in enumerate(("train1", "train2")):
        model = run.output(f"{node}.trained_model")["artifact"]
        said = server.get(f"artifacts/{rows}/metrics", model=model)
        assert said["label"] == "diagnosis"
        assert {one["name"]: one["value"] for one in said["metrics"]} == dict(
            zip(names, metrics["rows"][place], strict=True)
        )
        scored = run.output(f"score{place + 1}.scored_dataset")["artifact"]
        assert server.get(f"artifacts/{scored}/metrics") == said
    assert {one["name"]: one["better"] for one in said["metrics"]}["Average Log Loss"] == "less"
    refused = server.http.get(f"artifacts/{rows}/metrics", params={"model": rows})
    assert refused.status_code == 422
    assert "not a model" in refused.json()["detail"]


def test_a_model_is_tried_on_a_row_that_somebody_types(server: Server, sample) -> None:
    model = sample("two-classifiers").output("train2.trained_model")["artifact"]
    asked = server.get(f"artifacts/{model}/model/inputs")
    assert len(asked["inputs"]) == 30
    row = dict(zip([one["name"] for one in asked["inputs"]], asked["rows"][0], strict=True))
    said = server.post(f"artifacts/{model}/model/try", {"row": row}, status=200)
    assert said["of"] == "Probability of malignant"
    assert [name for name, _ in said["scores"]] == ["Scored Labels", "Scored Probabilities"]
    assert (len(said["moved"]), said["against"]) == (30, 50)
    wrong = server.http.post(f"artifacts/{model}/model/try", json={"row": {"no such": 1}})
    assert wrong.status_code == 422
    assert "no feature 'no such'" in wrong.json()["detail"]


@pytest.mark.parametrize("format", ["skops", "onnx"])
def test_a_model_is_exported_once_its_training_rows_were_scored_with_the_file(
    server: Server, sample, format: str
) -> None:
    model = sample("two-classifiers").output("train1.trained_model")["artifact"]
    told = server.get(f"artifacts/{model}/model/export", format=format)
    assert (told["compared"], told["other_labels"], len(told["inputs"])) == (200, 0, 30)
    assert told["apart"] < 1e-4
    file = server.http.get(f"artifacts/{model}/download", params={"format": format})
    assert file.status_code == 200
    assert f"model.{format}" in file.headers["content-disposition"]
    assert server.get(f"artifacts/{model}/model/export", format=format) == told
    if format == "skops":
        import io
        import zipfile

        assert "schema.json" in zipfile.ZipFile(io.BytesIO(file.content)).namelist()
    else:
        import onnxruntime

        session = onnxruntime.InferenceSession(file.content, providers=["CPUExecutionProvider"])
        assert "mean_radius" in {each.name for each in session.get_inputs()}


def test_what_cannot_be_exported_says_why(server: Server, sample) -> None:
    model = sample("anomalies").output("train.trained_model")["artifact"]
    for call in (f"artifacts/{model}/model/export", f"artifacts/{model}/download"):
        refused = server.http.get(call, params={"format": "onnx"})
        assert refused.status_code == 422
        assert "no equal in scikit-learn" in refused.json()["detail"]
    assert server.http.get(f"artifacts/{model}/model/export", params={"format": "pmml"}).status_code == 422
    rows = sample("anomalies").output("score.scored_dataset")["artifact"]
    assert server.http.get(f"artifacts/{rows}/model/export", params={"format": "skops"}).status_code == 422


def test_a_model_is_trained_again_on_the_same_data_and_compared(server: Server, sample) -> None:
    model = sample("two-classifiers").output("train1.trained_model")["artifact"]
    begun = server.post(f"artifacts/{model}/model/again", status=202)
    run = server.wait(begun["run"])
    assert (run.state, run.body["purpose"]) == ("finished", "training")
    new = run.output(f"{begun['node']}.{begun['port']}")["artifact"]
    assert not run.body["nodes"][begun["node"]]["cached"]
    said = server.get(f"artifacts/{model}/model/difference", other=new)
    assert (said["rows"], said["largest"], said["other_labels"]) == (200, 0, 0)
    other = sample("two-classifiers").output("train2.trained_model")["artifact"]
    assert server.get(f"artifacts/{model}/model/difference", other=other)["largest"] > 0
    rows = sample("two-classifiers").output("score1.scored_dataset")["artifact"]
    refused = server.http.post(f"artifacts/{rows}/model/again")
    assert refused.status_code == 422


def test_the_sweep_has_twelve_runs_best_first(server: Server, sample) -> None:
    run = sample("sweep")
    table = server.get(f"artifacts/{run.output('tune.sweep_results')['artifact']}/rows")
    place = [column["name"] for column in table["columns"]].index("AUC")
    scores = [row[place] for row in table["rows"]]
    assert len(scores) == 12
    assert scores == sorted(scores, reverse=True)


def test_selection_inside_the_folds_is_honest_and_outside_them_a_leak(server: Server, sample) -> None:
    run = sample("cross-validation")

    def mean(node: str) -> float:
        table = server.get(f"artifacts/{run.output(f'{node}.evaluation_results_by_fold')['artifact']}/rows")
        names = [column["name"] for column in table["columns"]]
        row = next(row for row in table["rows"] if row[0] == "Mean")
        return row[names.index("AUC")]

    assert mean("honest") == pytest.approx(0.5, abs=0.2)
    assert mean("leaky") > 0.8
    warned = server.post(
        "experiments/validate", server.get(f"experiments/{run.body['experiment']}"), status=200
    )
    assert [w["node"] for w in warned["warnings"] if w["code"] == "leakage"] == ["choose"]


def test_clusters_are_those_of_the_cultivars(server: Server, sample) -> None:
    run = sample("clusters")
    [assigned] = [
        out for port, out in run.body["nodes"]["train"]["outputs"].items() if out["type"] == "table"
    ]
    table = server.get(f"artifacts/{assigned['artifact']}/rows", limit=200)
    place = [column["name"] for column in table["columns"]].index("Assignments")
    assert {row[place] for row in table["rows"]} == {0, 1, 2}
    drawn = server.get(f"artifacts/{run.output('train.trained_model')['artifact']}/model/clusters")
    assert sum(drawn["sizes"]) == len(drawn["points"]) == len(table["rows"])


def test_most_anomalies_are_malignant(server: Server, sample) -> None:
    run = sample("anomalies")
    table = server.get(f"artifacts/{run.output('score.scored_dataset')['artifact']}/rows", limit=1000)
    names = [column["name"] for column in table["columns"]]
    odd = [row[names.index("diagnosis")] for row in table["rows"] if row[names.index("Scored Labels")] == 1]
    assert len(odd) > 20
    assert odd.count("malignant") / len(odd) > 0.6


def test_a_model_in_r_is_evaluated_like_another(server: Server, sample) -> None:
    if not shutil.which("Rscript"):
        assert "r-model" not in {one["slug"] for one in server.get("samples")["items"]}
        return
    run = sample("r-model")
    shown = server.get(
        f"artifacts/{run.output('script.result_dataset')['artifact']}/evaluation", label="diagnosis"
    )
    assert shown["two_classes"]["positive"] == "malignant"
    metrics = server.get(f"artifacts/{run.output('evaluate.evaluation_results')['artifact']}/rows")
    said = dict(zip([c["name"] for c in metrics["columns"]], metrics["rows"][0], strict=True))
    assert said["AUC"] == pytest.approx(shown["two_classes"]["auc"], abs=1e-12)
    assert said["AUC"] > 0.9


def test_a_model_of_a_script_is_evaluated_like_another(server: Server, sample) -> None:
    run = sample("scripted-model")
    shown = server.get(
        f"artifacts/{run.output('score.scored_dataset')['artifact']}/evaluation", label="diagnosis"
    )
    assert shown["two_classes"]["auc"] > 0.95
