"""A look into a model tells what scikit-learn tells of it."""

from __future__ import annotations

import pickle
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sklearn.cluster import KMeans
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from modules.look.models import model_facts, model_tree
from modules.sdk.errors import ModuleError
from modules.sdk.values import Model

RANDOM = np.random.default_rng(4)
FRAME = pd.DataFrame({"useful": RANDOM.normal(0, 5, 400), "noise": RANDOM.normal(0, 1, 400)})
LABEL = np.where(FRAME["useful"] > 1, "yes", "no")


def model_of(estimator: Any) -> Model:
    return Model(pickle.dumps(estimator), type(estimator).__name__)


def test_weights_of_a_scaled_model_are_in_the_units_of_the_data():
    estimator = make_pipeline(StandardScaler(), LogisticRegression()).fit(FRAME, LABEL)
    facts = model_facts(model_of(estimator))
    scale = estimator[0].scale_[0]
    assert facts["weights"][0] == {"column": "useful", "values": [estimator[-1].coef_[0][0] / scale]}
    assert facts["outcomes"] == ["yes"]
    assert facts["features"][0]["name"] == "useful"


def test_a_forest_tells_importances_and_its_trees():
    estimator = RandomForestClassifier(n_estimators=7, random_state=0).fit(FRAME, LABEL)
    model = model_of(estimator)
    facts = model_facts(model)
    assert facts["trees"] == 7
    assert [one["weight"] for one in facts["features"]] == pytest.approx(
        estimator.feature_importances_.tolist()
    )
    drawn = model_tree(model, 3, 2)
    tree = estimator.estimators_[3].tree_
    root = drawn["root"]
    assert (root["column"], root["threshold"], root["rows"]) == (
        FRAME.columns[tree.feature[0]],
        tree.threshold[0],
        tree.n_node_samples[0],
    )
    assert drawn["classes"] == ["no", "yes"]
    assert sum(root["value"]) == pytest.approx(1)


def test_boosted_trees_with_categories_name_the_right_columns():
    frame = FRAME.assign(kind=RANDOM.integers(0, 3, 400))
    label = (frame["kind"] == 2).astype(int)
    estimator = HistGradientBoostingClassifier(max_iter=5, categorical_features=[2], random_state=0).fit(
        frame.to_numpy(), label
    )
    estimator.feature_names_in_ = np.array(frame.columns)
    facts = model_facts(model_of(estimator))
    assert facts["features"][0] == {"name": "kind", "weight": pytest.approx(1, abs=0.05)}
    root = model_tree(model_of(estimator), 0)["root"]
    assert (root["column"], root["threshold"]) == ("kind", None)


def test_centers_are_told_by_column():
    estimator = KMeans(2, n_init=1, random_state=0).fit(FRAME)
    facts = model_facts(model_of(estimator))
    assert facts["center_columns"] == ["useful", "noise"]
    assert facts["centers"] == estimator.cluster_centers_.tolist()


def test_a_tree_that_is_not_there_is_refused_with_how_many_there_are():
    model = model_of(RandomForestClassifier(n_estimators=2).fit(FRAME, LABEL))
    with pytest.raises(ModuleError, match="has 2 trees"):
        model_tree(model, 2)


def test_an_object_without_anything_to_tell_has_empty_facts():
    facts = model_facts(model_of({"just": "a dict"}))
    assert facts["features"] == facts["weights"] == facts["centers"] == []
    assert facts["trees"] == 0
