"""Models over HTTP: trained, scored and evaluated by the contract, in one run."""

from __future__ import annotations

import math
import time
from pathlib import Path

import numpy as np
import pytest
from sklearn.metrics import log_loss, roc_auc_score

from tests.builders import Exp
from tests.server import RunView, Server

rng = np.random.default_rng(7)
ROWS = 240


def csv() -> str:
    """Numbers, text, gaps and odd names; `bought` follows from the first two, `pay` is a number."""
    x, y = rng.normal(size=ROWS), rng.normal(size=ROWS)
    city = rng.choice(["Bonn", "Köln", "Ulm"], ROWS)
    bought = np.where(x + (city == "Ulm") + rng.normal(size=ROWS) / 2 > 0.3, "yes", "no")
    pay = 3 * x - y + rng.normal(size=ROWS) / 10
    lines = ['id,"[a] ""x""",b é,city,bought,size,pay']
    for i in range(ROWS):
        size = ("S", "M", "L")[int(np.digitize(pay[i], [-1, 1]))]
        lines.append(f"{i},{x[i]:.6f},{y[i] if i % 9 else ''},{city[i]},{bought[i]},{size},{pay[i]:.6f}")
    return "\n".join(lines) + "\n"


LEARNERS = {
    "logistic": ("two-class-logistic-regression", "bought"),
    "boosted": ("two-class-boosted-decision-tree", "bought"),
    "forest": ("decision-forest-regression", "pay"),
    "many": ("multiclass-logistic-regression", "size"),
}
SCRIPTED = (
    "from sklearn.ensemble import HistGradientBoostingRegressor\n"
    "def azureml_main(df):\n    X = df[['id', 'b é']]\n"
    "    return df, HistGradientBoostingRegressor(random_state=0).fit(X, df['pay'])\n"
)
DROPS_ROLES = "def azureml_main(df):\n    df = df.copy()\n    df['p'] = df['Scored Probabilities'] * 1\n"
DROPS_ROLES += "    return df[['bought', 'p']].assign(said=df['Scored Labels'].astype(object)),\n"


@pytest.fixture(scope="module")
def run(server: Server) -> RunView:
    exp = Exp("Models").table("data", csv()).node("split", "split-data", fraction=0.6)
    exp.wire("data.dataset", "split.dataset")
    for name, (slug, label) in LEARNERS.items():
        features = {
            "by": "names",
            "values": [other for other in ("bought", "size", "pay", "id") if other != label],
        }
        exp.node(name, slug).node(f"train {name}", "train-model", label_column=label, feature_columns={
            "begin": "all", "rules": [features | {"exclude": True}]
        }).node(f"score {name}", "score-model").node(f"evaluate {name}", "evaluate-model")  # fmt: skip
        exp.wire(f"{name}.untrained_model", f"train {name}.untrained_model")
        exp.wire("split.results_dataset1", f"train {name}.dataset")
        exp.wire(f"train {name}.trained_model", f"score {name}.trained_model")
        exp.wire("split.results_dataset2", f"score {name}.dataset")
        exp.wire(f"score {name}.scored_dataset", f"evaluate {name}.scored_dataset")
    exp.wire("score boosted.scored_dataset", "evaluate logistic.scored_dataset_to_compare")
    exp.script("script", SCRIPTED).wire("split.results_dataset1", "script.dataset1")
    exp.node("score script", "score-model").wire("script.result_model", "score script.trained_model")
    exp.wire("split.results_dataset2", "score script.dataset")
    exp.node("evaluate script", "evaluate-model", label_column="pay")
    exp.wire("score script.scored_dataset", "evaluate script.scored_dataset")
    exp.script("drops", DROPS_ROLES).wire("score logistic.scored_dataset", "drops.dataset1")
    exp.node("again", "evaluate-model", label_column="bought", scored_columns=["said", "p"])
    exp.wire("drops.result_dataset", "again.scored_dataset")
    return server.run(exp)


def column(run: RunView, port: str, name: str) -> list:
    page = run.page(port, limit=1000)
    place = [each["name"] for each in page["columns"]].index(name)
    return [row[place] for row in page["rows"]]


def test_all_of_it_finishes(run: RunView) -> None:
    assert {id: run.log(id) for id, state in run.states().items() if state != "finished"} == {}


