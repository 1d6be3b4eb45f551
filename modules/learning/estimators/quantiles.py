"""Quantiles of numbers by a forest that keeps the labels in its leaves (Meinshausen, 2006)."""

from __future__ import annotations

from typing import Any

from quantile_forest import RandomForestQuantileRegressor

from modules.learning.learner import Shape


def quantile_forest(params: Any, shape: Shape) -> Any:
    return RandomForestQuantileRegressor(
        n_estimators=params.number_of_trees,
        max_leaf_nodes=params.number_of_leaves,
        min_samples_leaf=params.minimum_number_of_training_instances_required_to_form_a_leaf,
        max_samples=params.bagging_fraction,
        max_features=params.split_fraction,
        random_state=shape.seed,
        n_jobs=shape.threads,
    )
