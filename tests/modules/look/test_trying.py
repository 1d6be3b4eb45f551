"""A model tried on one row, its clusters on the plane, its training curve, and its metrics over a table."""

from __future__ import annotations

import pickle

import numpy as np
import pandas as pd
import pytest
from sklearn.linear_model import LinearRegression

from modules.data_transformation.normalize_data import NormalizeParams, normalize_data
from modules.learning.pickling import opened
from modules.learning.supervised import train_labeled
from modules.look.evaluation import measured
from modules.look.models import model_clusters, model_facts, model_inputs, try_model
from modules.machine_learning.evaluate.evaluate_model import EvaluateParams, evaluate_model
from modules.machine_learning.score.score_model import ScoreParams, score_model
from modules.machine_learning.train.train_clustering_model import ClusterParams, train_clustering_model
from modules.sdk.errors import ModuleError
from modules.sdk.values import Model, Table
from tests.modules.learning.tables import dirty, features, model, numeric

TABLE = dirty()


def train(slug: str, table: Table = TABLE, label: str = "two", **params) -> Model:
    return train_labeled(model(slug, **params), table, None, label, features(table), None, "")


def test_a_row_of_the_sample_scores_as_score_model_says_and_its_strongest_feature_comes_first() -> None:
    made = train("two-class-boosted-decision-tree")
    asked = model_inputs(made)
    names = [one["name"] for one in asked["inputs"]]
    assert {"two", "empty", "bytes"} & set(names) == set()
    assert next(one for one in asked["inputs"] if one["name"] == "Город")["levels"] == ["Köln", "Бонн"]
    scored = score_model(made, TABLE, ScoreParams()).scored_dataset
    said = try_model(made, dict(zip(names, asked["rows"][5], strict=True)))
    assert said["of"] == "Probability of yes"
    assert said["score"] == scored.column("Scored Probabilities").data[5].as_py()
    assert said["scores"][0] == ["Scored Labels", scored.column("Scored Labels").data[5].as_py()]
    assert said["moved"][0]["name"] == "a"
    sizes = [abs(one["effect"]) for one in said["moved"]]
    assert sizes == sorted(sizes, reverse=True)


def test_the_effect_of_a_linear_models_feature_is_its_weight_times_the_way_from_the_mean() -> None:
    table = Table.of(x=[0.0, 1.0, 2.0, 5.0], z=[1.0, 1.0, 4.0, 2.0], y=[1.0, 3.0, 5.0, 11.0])
    said = try_model(
        train_labeled(
            model("linear-regression", l2_regularization_weight=0.0), table, None, "y", None, None, ""
        ),
        {"x": 4, "z": 2},
    )
    assert (said["of"], said["against"]) == ("Predicted number", 4)
    assert said["score"] == pytest.approx(9)
    by_name = {one["name"]: one["effect"] for one in said["moved"]}
    assert by_name == {"x": pytest.approx(2 * (4 - 2)), "z": pytest.approx(0, abs=1e-9)}


def test_a_row_that_misses_a_feature_is_scored_where_the_learner_can_and_told_without_a_score_else() -> None:
    assert try_model(train("two-class-boosted-decision-tree"), {"a": 1})["score"] is not None
    said = try_model(train("two-class-logistic-regression"), {"a": 1})
    assert (said["score"], said["moved"]) == (None, [])


def test_what_cannot_be_typed_is_refused_by_name() -> None:
    made = train("two-class-boosted-decision-tree")
    with pytest.raises(ModuleError, match="no feature 'two'"):
        try_model(made, {"two": "yes"})
    with pytest.raises(ModuleError, match="'tall'"):
        try_model(made, {"a": "tall"})


def test_a_model_with_a_transformation_takes_rows_as_they_were_before_it() -> None:
    table = numeric().select(["a", "b", "two"])
    scale = normalize_data(table, NormalizeParams()).transformation_function
    made = train_labeled(model("two-class-logistic-regression"), table, scale, "two", None, None, "")
    first = model_inputs(made)
    assert [one["name"] for one in first["inputs"]] == ["a", "b"]
    assert first["rows"][0] == [table.column("a").data[0].as_py(), table.column("b").data[0].as_py()]
    said = try_model(made, {"a": 3, "b": 1})
    scored = score_model(made, Table.of(a=[3.0], b=[1.0]), ScoreParams()).scored_dataset
    assert said["score"] == scored.column("Scored Probabilities").data[0].as_py()


