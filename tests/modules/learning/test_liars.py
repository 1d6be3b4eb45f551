"""A script's model that lies is refused in a sentence, wherever it is asked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from modules.feature_selection.permutation_feature_importance import (
    ImportanceParams,
    permutation_feature_importance,
)
from modules.learning.log import silent
from modules.look.models import model_clusters, model_facts, model_inputs, model_tree, try_model
from modules.machine_learning.evaluate.cross_validate_model import CrossParams, cross_validate_model
from modules.machine_learning.score.score_model import ScoreParams, score_model
from modules.machine_learning.train.train_model import TrainParams, train_model
from modules.python_language.execute_python_script import PythonParams, execute_python_script
from modules.sdk.errors import ModuleError
from modules.sdk.values import Model
from tests.modules.learning.tables import numeric

TABLE = numeric()

PREDICTS = {
    "[1] * (len(X) - 1)": "gave 59 values for 60 rows",
    "[1] * (len(X) + 1)": "gave 61 values for 60 rows",
    "[]": "gave 0 values for 60 rows",
    "None": "gave NoneType; it must give an array or a list",
    "'yes'": "gave str; it must give an array or a list",
    "(1 for _ in X)": "gave generator; it must",
    "{'yes': 1}": "gave dict; it must",
    "np.zeros((len(X), 3))": "gave 60 × 3 values; it must give one value a row",
    "[[1], [1, 2]] * 30": "rows of different lengths",
    "[1, 'yes'] * 30": r"must give text, numbers, or true and false; it gave mixed objects",
    "[object()] * 60": "it gave objects",
    "[b'yes'] * 60": "it gave binary",
    "[10 ** 400] * 60": "it gave whole numbers beyond 64 bits",
    "pd.date_range('2020', periods=60)": "it gave datetime",
    "exit(3)": "`predict` of the script's model failed: SystemExit: 3",
    "next(iter([]))": "`predict` of the script's model failed: StopIteration",
    "X['no such']": "`predict` of the script's model failed: KeyError: 'no such'",
}
SHARES = {
    "np.zeros((59, 2))": "gave 59 × 2 values; it must give 60 rows with a probability for each of the 2",
    "np.zeros(60)": "gave 60 values; it must give 60 rows",
    "np.ones((60, 3)) / 3": "gave 60 × 3 values",
    "np.full((60, 2), -7)": "gave -7 in row 1; a probability lies between 0 and 1",
    "[['a', 'b']] * 60": "`predict_proba` of the script's model must give numbers",
    "None": "`predict_proba` of the script's model gave NoneType",
    "1 / 0": "`predict_proba` of the script's model failed: ZeroDivisionError",
}
CLASSES = {
    "5": "`classes_` of the script's model must be a list of different classes",
    "[None, 'yes']": "`classes_` of the script's model must",
    "['yes', 'yes']": "`classes_` of the script's model must",
    "[['yes'], ['no']]": "`classes_` of the script's model must",
    "[object(), object()]": "`classes_` of the script's model must",
    "['a', 'b']": "gave 'yes', which is none of its classes: a, b",
}
NAMES = {
    "5": "`feature_names_in_` of the script's model must be a list",
    "['zz', 'a']": "does not have: 'zz'",
}


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def liar(predict: str = "['yes'] * len(X)", shares: str = "", fit: str = "self", **says: str) -> Model:
    lines = ["import numpy as np, pandas as pd", "class Liar:"]
    lines += [f"  {name} = {value}" for name, value in says.items()]
    lines += [f"  def fit(self, X, y): return {fit}", f"  def predict(self, X): return {predict}"]
    lines += [f"  def predict_proba(self, X): return {shares}"] if shares else []
    lines += ["def azureml_main():", "  return None, Liar()"]
    made = execute_python_script(params=PythonParams(script="\n".join(lines) + "\n")).result_model
    assert made is not None
    return made


def refused_everywhere(model: Model, said: str) -> None:
    wanted = ImportanceParams(label_column="two", repeats=1)
    with pytest.raises(ModuleError, match=said):
        score_model(model, TABLE, ScoreParams())
    with pytest.raises(ModuleError, match=said):
        permutation_feature_importance(model, TABLE, wanted)


@pytest.mark.parametrize(("predict", "said"), PREDICTS.items(), ids=range(len(PREDICTS)))
def test_what_predict_says_is_checked(predict: str, said: str) -> None:
    refused_everywhere(liar(predict), said)


@pytest.mark.parametrize(("shares", "said"), SHARES.items(), ids=range(len(SHARES)))
def test_probabilities_are_checked(shares: str, said: str) -> None:
    refused_everywhere(liar(shares=shares, classes_="['no', 'yes']"), said)


@pytest.mark.parametrize(("classes", "said"), CLASSES.items(), ids=range(len(CLASSES)))
def test_classes_are_checked(classes: str, said: str) -> None:
    refused_everywhere(liar(classes_=classes), said)


@pytest.mark.parametrize(("names", "said"), NAMES.items(), ids=range(len(NAMES)))
def test_names_of_features_are_checked(names: str, said: str) -> None:
    refused_everywhere(liar(feature_names_in_=names), said)


@pytest.mark.parametrize("does", ["exit(3)", "1 / 0", "[][0]"])
def test_a_model_that_fails_when_it_is_opened_is_refused(does: str) -> None:
    model = liar(fit=f"self\n  def __reduce__(self): return eval, ({does!r},)")
    for look in (model_facts, model_inputs, lambda one: score_model(one, TABLE, ScoreParams())):
        with pytest.raises(ModuleError, match=r"cannot be opened here: (SystemExit|Zero|Index)"):
            look(model)


def test_a_model_that_cannot_be_written_is_refused() -> None:
    with pytest.raises(ModuleError, match="cannot be pickled"):
        liar(fit="self\n  def __reduce__(self): exit()")


def test_a_fold_whose_model_lies_is_refused_too() -> None:
    table = TABLE.select(["a", "b", "two"])
    params = CrossParams(label_column="two", number_of_folds=3)
    for model, said in (
        (liar("[1] * 7"), "gave 7 values for 20 rows"),
        (liar(fit="exit()"), "`fit` of the script's model failed: SystemExit"),
    ):
        with pytest.raises(ModuleError, match=said):
            cross_validate_model(model, table, params=params)


def test_a_failure_is_told_with_the_line_of_the_script(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ModuleError, match="ZeroDivisionError: division by zero"):
        score_model(liar("1 / 0"), TABLE, ScoreParams())
    assert "line 4, in predict" in capsys.readouterr().out


def test_numbers_that_are_none_leave_the_row_without_a_score() -> None:
    made = liar("[float('nan'), float('inf'), None, 4] * 15")
    said = score_model(made, TABLE, ScoreParams()).scored_dataset.column("Scored Labels")
    assert (said.type, said.data.to_pylist()[:4]) == ("float", [None, None, None, 4])


def test_the_threshold_decides_where_the_model_gives_probabilities() -> None:
    shares = "np.column_stack([1 - np.arange(60) / 60, np.arange(60) / 60])"
    model = liar(
        "np.where(X['a'] > 0, 'yes', 'no')", shares, classes_="['no', 'yes']", _estimator_type="'classifier'"
    )
    params = TrainParams(label_column="two", threshold=0.9)
    trained = train_model(model, TABLE, params=params).trained_model
    assert trained.card["threshold"] == 0.9
    said = score_model(trained, TABLE, ScoreParams()).scored_dataset
    share = said.column("Scored Probabilities").data.to_pylist()
    assert said.column("Scored Labels").data.to_pylist() == ["yes" if p > 0.9 else "no" for p in share]


def test_a_threshold_without_probabilities_is_left_aside(capsys: pytest.CaptureFixture[str]) -> None:
    train_model(liar(), TABLE, params=TrainParams(label_column="two", threshold=0.9))
    assert "gives no probability of two classes" in capsys.readouterr().out


ODD = {
    "feature_importances_": "np.array(['a'])",
    "coef_": "np.array([['a']])",
    "estimators_": "[type('T', (), {'tree_': 5})()]",
    "loss_curve_": "['a', 'b']",
    "_predictors": "[1]",
    "n_features_in_": "10 ** 12",
    "steps": "[(1,)]",
    "classes_": "5",
    "cluster_centers_": "'a'",
}


@pytest.mark.parametrize("name", ODD)
def test_the_page_of_a_model_that_lies_shows_what_there_is(name: str) -> None:
    model = liar(**{name: ODD[name]})
    with silent():
        json.dumps(model_facts(model), allow_nan=False)
        for look in (
            model_clusters,
            model_inputs,
            lambda one: model_tree(one, 0),
            lambda one: try_model(one, {}),
        ):
            with pytest.raises(ModuleError):
                look(model)
