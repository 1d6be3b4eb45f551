"""Models as skops and ONNX files: each learner gives a file that predicts the same, or says why not."""

from __future__ import annotations

import io
import json
from typing import Any

import numpy as np
import onnx
import onnxruntime
import pandas as pd
import pyarrow as pa
import pytest
import skops.io
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.linear_model import LogisticRegression

from modules.data_transformation.normalize_data import NormalizeParams, normalize_data
from modules.learning.exporting.export import export_model
from modules.learning.learner import Learner
from modules.learning.log import silent
from modules.learning.pickling import opened
from modules.learning.scripted import wear
from modules.learning.supervised import train_labeled
from modules.sdk.errors import ModuleError
from modules.sdk.values import Table
from tests.modules.learning.tables import dirty, features, learners, model, numeric
from tests.modules.learning.test_every_learner import trained

NO_EQUAL = {
    "pca-based-anomaly-detection",
    "two-class-bayes-point-machine",
    "two-class-locally-deep-support-vector-machine",
    "fast-forest-quantile-regression",
    "ordinal-regression",
}
"""Learners that scikit-learn has nothing like."""


def made(one: Learner, table: Table) -> Any:
    with silent():
        return opened(trained(one, table))


@pytest.mark.parametrize("format", ["skops", "onnx"])
@pytest.mark.parametrize("one", [pytest.param(each, id=each.slug) for each in learners()])
def test_every_learner_gives_a_file_that_predicts_the_same_or_says_why_not(one: Learner, format: str) -> None:
    model = made(one, numeric())
    if one.slug in NO_EQUAL:
        with pytest.raises(ModuleError, match="no equal in scikit-learn"):
            export_model(model, format)
        return
    file = export_model(model, format)
    assert (file.compared, file.other_labels) == (60, 0)
    assert file.apart <= (1e-12 if format == "skops" else 1e-6)
    assert [column for _, column, _ in file.inputs] == ["a", "b", "c"]


@pytest.mark.parametrize(
    "slug", ["two-class-logistic-regression", "two-class-boosted-decision-tree", "linear-regression"]
)
def test_a_dirty_table_is_exported_or_refused_with_the_difference(slug: str) -> None:
    one = next(each for each in learners() if each.slug == slug)
    model = made(one, dirty())
    file = export_model(model, "skops")
    assert file.apart <= 1e-12
    assert any("seconds" in note and "when" in note for note in file.notes)
    if slug == "two-class-boosted-decision-tree":  # ONNX knows no codes of categories
        with pytest.raises(ModuleError, match="largest difference is 0"):
            export_model(model, "onnx")
        return
    names = [name for name, _, _ in export_model(model, "onnx").inputs]
    assert names[:2] == ["feature_1", "feature_2"], "odd names do not reach the library"


def test_a_skops_file_needs_scikit_learn_alone_and_says_the_users_classes() -> None:
    table = numeric()
    with silent():
        model_ = train_labeled(
            model("two-class-decision-forest"), table, None, "two", features(table), None, "no", 0.7
        )
    file = export_model(opened(model_), "skops")
    assert all(name.startswith("sklearn.") for name in file.trust)
    read = skops.io.loads(file.data, trusted=file.trust)
    frame = pd.DataFrame({name: table.column(name).data.to_numpy() for name in "abc"})
    share = read.predict_proba(frame)[:, list(read.classes_).index("no")]
    assert read.predict(frame).tolist() == ["no" if p > 0.7 else "yes" for p in share]


