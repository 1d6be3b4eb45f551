"""Multiclass Logistic Regression

A learner that tells several classes apart by weighted sums of the features.

Connect it to *Train Model*, *Cross-Validate Model* or *Tune Model Hyperparameters*.

The features are scaled inside. The L1 and L2 weights are penalties on the sum of the losses: larger ones
keep the weights of the features small, and L1 makes many of them 0. One model is made for all classes:
L-BFGS finds the least of that sum; with L1 it runs here on split weights, without it in scikit-learn's
LogisticRegression. Rows with missing features are left out of the training and get no score.

>>> made = multiclass_logistic_regression(LogisticParams(l2_regularization_weight=0.5)).untrained_model
>>> made.card["task"], made.card["params"]["l2_regularization_weight"]
('multiclass', 0.5)
"""

from __future__ import annotations

from typing import Any

from modules.learning.forms import LogisticParams
from modules.learning.learner import Shape, Untrained, learner, untrained
from modules.sdk.declare import module


def _build(params: LogisticParams, shape: Shape) -> Any:
    from modules.learning.estimators.linear import logistic

    return logistic(params, shape)


LEARNER = learner("multiclass-logistic-regression", "multiclass", LogisticParams, _build)


@module(version=1, synonyms=("logit", "softmax", "classifier"))
def multiclass_logistic_regression(params: LogisticParams) -> Untrained:
    return untrained(LEARNER, params)