def test_two_classes_get_a_label_and_the_probability_of_the_positive_one(run: RunView) -> None:
    names = [each["name"] for each in run.page("score boosted.scored_dataset")["columns"]]
    assert names[-2:] == ["Scored Labels", "Scored Probabilities"]
    share = column(run, "score boosted.scored_dataset", "Scored Probabilities")
    labels = column(run, "score boosted.scored_dataset", "Scored Labels")
    assert labels == ["yes" if p > 0.5 else "no" for p in share]


def test_a_row_with_a_gap_has_no_score_where_the_learner_cannot_take_it(run: RunView) -> None:
    gaps = [value is None for value in column(run, "score logistic.scored_dataset", "b é")]
    share = column(run, "score logistic.scored_dataset", "Scored Probabilities")
    assert [p is None for p in share] == gaps
    assert any(gaps)
    assert f"{sum(gaps)} of {len(gaps)} rows have no score" in run.log("score logistic")


def test_evaluation_is_that_of_scikit_learn_and_has_a_row_for_each_scored_table(run: RunView) -> None:
    page = run.page("evaluate logistic.evaluation_results")
    assert [each["name"] for each in page["columns"]] == [
        "Accuracy", "Precision", "Recall", "F1 Score", "AUC", "Average Log Loss", "Training Log Loss",
        "True Positive", "False Negative", "False Positive", "True Negative",
    ]  # fmt: skip
    assert len(page["rows"]) == 2
    actual = [value == "yes" for value in column(run, "score boosted.scored_dataset", "bought")]
    share = column(run, "score boosted.scored_dataset", "Scored Probabilities")
    assert page["rows"][1][4] == pytest.approx(roc_auc_score(actual, share), abs=1e-12)
    assert page["rows"][1][5] == pytest.approx(log_loss(actual, share), abs=1e-12)
    assert sum(page["rows"][1][7:]) == len(actual)
    assert page["rows"][0][4] > 0.7


def test_a_forest_gives_a_mean_and_how_far_its_trees_disagree(run: RunView) -> None:
    names = [each["name"] for each in run.page("score forest.scored_dataset")["columns"]]
    assert names[-2:] == ["Scored Label Mean", "Scored Label Standard Deviation"]
    page = run.page("evaluate forest.evaluation_results")
    metrics = dict(zip((each["name"] for each in page["columns"]), page["rows"][0], strict=True))
    assert list(metrics) == [
        "Negative Log Likelihood", "Mean Absolute Error", "Root Mean Squared Error",
        "Relative Absolute Error",
        "Relative Squared Error", "Coefficient of Determination",
    ]  # fmt: skip
    assert metrics["Coefficient of Determination"] == 1 - metrics["Relative Squared Error"] > 0.5


def test_several_classes_get_a_probability_each_then_the_label(run: RunView) -> None:
    names = [each["name"] for each in run.page("score many.scored_dataset")["columns"]]
    assert names[-4:] == [
        *(f'Scored Probabilities for Class "{size}"' for size in "LMS"),
        "Scored Labels",
    ]


def test_a_scripts_estimator_is_scored_and_evaluated(run: RunView) -> None:
    page = run.page("evaluate script.evaluation_results")
    said = column(run, "score script.scored_dataset", "Scored Labels")
    actual = column(run, "score script.scored_dataset", "pay")
    assert page["rows"][0][1] == pytest.approx(np.mean(np.abs(np.subtract(said, actual))), abs=1e-12)


def test_columns_that_a_script_made_are_evaluated_by_the_params(run: RunView) -> None:
    before, after = (
        run.page(f"{node}.evaluation_results")["rows"][0] for node in ("evaluate logistic", "again")
    )
    assert all(math.isclose(a, b, rel_tol=1e-12) for a, b in zip(before, after, strict=True))


