"""Bayesian linear regression with a fixed prior, in closed form (Bishop, 2006, section 3.3)."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from sklearn.base import BaseEstimator, RegressorMixin

from modules.learning.learner import Shape


class BayesianLinear(RegressorMixin, BaseEstimator):
    """`weight`: the precision of the prior over that of the noise. The intercept has no prior."""

    def __init__(self, weight: float = 1.0) -> None:
        self.weight = weight

    def fit(self, X: np.ndarray, y: np.ndarray, sample_weight: np.ndarray | None = None) -> Self:
        weights = np.ones(len(X)) if sample_weight is None else sample_weight
        self.center_ = np.average(X, axis=0, weights=weights)
        self.intercept_ = float(np.average(y, weights=weights))
        rows = X - self.center_
        precision = (rows * weights[:, None]).T @ rows + self.weight * np.eye(X.shape[1])
        self.spread_ = np.linalg.inv(precision)
        self.coef_ = self.spread_ @ (rows.T @ (weights * (y - self.intercept_)))
        wrong = y - self.intercept_ - rows @ self.coef_
        penalty = self.weight * float(self.coef_ @ self.coef_)
        self.noise_ = (float(np.sum(weights * wrong**2)) + penalty) / max(float(weights.sum()), 1.0)
        self.count_ = float(weights.sum())
        return self

    def predict(self, X: np.ndarray) -> np.ndarray:
        return self.intercept_ + (X - self.center_) @ self.coef_

    def mean_and_deviation(self, X: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """What is predicted, and how sure that is: the noise and the doubt about the weights together."""
        rows = X - self.center_
        doubt = np.einsum("ij,ij->i", rows @ self.spread_, rows) + 1 / self.count_
        return self.predict(X), np.sqrt(self.noise_ * (1 + doubt))


def bayesian_linear(params: Any, shape: Shape) -> Any:
    return BayesianLinear(params.regularization_weight)
