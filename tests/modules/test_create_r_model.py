"""Learners of two R scripts, trained, scored and evaluated as others."""

from __future__ import annotations

import numpy as np
import pytest

from modules.machine_learning.evaluate.cross_validate_model import cross_validate_model
from modules.machine_learning.evaluate.evaluate_model import EvaluateParams, evaluate_model
from modules.machine_learning.score.score_model import ScoreParams, score_model
from modules.machine_learning.train.train_model import TrainParams, train_model
from modules.r_language.create_r_model import RModelParams, create_r_model
from modules.registry import find
from modules.sdk.errors import ModuleError
from modules.sdk.values import Table
from tests.modules.tables import values

X = np.linspace(0, 1, 40)
TABLE = Table.of(
    **{"größe in m": list(X), "y": list(3 * X + 1), "k": ["ja" if x > 0.4 else "nein" for x in X]}
)
LOGIT = """
label <- as.factor(get.label.columns(dataset)[[1]])
model <- suppressWarnings(glm(label ~ ., binomial, data.frame(label, get.feature.columns(dataset))))
"""
SCORES = """
p <- predict(model, data.frame(dataset), type = "response")
scores <- data.frame(ifelse(p > 0.5, "nein", "ja"), p)
names(scores) <- c("Scored Labels", "Scored Probabilities")
"""


def trained(label: str, **scripts):
    model = create_r_model(RModelParams(**scripts)).untrained_model
    params = TrainParams(label_column=label, feature_columns=["größe in m"])
    return train_model(model, TABLE, params=params).trained_model


def test_a_linear_model_of_r_predicts_and_is_evaluated() -> None:
    scored = score_model(trained("y"), TABLE, ScoreParams()).scored_dataset
    assert values(scored, "Scored Labels") == pytest.approx(list(3 * X + 1))
    whole = Table.of(a=[1, 2, 3, 4], n=[1, 3, 2, 4])
    model = create_r_model(RModelParams()).untrained_model
    made = train_model(model, whole, params=TrainParams(label_column="n")).trained_model
    done = score_model(made, whole, ScoreParams()).scored_dataset
    assert values(done, "Scored Labels") == pytest.approx([1.3, 2.1, 2.9, 3.7])
    told = evaluate_model(scored, params=EvaluateParams()).evaluation_results
    assert values(told, "Coefficient of Determination") == [pytest.approx(1)]


def test_classes_with_probabilities_have_all_metrics() -> None:
    model = trained("k", trainer_r_script=LOGIT, scorer_r_script=SCORES)
    assert model.card["task"] in ("two-class", "unknown")
    scored = score_model(
        model, Table.of(**{"größe in m": [0.1, 0.9, 0.2], "k": ["nein", "ja", "nein"]}), ScoreParams()
    )
    assert values(scored.scored_dataset, "Scored Labels") == ["nein", "ja", "nein"]
    assert values(scored.scored_dataset, "Scored Probabilities") == pytest.approx([1, 0, 1], abs=1e-3)
    told = evaluate_model(scored.scored_dataset, params=EvaluateParams()).evaluation_results
    assert values(told, "AUC") == [1.0]
    spec = find("cross-validate-model")
    params = spec.read_params({"label_column": "k", "number_of_folds": 2, "stratified": True})
    folds = cross_validate_model(
        create_r_model(RModelParams(trainer_r_script=LOGIT, scorer_r_script=SCORES)).untrained_model,
        TABLE,
        params=params,
    )
    assert values(folds.evaluation_results_by_fold, "Accuracy")[0] > 0.8


@pytest.mark.parametrize(
    ("scripts", "why"),
    [
        ({"trainer_r_script": "1\nx <- y.z"}, "y.z"),
        ({"trainer_r_script": "a <- 1"}, "nothing in the variable model"),
        ({"scorer_r_script": "a <- 1"}, "nothing in the variable scores"),
        ({"scorer_r_script": "scores <- data.frame(a = 1)"}, "1 scores for 20 rows"),
    ],
)
def test_what_is_wrong_in_a_script_is_said_when_it_is_trained(scripts, why) -> None:
    with pytest.raises(ModuleError, match=why):
        trained("y", **scripts)