def test_a_model_tells_what_it_is_without_being_opened(server: Server, run: RunView) -> None:
    card = server.get(f"artifacts/{run.output('train boosted.trained_model')['artifact']}")
    assert (card["task"], card["learner"], card["trained"]) == (
        "two-class", "two-class-boosted-decision-tree", True,
    )  # fmt: skip
    assert (card["label"], card["classes"], card["positive_class"]) == ("bought", ["no", "yes"], "yes")
    assert (card["threshold"], card["rows"]) == (0.5, 144)
    assert card["features"] == [
        {"name": '[a] "x"', "type": "float"},
        {"name": "b é", "type": "float"},
        {"name": "city", "type": "string", "levels": ["Bonn", "Köln", "Ulm"]},
    ]
    assert card["params"]["learning_rate"] == 0.2
    assert set(card["libraries"]) == {"scikit-learn", "numpy", "scipy"}
    recipe = server.get(f"artifacts/{run.output('boosted.untrained_model')['artifact']}")
    assert (recipe["trained"], recipe["features"]) == (False, [])
    facts = server.get(f"artifacts/{recipe['id']}/model")
    assert ["learning_rate", "0.2"] in facts["params"]


REACH = """
import socket
reached = []
for target in TARGETS:
    try:
        open(target, "w").write("pwned")
        reached.append(target)
    except OSError:
        pass
try:
    socket.create_connection(("127.0.0.1", PORT), 1)
    reached.append("network")
except OSError:
    pass
print("attacked, and reached", reached)
"""
TRAP = """
class Trap:
    def fit(self, X, y): return self
    def predict(self, X): return [1] * len(X)
    def __reduce__(self): return eval, (f"exec({REACH!r}) or 5",)
def azureml_main(df):
    return df, Trap()
"""


def test_a_model_whose_unpickling_attacks_does_nothing_wherever_it_is_opened(
    server: Server, tmp_path: Path
) -> None:
    targets = [str(tmp_path / "pwned"), str(server.home / "pwned"), "/var/tmp/pwned-by-a-model"]
    attack = REACH.replace("TARGETS", repr(targets)).replace("PORT", str(server.port))
    exp = Exp("Attack").table("data", "x,y\n1,2\n3,4\n").script("script", f"REACH = {attack!r}\n{TRAP}")
    exp.wire("data.dataset", "script.dataset1").node("score", "score-model")
    exp.wire("script.result_model", "score.trained_model").wire("data.dataset", "score.dataset")
    run = server.run(exp)
    assert "attacked, and reached []" in run.log("score")
    model, table = run.output("script.result_model")["artifact"], run.output("data.dataset")["artifact"]
    for path in (f"{model}/model", f"{model}/model/inputs", f"{table}/metrics?model={model}&label=y"):
        assert server.http.get(f"artifacts/{path}").status_code in (200, 422), path
    assert server.http.post(f"artifacts/{model}/model/try", json={"row": {"x": 1}}).status_code == 422
    assert not [target for target in targets if Path(target).exists()]


GRID = {
    "create_trainer_mode": "parameter_range",
    "number_of_decision_trees": "2; 3000",  # the folds of the first are soon there, then one is in mid-fit
    "maximum_depth_of_the_decision_trees": "4",
    "number_of_random_splits_per_node": "128",
    "minimum_number_of_samples_per_leaf_node": "1",
}


@pytest.mark.parametrize(
    ("slug", "params", "trainer", "more"),
    [
        ("boosted-decision-tree", {"number_of_trees_constructed": 9000}, "train-model", {}),
        ("decision-forest", {"number_of_decision_trees": 9000}, "train-model", {}),
        (
            "decision-forest",
            {"number_of_decision_trees": 400},
            "cross-validate-model",
            {"number_of_folds": 90},
        ),
        ("decision-forest", GRID, "tune-model-hyperparameters", {"sweeping_mode": "entire_grid"}),
    ],
    ids=["boosted", "forest", "fold", "sweep"],
)
def test_a_training_is_cancelled_within_two_seconds(
    server: Server, slug: str, params: dict, trainer: str, more: dict
) -> None:
    exp = Exp("Long training").table("data", csv()).node("learner", f"two-class-{slug}", **params)
    exp.node("train", trainer, label_column="bought", **more)
    table = "training_dataset" if trainer.startswith("tune") else "dataset"
    exp.wire("learner.untrained_model", "train.untrained_model").wire("data.dataset", f"train.{table}")
    started = server.start(server.create(exp)["id"])["id"]
    deadline = time.monotonic() + 40
    while not (told := server.get(f"runs/{started}")["nodes"]["train"])["progress"]:
        assert time.monotonic() < deadline, told
        time.sleep(0.02)
    asked = time.monotonic()
    server.post(f"runs/{started}/cancel", status=202)
    assert server.wait(started).states()["train"] == "cancelled"
    assert time.monotonic() - asked < 2
