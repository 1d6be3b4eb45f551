"""Fast Forest Quantile Regression

A learner that predicts quantiles of a number, such as its median, by a forest.

Connect it to *Train Model*, *Cross-Validate Model* or *Tune Model Hyperparameters*.

The method of Meinshausen (2006) runs here (package quantile-forest), as in ML Studio (classic); its forest
draws other rows and features, so results are near. Scores are `Scored Labels for Quantile 0.25` and so on.
The feature fraction of a tree changes nothing: the split fraction says how many features a split looks at.
Rows with missing features are left out of the training and get no score.

>>> params = QuantileParams(quantiles_to_be_estimated="0.1; 0.9")
>>> made = fast_forest_quantile_regression(params).untrained_model
>>> made.card["task"], made.card["params"]["quantiles_to_be_estimated"]
('quantile', '0.1; 0.9')
"""

from __future__ import annotations

from typing import Any

from pydantic import field_validator

from modules.learning.learner import Shape, Untrained, learner, untrained
from modules.learning.params import (
    LearnerParams,
    Swept,
    TrainerMode,
    seed,
    swept,
    trainer_mode,
    unknown_levels,
)
from modules.learning.quantiles import shares
from modules.sdk.declare import module
from modules.sdk.params import integer, text


class QuantileParams(LearnerParams):
    create_trainer_mode: TrainerMode = trainer_mode()
    number_of_trees: Swept = swept(100, "Number of Trees", [16, 32, 64], whole=True, ge=1, le=10_000)
    number_of_leaves: Swept = swept(20, "Number of Leaves", [16, 32, 64], whole=True, ge=2)
    minimum_number_of_training_instances_required_to_form_a_leaf: Swept = swept(
        10, "Minimum number of training instances required to form a leaf", [1, 5, 10], whole=True, ge=1
    )
    bagging_fraction: Swept = swept(0.7, "Bagging fraction", [0.25, 0.5, 0.75], gt=0, le=1)
    feature_fraction: Swept = swept(
        0.7,
        "Feature fraction",
        [0.25, 0.5, 0.75],
        "Kept for experiments of ML Studio (classic); it changes nothing here.",
        gt=0,
        le=1,
    )
    split_fraction: Swept = swept(
        0.7,
        "Split fraction",
        [0.25, 0.5, 0.75],
        "The share of features that each split looks at.",
        gt=0,
        le=1,
    )
    quantile_sample_count: int = integer(
        100,
        "Quantile sample count",
        "Kept for experiments of ML Studio (classic); all rows of a leaf count here.",
        ge=1,
        le=2**31 - 1,
    )
    quantiles_to_be_estimated: str = text(
        "0.25;0.5;0.75", "Quantiles to be estimated", "Numbers from 0 to 1 with semicolons between."
    )
    random_number_seed: int = seed()
    allow_unknown_categorical_levels: bool = unknown_levels()

    @field_validator("quantiles_to_be_estimated")
    @classmethod
    def _are_quantiles(cls, value: str) -> str:
        shares(value)
        return value


def _build(params: QuantileParams, shape: Shape) -> Any:
    from modules.learning.estimators.quantiles import quantile_forest

    return quantile_forest(params, shape)


LEARNER = learner(
    "fast-forest-quantile-regression",
    "quantile",
    QuantileParams,
    _build,
    weights=True,
    keeps=lambda params: {"quantiles": shares(params.quantiles_to_be_estimated)},
)


@module(version=1, synonyms=("interval", "percentile", "regressor"))
def fast_forest_quantile_regression(params: QuantileParams) -> Untrained:
    return untrained(LEARNER, params)
