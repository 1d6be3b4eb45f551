"""Poisson regression with penalties L1 and L2 on the sum of the losses, which scikit-learn has for L2
alone."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from sklearn.base import BaseEstimator, RegressorMixin
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from modules.learning.estimators.settling import settle
from modules.learning.learner import Shape

STEEPEST = 700.0
"""exp of more is infinite."""

MOST_ROUNDS = 10_000


class PoissonLinear(RegressorMixin, BaseEstimator):
    """Predicts exp(w·x + b). Each weight is the difference of two that are not negative, so that L1 is
    smooth."""

    def __init__(self, l1: float = 1.0, l2: float = 1.0, tolerance: float = 1e-7, memory: int = 20) -> None:
        self.l1, self.l2, self.tolerance, self.memory = l1, l2, tolerance, memory

    def fit(self, X: np.ndarray, y: np.ndarray, sample_weight: np.ndarray | None = None) -> Self:
        if (y < 0).any():
            raise ValueError("the label has negative values, which no count has")
        weights = np.ones(len(X)) if sample_weight is None else sample_weight
        width = X.shape[1]

        def loss(at: np.ndarray) -> tuple[float, np.ndarray]:
            w, b = at[:width] - at[width:-1], at[-1]
            z = np.minimum(X @ w + b, STEEPEST)
            said = np.exp(z)
            wrong = weights * (said - y)
            by_w = X.T @ wrong + self.l2 * w
            value = np.sum(weights * (said - y * z)) + self.l1 * at[:-1].sum() + self.l2 / 2 * (w @ w)
            return float(value), np.concatenate([by_w + self.l1, self.l1 - by_w, [wrong.sum()]])

        start = np.zeros(2 * width + 1)
        start[-1] = np.log(max(float(np.average(y, weights=weights)), 1e-12))
        bounds = [(0.0, None)] * (2 * width) + [(None, None)]
        found = settle(loss, start, bounds, self.tolerance, MOST_ROUNDS, self.memory)
        self.coef_, self.intercept_ = found.x[:width] - found.x[width:-1], float(found.x[-1])
        return self

    def predict(self, X: np.ndarray) -> np.ndarray:
        return np.exp(np.minimum(X @ self.coef_ + self.intercept_, STEEPEST))


def poisson(params: Any, shape: Shape) -> Any:
    linear = PoissonLinear(
        params.l1_regularization_weight,
        params.l2_regularization_weight,
        params.optimization_tolerance,
        params.memory_size_for_l_bfgs,
    )
    return make_pipeline(StandardScaler(), linear)
