"""Ordinal Regression

Makes a learner of ranks, such as grades, of a learner of two classes.

The learner on the input answers for each row and each rank whether the row is above it (the reduction of Li
and Lin, 2006); the rank follows from the number of times it says yes. The label is a column of numbers;
scored labels are values of that column. Connect the output to *Train Model*, *Cross-Validate Model* or *Tune
Model Hyperparameters*, which tries the ranges of the inner learner.

>>> from modules.machine_learning.classification.two_class_logistic_regression import (
...     LogisticParams, two_class_logistic_regression)
>>> inner = two_class_logistic_regression(LogisticParams()).untrained_model
>>> made = ordinal_regression(inner).untrained_model
>>> made.card["task"], made.card["inner"]["learner"]
('ordinal', 'two-class-logistic-regression')
"""

from __future__ import annotations

from typing import Annotated, Any

from modules.learning.learner import Shape, Untrained, around, learner
from modules.learning.params import LearnerParams
from modules.sdk.declare import module, port
from modules.sdk.values import Model


class OrdinalParams(LearnerParams):
    """None of its own."""


def _build(params: LearnerParams, shape: Shape) -> Any:
    from modules.learning.estimators.combined import ordinal

    return ordinal(params, shape)


LEARNER = learner("ordinal-regression", "ordinal", OrdinalParams, _build)


@module(version=1, synonyms=("rank", "ranking", "grades"))
def ordinal_regression(
    untrained_model: Annotated[Model, port("Untrained binary classification model")],
) -> Untrained:
    return around(LEARNER, untrained_model)
