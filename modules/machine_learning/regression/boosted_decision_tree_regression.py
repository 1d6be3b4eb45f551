"""Boosted Decision Tree Regression

A learner that predicts numbers by many small trees, each correcting those before it.

Connect it to *Train Model*, *Cross-Validate Model* or *Tune Model Hyperparameters*.

scikit-learn's HistGradientBoostingRegressor runs here with the defaults of ML Studio (classic), whose trees
grow leaf by leaf over binned features as these do; results are near, not equal. Missing values are taken as
they are, also in text; a text that is unknown counts as missing.

>>> made = boosted_decision_tree_regression(BoostedNumberParams(learning_rate=0.1)).untrained_model
>>> made.card["task"], made.card["params"]["learning_rate"]
('regression', 0.1)
"""

from __future__ import annotations

from typing import Any

from modules.learning.forms import BoostedParams
from modules.learning.learner import Shape, Untrained, learner, untrained
from modules.learning.params import Swept, seed, swept, unknown_levels
from modules.sdk.declare import module


class BoostedNumberParams(BoostedParams):
    total_number_of_trees_constructed: Swept = swept(
        100, "Total number of trees constructed", [20, 100, 500], whole=True, ge=1, le=100_000
    )
    random_number_seed: int = seed()
    allow_unknown_categorical_levels: bool = unknown_levels()


def _build(params: BoostedNumberParams, shape: Shape) -> Any:
    from modules.learning.estimators.trees import boosted_numbers

    return boosted_numbers(params, shape)


LEARNER = learner(
    "boosted-decision-tree-regression",
    "regression",
    BoostedNumberParams,
    _build,
    categories="codes",
    missing="taken",
)


@module(version=1, synonyms=("gradient boosting", "gbm", "mart", "regressor"))
def boosted_decision_tree_regression(params: BoostedNumberParams) -> Untrained:
    return untrained(LEARNER, params)
