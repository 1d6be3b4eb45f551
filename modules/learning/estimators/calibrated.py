"""Probabilities for a classifier that only tells how sure it is: a logistic curve through its decisions.

The curve is fitted on the training rows (Platt, 1999, with his targets, which keep it from 0 and 1). The
label follows from the probability, never the other way round."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit
from sklearn.base import BaseEstimator, ClassifierMixin, clone


class Calibrated(ClassifierMixin, BaseEstimator):
    """A classifier of two classes with `decision_function`, given `predict_proba`."""

    def __init__(self, estimator: Any = None) -> None:
        self.estimator = estimator

    def fit(self, X: np.ndarray, y: np.ndarray, sample_weight: np.ndarray | None = None) -> Self:
        from modules.learning.training import forget_threads, weight_argument

        self.classes_ = np.unique(y)
        self.estimator_ = clone(self.estimator)
        self.estimator_.fit(
            X, y, **({} if sample_weight is None else weight_argument(self.estimator_, sample_weight))
        )
        forget_threads(self.estimator_)
        self.slope_, self.shift_ = _curve(
            self.estimator_.decision_function(X), y == self.classes_[-1], sample_weight
        )
        return self

    def predict_proba(self, X: np.ndarray) -> np.ndarray:
        share = expit(self.slope_ * self.estimator_.decision_function(X) + self.shift_)
        return np.column_stack([1 - share, share])

    def predict(self, X: np.ndarray) -> np.ndarray:
        return self.classes_[(self.predict_proba(X)[:, 1] > 0.5).astype(int)]


def _curve(sure: np.ndarray, positive: np.ndarray, weights: np.ndarray | None) -> tuple[float, float]:
    """The slope and the shift of the curve; the slope is not negative."""
    counts = int(positive.sum()), int((~positive).sum())
    target = np.where(positive, (counts[0] + 1) / (counts[0] + 2), 1 / (counts[1] + 2))
    weight = np.ones(len(sure)) if weights is None else weights
    scale = float(np.max(np.abs(sure))) or 1.0
    held = sure / scale

    def loss(at: np.ndarray) -> tuple[float, np.ndarray]:
        z = at[0] * held + at[1]
        wrong = weight * (expit(z) - target)
        value = np.sum(weight * (np.logaddexp(0, z) - target * z))
        return float(value), np.array([np.sum(wrong * held), np.sum(wrong)])

    start = np.array([1.0, np.log((counts[0] + 1) / (counts[1] + 1))])
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[(0, None), (None, None)])
    return float(found.x[0]) / scale, float(found.x[1])
