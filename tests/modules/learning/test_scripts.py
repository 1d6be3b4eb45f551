"""Models and scripts: a script's estimator in the modules, a model in a script."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from modules.feature_selection.permutation_feature_importance import (
    ImportanceParams,
    permutation_feature_importance,
)
from modules.machine_learning.evaluate.cross_validate_model import CrossParams, cross_validate_model
from modules.machine_learning.evaluate.evaluate_model import EvaluateParams, evaluate_model
from modules.machine_learning.score.score_model import ScoreParams, score_model
from modules.machine_learning.train.train_model import TrainParams, train_model
from modules.python_language.execute_python_script import PythonParams, execute_python_script
from modules.sdk.errors import ModuleError
from modules.sdk.values import Model
from tests.modules.learning.tables import model, numeric

OWN = """
import numpy as np
class Nearest:
    def fit(self, X, y):
        self.center = X.mean()
        self.word = sorted(set(y))[-1]
        return self
    def predict(self, X):
        return np.where(X["a"] > 0, self.word, "no")
def azureml_main():
    return None, Nearest()
"""
FITTED = "from sklearn.linear_model import LogisticRegression\ndef azureml_main(df):\n"
FITTED += "    return df, LogisticRegression().fit(df[['b', 'a']], df['two'])\n"
USES = "import pandas as pd\ndef azureml_main(df, *, model):\n"
USES += "    share, first = model.predict_proba(df)[:, 1], model.feature_names_in_[0]\n"
USES += "    return pd.DataFrame({'p': share, 'names': first}),\n"


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def returned(script: str, *tables) -> Model:
    made = execute_python_script(*tables, params=PythonParams(script=script)).result_model
    assert made is not None
    return made


def test_a_fitted_estimator_is_scored_evaluated_and_explained() -> None:
    table = numeric()
    made = returned(FITTED, table)
    assert (made.card["task"], made.card["trained"], made.card["classes"]) == (
        "two-class",
        True,
        ["no", "yes"],
    )
    scored = score_model(made, table, ScoreParams()).scored_dataset
    frame = table.frame()
    own = LogisticRegression().fit(frame[["b", "a"]], frame["two"])
    assert scored.column("Scored Labels").data.to_pylist() == list(own.predict(frame[["b", "a"]]))
    share = own.predict_proba(frame[["b", "a"]])[:, 1]
    assert np.allclose(scored.column("Scored Probabilities").data.to_numpy(), share, atol=1e-12)
    results = evaluate_model(scored, params=EvaluateParams(label_column="two")).evaluation_results
    assert results.column("Accuracy").data[0].as_py() == own.score(frame[["b", "a"]], frame["two"])
    ranked = permutation_feature_importance(made, table, ImportanceParams(label_column="two"))
    assert ranked.feature_importance.column("Feature").data.to_pylist() == ["a", "b"]


def test_a_class_of_the_script_itself_is_trained_scored_and_cross_validated() -> None:
    table = numeric().select(["a", "b", "two"])
    untrained = returned(OWN)
    trained = train_model(untrained, table, params=TrainParams(label_column="two")).trained_model
    assert (trained.card["trained"], trained.card["label"]) == (True, "two")
    scored = score_model(trained, table.select(["b", "a"]), ScoreParams()).scored_dataset
    assert set(scored.column("Scored Labels").data.to_pylist()) == {"no", "yes"}
    crossed = cross_validate_model(
        untrained, table, params=CrossParams(label_column="two", number_of_folds=3)
    )
    assert len(crossed.evaluation_results_by_fold) == 5


def test_a_model_arrives_in_a_script_as_an_estimator() -> None:
    table = numeric()
    trained = train_model(
        model("two-class-logistic-regression"),
        table,
        params=TrainParams(label_column="two", feature_columns=["c", "a"]),
    ).trained_model
    done = execute_python_script(table, model=trained, params=PythonParams(script=USES)).result_dataset
    scored = score_model(trained, table, ScoreParams()).scored_dataset
    assert done.column("p").data.to_pylist() == scored.column("Scored Probabilities").data.to_pylist()
    assert done.column("names").data[0].as_py() == "c"


def test_what_cannot_predict_is_refused_in_a_sentence() -> None:
    made = returned("def azureml_main():\n    return {'result_model': [1, 2]}\n")
    with pytest.raises(ModuleError, match="which has no `predict`"):
        score_model(made, numeric(), ScoreParams())
    with pytest.raises(ModuleError, match="not trained yet"):
        score_model(model("linear-regression"), numeric(), ScoreParams())
