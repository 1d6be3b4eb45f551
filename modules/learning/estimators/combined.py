"""Learners that are made of several of another: one against all others, and one for each step of a rank."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin, RegressorMixin, clone

from modules.learning.learner import Shape
from modules.learning.progressing import step_done


class OneVsAll(ClassifierMixin, BaseEstimator):
    """A classifier for each class against all others; their probabilities are brought to the sum 1."""

    def __init__(self, estimator: Any = None) -> None:
        self.estimator = estimator

    def fit(self, X: np.ndarray, y: np.ndarray, sample_weight: np.ndarray | None = None) -> Self:
        self.classes_ = np.unique(y)
        self.estimators_ = []
        for number, one in enumerate(self.classes_):
            self.estimators_.append(_fitted(self.estimator, X, (y == one).astype(np.int64), sample_weight))
            step_done((number + 1) / len(self.classes_))
        return self

    def predict_proba(self, X: np.ndarray) -> np.ndarray:
        shares = np.column_stack([each.predict_proba(X)[:, 1] for each in self.estimators_])
        total = shares.sum(axis=1, keepdims=True)
        even = np.full_like(shares, 1 / shares.shape[1])
        return np.divide(shares, total, out=even, where=total > 0)


class Ordinal(RegressorMixin, BaseEstimator):
    """Ranks by one classifier of two classes (Li and Lin, 2006): is the rank above the k-th? Each row is
    there once for each k, with a column that says which; the rank is the number of times the answer is
    yes."""

    def __init__(self, estimator: Any = None) -> None:
        self.estimator = estimator

    def fit(self, X: np.ndarray, y: np.ndarray, sample_weight: np.ndarray | None = None) -> Self:
        self.ranks_ = np.unique(y)
        if len(self.ranks_) < 2:
            raise ValueError("the label has one rank only; ranks need two or more")
        steps = len(self.ranks_) - 1
        above = np.concatenate([y > self.ranks_[step] for step in range(steps)]).astype(np.int64)
        weights = None if sample_weight is None else np.tile(sample_weight, steps)
        self.estimator_ = _fitted(self.estimator, self._extended(X), above, weights)
        return self

    def predict(self, X: np.ndarray) -> np.ndarray:
        yes = self.estimator_.predict_proba(self._extended(X))[:, 1] > 0.5
        return self.ranks_[yes.reshape(len(self.ranks_) - 1, len(X)).sum(axis=0)]

    def _extended(self, X: np.ndarray) -> np.ndarray:
        steps = len(self.ranks_) - 1
        which = np.repeat(np.eye(steps), len(X), axis=0)
        return np.column_stack([np.tile(X, (steps, 1)), which])


def _fitted(prototype: Any, X: np.ndarray, y: np.ndarray, weights: np.ndarray | None) -> Any:
    from modules.learning.training import forget_threads, weight_argument

    made = clone(prototype)
    made.fit(X, y, **({} if weights is None else weight_argument(made, weights)))
    forget_threads(made)
    return made


def one_vs_all(params: Any, shape: Shape) -> Any:
    assert shape.inner is not None
    return OneVsAll(shape.inner(shape))


def ordinal(params: Any, shape: Shape) -> Any:
    assert shape.inner is not None
    return Ordinal(shape.inner(shape))
