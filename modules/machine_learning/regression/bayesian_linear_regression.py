"""Bayesian Linear Regression

A learner that predicts numbers by a weighted sum of the features, and says how sure it is.

Connect it to *Train Model*, *Cross-Validate Model* or *Tune Model Hyperparameters*.

The weights have a normal prior; the regularization weight is its precision over that of the noise. The
solution is exact, as in ML Studio (classic). Scores are `Scored Label Mean` and `Scored Label Standard
Deviation`. Rows with missing features are left out of the training and get no score.

>>> made = bayesian_linear_regression(BayesianParams(regularization_weight=2)).untrained_model
>>> made.card["task"], made.card["params"]["regularization_weight"]
('regression', 2.0)
"""

from __future__ import annotations

from typing import Any

from modules.learning.learner import Shape, Untrained, learner, untrained
from modules.learning.params import LearnerParams, unknown_levels
from modules.sdk.declare import module
from modules.sdk.params import number


class BayesianParams(LearnerParams):
    regularization_weight: float = number(1.0, "Regularization weight", gt=0)
    allow_unknown_categorical_levels: bool = unknown_levels()


def _build(params: BayesianParams, shape: Shape) -> Any:
    from modules.learning.estimators.bayesian_linear import bayesian_linear

    return bayesian_linear(params, shape)


LEARNER = learner("bayesian-linear-regression", "regression", BayesianParams, _build, deviation=True)


@module(version=1, synonyms=("ridge", "regressor"))
def bayesian_linear_regression(params: BayesianParams) -> Untrained:
    return untrained(LEARNER, params)
