"""Two-Class Bayes Point Machine

A learner that tells two classes apart by the average of all linear borders that fit.

Connect it to *Train Model*, *Cross-Validate Model* or *Tune Model Hyperparameters*.

Expectation propagation with a probit likelihood and a prior N(0, 1) on each weight runs here, as in ML
Studio (classic), on features that are scaled inside. It needs no tuning. Rows with missing features are left
out of the training and get no score.

>>> made = two_class_bayes_point_machine(PointParams(number_of_training_iterations=10)).untrained_model
>>> made.card["task"], made.card["params"]["number_of_training_iterations"]
('two-class', 10)
"""

from __future__ import annotations

from typing import Any

from modules.learning.learner import Shape, Untrained, learner, untrained
from modules.learning.params import LearnerParams, unknown_levels
from modules.sdk.declare import module
from modules.sdk.params import integer, toggle


class PointParams(LearnerParams):
    number_of_training_iterations: int = integer(30, "Number of training iterations", ge=1, le=10_000)
    include_bias: bool = toggle(True, "Include bias")
    allow_unknown_values_in_categorical_features: bool = unknown_levels(
        "Allow unknown values in categorical features"
    )


def _build(params: PointParams, shape: Shape) -> Any:
    from modules.learning.estimators.bayes_point import bayes_point

    return bayes_point(params, shape)


LEARNER = learner("two-class-bayes-point-machine", "two-class", PointParams, _build, weights=False)


@module(version=1, synonyms=("bpm", "bayesian", "classifier"))
def two_class_bayes_point_machine(params: PointParams) -> Untrained:
    return untrained(LEARNER, params)