def test_an_onnx_file_takes_columns_by_name_and_carries_the_threshold() -> None:
    table = numeric()
    with silent():
        model_ = train_labeled(
            model("two-class-logistic-regression"), table, None, "two", features(table), None, "", 0.31
        )
    file = export_model(opened(model_), "onnx")
    told = {each.key: each.value for each in onnx.load(io.BytesIO(file.data)).metadata_props}
    assert (json.loads(told["threshold"]), told["positive_class"]) == (0.31, "yes")
    assert any("0.31" in note for note in file.notes)
    session = onnxruntime.InferenceSession(file.data, providers=["CPUExecutionProvider"])
    given = {n: table.column(n).data.to_numpy().astype(np.float32).reshape(-1, 1) for n in "cab"}
    labels, shares = session.run(None, given)
    assert set(labels) == {"yes", "no"}
    said = opened(model_).predictions(table)
    assert np.abs(shares[:, 1] - said.probabilities).max() < 1e-6


@pytest.mark.parametrize("classes", [[False, True], [1, 2], [0.5, 1.5]])
@pytest.mark.parametrize("format", ["skops", "onnx"])
def test_classes_may_be_true_and_false_or_numbers(classes: list[Any], format: str) -> None:
    table = numeric()
    label = [classes[value == "yes"] for value in table.column("two").data.to_pylist()]
    known = Table.from_columns((*table, Table.of(label=label).column("label")), len(table))
    with silent():
        model_ = train_labeled(model("two-class-neural-network"), known, None, "label", ["a", "b"], None, "")
    assert export_model(opened(model_), format).other_labels == 0


def test_a_model_that_changes_its_rows_first_is_refused_with_what_it_does() -> None:
    table = numeric()
    params = NormalizeParams.model_validate({"columns_to_transform": ["a"]})
    transform = normalize_data(table.select(["a", "b", "two"]), params).transformation_function
    with silent():
        model_ = train_labeled(
            model("two-class-logistic-regression"), table, transform, "two", ["a", "b"], None, ""
        )
    with pytest.raises(ModuleError, match="Normalize Data"):
        export_model(opened(model_), "skops")


class Liar(ClassifierMixin, BaseEstimator):
    """Predicts something else once it was written and read again."""

    def fit(self, X: Any, y: Any) -> Liar:
        self.classes_ = np.unique(y)
        return self

    def predict(self, X: Any) -> Any:
        return np.full(len(X), self.classes_[0])

    def predict_proba(self, X: Any) -> Any:
        share = 0.2 if getattr(self, "read_again_", False) else 0.1
        return np.column_stack([np.full(len(X), 1 - share), np.full(len(X), share)])

    def __getstate__(self) -> Any:
        return {**self.__dict__, "read_again_": True}


def scripted(thing: Any) -> Any:
    table = numeric()
    with silent():
        from modules.learning.recipe import Recipe
        from modules.learning.supervised import fit_recipe
        from modules.learning.training import Choices

        recipe = Recipe(type(thing).__name__, thing=thing)
        return fit_recipe(recipe, table, Choices("two", ["a", "b"]))


def test_the_estimator_of_a_script_is_exported_too() -> None:
    for format in ("skops", "onnx"):
        assert export_model(scripted(LogisticRegression()), format).apart < 1e-6


def test_a_file_that_predicts_something_else_is_refused_with_the_largest_difference() -> None:
    with pytest.raises(ModuleError, match=r"largest difference is 0\.1 in 60 training rows"):
        export_model(scripted(Liar()), "skops")


def test_without_training_rows_nothing_is_exported() -> None:
    alone = wear(LogisticRegression().fit(np.array([[0.0], [1.0]]), [0, 1]), "LogisticRegression")
    with pytest.raises(ModuleError, match="kept no training rows"):
        export_model(alone, "skops")


def test_rows_without_a_score_are_not_compared() -> None:
    table = numeric()
    gap = pa.array(
        [None if at < 10 else value for at, value in enumerate(table.column("a").data.to_pylist())]
    )
    from modules.sdk.column import Column

    holed = Table.from_columns(
        [Column("a", pa.chunked_array([gap])), table.column("b"), table.column("two")], len(table)
    )
    with silent():
        model_ = train_labeled(
            model("two-class-logistic-regression"), holed, None, "two", ["a", "b"], None, ""
        )
    assert export_model(opened(model_), "skops").compared == 50
