"""Boosted trees and forests of scikit-learn, with classic's defaults."""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.ensemble import (
    HistGradientBoostingClassifier,
    HistGradientBoostingRegressor,
    RandomForestClassifier,
    RandomForestRegressor,
)

from modules.learning.learner import Shape


def boosted(params: Any, shape: Shape, trees: int) -> dict[str, Any]:
    return {
        "learning_rate": params.learning_rate,
        "max_iter": trees,
        "max_leaf_nodes": params.maximum_number_of_leaves_per_tree,
        "min_samples_leaf": params.minimum_number_of_samples_per_leaf_node,
        "categorical_features": list(shape.codes) or None,
        "early_stopping": False,
        "random_state": shape.seed,
    }


def boosted_classes(params: Any, shape: Shape) -> Any:
    return HistGradientBoostingClassifier(**boosted(params, shape, params.number_of_trees_constructed))


def boosted_numbers(params: Any, shape: Shape) -> Any:
    return HistGradientBoostingRegressor(**boosted(params, shape, params.total_number_of_trees_constructed))


def forest(params: Any, shape: Shape) -> dict[str, Any]:
    return {
        "n_estimators": params.number_of_decision_trees,
        "max_depth": params.maximum_depth_of_the_decision_trees,
        "min_samples_leaf": params.minimum_number_of_samples_per_leaf_node,
        "bootstrap": params.resampling_method == "bagging",
        "random_state": shape.seed,
        "n_jobs": shape.threads,
    }


def forest_classes(params: Any, shape: Shape) -> Any:
    return RandomForestClassifier(max_features="sqrt", **forest(params, shape))


def forest_numbers(params: Any, shape: Shape) -> Any:
    return NumberForest(max_features=1 / 3, **forest(params, shape))


def jungle(params: Any, shape: Shape) -> Any:
    """A forest whose trees are as deep and as wide as the graphs of a jungle may be."""
    return RandomForestClassifier(
        n_estimators=params.number_of_decision_dags,
        max_depth=params.maximum_depth_of_the_decision_dags,
        max_leaf_nodes=params.maximum_width_of_the_decision_dags,
        bootstrap=params.resampling_method == "bagging",
        random_state=shape.seed,
        n_jobs=shape.threads,
    )


class NumberForest(RandomForestRegressor):
    """A forest that also says how far its trees disagree."""

    def mean_and_deviation(self, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The mean of what the trees predict, as `predict` gives it, and the deviation between the trees."""
        mean = self.predict(values)
        narrow = self._validate_X_predict(values)
        squares = np.zeros(len(values))
        for tree in self.estimators_:
            squares += (tree.predict(narrow, check_input=False) - mean) ** 2
        return mean, np.sqrt(squares / len(self.estimators_))
