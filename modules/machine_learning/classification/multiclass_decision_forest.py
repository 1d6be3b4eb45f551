"""Multiclass Decision Forest

A learner that tells several classes apart by the votes of many trees.

Connect it to *Train Model*, *Cross-Validate Model* or *Tune Model Hyperparameters*.

scikit-learn's RandomForestClassifier runs here, where each split looks at a few features (the square root of
their number) and all thresholds. ML Studio (classic) tried random thresholds, so results are near, not
equal. Missing values are taken as they are; a missing or unknown text counts as none of the known ones.

>>> made = multiclass_decision_forest(ClassForestParams(number_of_decision_trees=20)).untrained_model
>>> made.card["task"], made.card["params"]["number_of_decision_trees"]
('multiclass', 20)
"""

from __future__ import annotations

from typing import Any

from modules.learning.forms import ClassForestParams
from modules.learning.learner import Shape, Untrained, learner, untrained
from modules.sdk.declare import module


def _build(params: ClassForestParams, shape: Shape) -> Any:
    from modules.learning.estimators.trees import forest_classes

    return forest_classes(params, shape)


LEARNER = learner("multiclass-decision-forest", "multiclass", ClassForestParams, _build, missing="taken")


@module(version=1, synonyms=("random forest", "classifier"))
def multiclass_decision_forest(params: ClassForestParams) -> Untrained:
    return untrained(LEARNER, params)
