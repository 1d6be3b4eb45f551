"""One-vs-All Multiclass

Makes a learner of several classes of a learner of two.

The learner of two classes on the input is trained once for each class, against all others; the class with
the highest probability wins, and the probabilities are brought to the sum 1. Connect the output to *Train
Model*, *Cross-Validate Model* or *Tune Model Hyperparameters*, which tries the ranges of the inner learner.

>>> from modules.machine_learning.classification.two_class_logistic_regression import (
...     LogisticParams, two_class_logistic_regression)
>>> inner = two_class_logistic_regression(LogisticParams()).untrained_model
>>> made = one_vs_all_multiclass(inner).untrained_model
>>> made.card["task"], made.card["inner"]["learner"]
('multiclass', 'two-class-logistic-regression')
"""

from __future__ import annotations

from typing import Annotated, Any

from modules.learning.learner import Shape, Untrained, around, learner
from modules.learning.params import LearnerParams
from modules.sdk.declare import module, port
from modules.sdk.values import Model


class OneVsAllParams(LearnerParams):
    """None of its own."""


def _build(params: LearnerParams, shape: Shape) -> Any:
    from modules.learning.estimators.combined import one_vs_all

    return one_vs_all(params, shape)


LEARNER = learner("one-vs-all-multiclass", "multiclass", OneVsAllParams, _build)


@module(version=1, synonyms=("ovr", "one against rest", "classifier"))
def one_vs_all_multiclass(
    untrained_model: Annotated[Model, port("Untrained binary classification model")],
) -> Untrained:
    return around(LEARNER, untrained_model)