def test_a_scripts_estimator_is_tried_without_a_sample() -> None:
    fitted = LinearRegression().fit(pd.DataFrame({"x": [0.0, 1, 2]}), [0.0, 2, 4])
    made = Model(pickle.dumps(fitted), "LinearRegression")
    assert model_inputs(made) == {"inputs": [{"name": "x", "type": "", "levels": None}], "rows": []}
    assert try_model(made, {"x": 5})["score"] == pytest.approx(10)


def test_clusters_lie_on_two_principal_components_with_all_their_rows() -> None:
    draw = np.random.default_rng(0)
    middle = np.repeat([[0, 0, 0], [9, 9, 0], [0, 9, 9]], [50, 30, 20], axis=0)
    values = middle + draw.normal(size=middle.shape) / 10
    table = Table.of(x=values[:, 0].tolist(), y=values[:, 1].tolist(), z=values[:, 2].tolist())
    made = train_clustering_model(model("k-means-clustering", number_of_centroids=3), table, ClusterParams())
    drawn = model_clusters(made.trained_model)
    assert sorted(drawn["sizes"]) == [20, 30, 50]
    assert not drawn["sampled"]
    shares = np.linalg.svd(values - values.mean(axis=0), compute_uv=False) ** 2
    assert [axis["share"] for axis in drawn["axes"]] == pytest.approx((shares / shares.sum())[:2].tolist())
    places = made.results_dataset.column("Assignments").data.to_pylist()
    assert [point[2] for point in drawn["points"]] == places
    for x, y, at in drawn["points"]:
        assert np.hypot(x - drawn["centers"][at][0], y - drawn["centers"][at][1]) < 1
    facts = model_facts(made.trained_model)
    assert facts["center_columns"] == ["x", "y", "z"]
    assert sorted(round(center[0]) for center in facts["centers"]) == [0, 0, 9]


def test_only_clusters_have_a_picture_of_clusters() -> None:
    with pytest.raises(ModuleError, match="no clusters"):
        model_clusters(train("two-class-boosted-decision-tree"))


@pytest.mark.parametrize(
    ("slug", "label", "rounds"),
    [
        ("two-class-boosted-decision-tree", "two", 5),
        ("boosted-decision-tree-regression", "count", 5),
        ("two-class-neural-network", "two", 60),
        ("neural-network-regression", "count", 60),
    ],
)
def test_what_is_trained_in_rounds_has_a_curve_that_falls(slug: str, label: str, rounds: int) -> None:
    curve = model_facts(train(slug, numeric(), label))["curve"]
    assert curve["rounds"] == list(range(1, rounds + 1))
    assert curve["losses"][-1] < curve["losses"][0]


def test_a_forest_has_no_curve() -> None:
    assert model_facts(train("two-class-decision-forest"))["curve"] is None


@pytest.mark.parametrize(
    ("slug", "label"),
    [
        ("two-class-decision-forest", "two"),
        ("multiclass-logistic-regression", "three"),
        ("linear-regression", "count"),
        ("fast-forest-quantile-regression", "count"),
    ],
)
def test_a_model_measures_over_a_table_as_score_and_evaluate_do(slug: str, label: str) -> None:
    made, test = train(slug, numeric(), label), numeric(seed=5)
    scored = score_model(made, test, ScoreParams()).scored_dataset
    expected = evaluate_model(scored, params=EvaluateParams()).evaluation_results
    said = measured(test, made, None)
    assert said == measured(scored, None, None)
    assert (said["label"], said["rows"]) == (label, len(test))
    for metric, column in zip(said["metrics"], expected, strict=True):
        value = column.data[0].as_py()
        assert (metric["name"], metric["value"]) == (column.name, value if abs(value) < np.inf else None)


def test_a_table_without_the_true_label_says_which_column_is_missing() -> None:
    with pytest.raises(ModuleError, match="no column 'two', which the model predicts"):
        measured(numeric().select(["a", "b", "c"]), train("two-class-decision-forest", numeric()), None)


def test_a_model_keeps_the_same_few_rows_however_often_it_is_trained() -> None:
    rows = numeric(rows=1000)
    first, second = (train("two-class-decision-forest", rows) for _ in range(2))
    assert first.pickled == second.pickled
    assert opened(first).learned_.sample.num_rows == 200
