"""Decision Forest Regression

A learner that predicts numbers by the mean of many trees, and says how far the trees disagree.

Connect it to *Train Model*, *Cross-Validate Model* or *Tune Model Hyperparameters*.

scikit-learn's RandomForestRegressor runs here; each split looks at a third of the features. ML Studio
(classic) tried random thresholds instead of all of them, so results are near, not equal. Scores are `Scored
Label Mean` and `Scored Label Standard Deviation`, the deviation between the trees. Missing values are taken
as they are; a missing or unknown text counts as none of the known ones.

>>> made = decision_forest_regression(ForestParams(number_of_decision_trees=20)).untrained_model
>>> made.card["task"], made.card["params"]["number_of_decision_trees"]
('regression', 20)
"""

from __future__ import annotations

from typing import Any

from modules.learning.forms import ForestParams
from modules.learning.learner import Shape, Untrained, learner, untrained
from modules.sdk.declare import module


def _build(params: ForestParams, shape: Shape) -> Any:
    from modules.learning.estimators.trees import forest_numbers

    return forest_numbers(params, shape)


LEARNER = learner(
    "decision-forest-regression", "regression", ForestParams, _build, missing="taken", deviation=True
)


@module(version=1, synonyms=("random forest", "regressor"))
def decision_forest_regression(params: ForestParams) -> Untrained:
    return untrained(LEARNER, params)
