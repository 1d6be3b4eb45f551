"""Two-Class Logistic Regression

A learner that tells two classes apart by weighted sums of the features.

Connect it to *Train Model*, *Cross-Validate Model* or *Tune Model Hyperparameters*.

The features are scaled inside. The L1 and L2 weights are penalties on the sum of the losses: larger ones
keep the weights of the features small, and L1 makes many of them 0. L-BFGS finds the least of that sum, as
in ML Studio (classic); with L1 it runs here on split weights, without it in scikit-learn's
LogisticRegression. Rows with missing features are left out of the training and get no score.

>>> made = two_class_logistic_regression(LogisticParams(l1_regularization_weight=0)).untrained_model
>>> made.card["task"], made.card["params"]["l1_regularization_weight"]
('two-class', 0.0)
"""

from __future__ import annotations

from typing import Any

from modules.learning.forms import LogisticParams
from modules.learning.learner import Shape, Untrained, learner, untrained
from modules.sdk.declare import module


def _build(params: LogisticParams, shape: Shape) -> Any:
    from modules.learning.estimators.linear import logistic

    return logistic(params, shape)


LEARNER = learner("two-class-logistic-regression", "two-class", LogisticParams, _build)


@module(version=1, synonyms=("logit", "classifier", "binary"))
def two_class_logistic_regression(params: LogisticParams) -> Untrained:
    return untrained(LEARNER, params)
