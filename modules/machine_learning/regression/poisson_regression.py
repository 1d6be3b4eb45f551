"""Poisson Regression

A learner that predicts counts by the exponential of a weighted sum.

Connect it to *Train Model*, *Cross-Validate Model* or *Tune Model Hyperparameters*.

The features are scaled inside. The L1 and L2 weights are penalties on the sum of the losses, minimized by
L-BFGS as in ML Studio (classic); results are near. Labels below 0 are refused. Rows with missing features
are left out of the training and get no score.

>>> made = poisson_regression(PoissonParams(l1_regularization_weight=0.5)).untrained_model
>>> made.card["task"], made.card["params"]["l1_regularization_weight"]
('regression', 0.5)
"""

from __future__ import annotations

from typing import Any

from modules.learning.forms import PenaltyParams
from modules.learning.learner import Shape, Untrained, learner, untrained
from modules.learning.params import seed, unknown_levels
from modules.sdk.declare import module


class PoissonParams(PenaltyParams):
    random_number_seed: int = seed()
    allow_unknown_categorical_levels: bool = unknown_levels()


def _build(params: PoissonParams, shape: Shape) -> Any:
    from modules.learning.estimators.poisson import poisson

    return poisson(params, shape)


LEARNER = learner("poisson-regression", "regression", PoissonParams, _build)


@module(version=1, synonyms=("count", "regressor"))
def poisson_regression(params: PoissonParams) -> Untrained:
    return untrained(LEARNER, params)
