"""The Bayes point machine: a linear classifier that averages over all weights that fit.

Expectation propagation for the probit likelihood with the prior N(0, 1) on each weight (Minka, 2001), all
sites at once in each round."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from scipy.special import log_ndtr, ndtr
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.preprocessing import StandardScaler

from modules.learning.learner import Shape
from modules.learning.progressing import step_done

DAMPING = 0.7
MOST_WIDE = 3_000


class BayesPointMachine(ClassifierMixin, BaseEstimator):
    """Its probability is that of the averaged weights, their uncertainty taken in."""

    def __init__(self, iterations: int = 30, bias: bool = True) -> None:
        self.iterations, self.bias = iterations, bias

    def fit(self, X: np.ndarray, y: np.ndarray) -> Self:
        self.classes_ = np.unique(y)
        self.scaler_ = StandardScaler().fit(X)
        rows = self._with_bias(self.scaler_.transform(X))
        if rows.shape[1] > MOST_WIDE:
            raise ValueError(f"it can take {MOST_WIDE:,} features and levels, not {rows.shape[1]:,}")
        signed = rows * np.where(y == self.classes_[-1], 1.0, -1.0)[:, None]
        sharp, pull = np.zeros(len(rows)), np.zeros(len(rows))
        self.mean_, self.spread_ = np.zeros(rows.shape[1]), np.eye(rows.shape[1])
        for number in range(self.iterations):
            new_sharp, new_pull = _sites(signed, sharp, pull, self.mean_, self.spread_)
            sharp += DAMPING * (new_sharp - sharp)
            pull += DAMPING * (new_pull - pull)
            self.spread_ = np.linalg.inv(np.eye(rows.shape[1]) + (signed * sharp[:, None]).T @ signed)
            self.mean_ = self.spread_ @ (signed.T @ pull)
            step_done((number + 1) / self.iterations)
        return self

    def predict_proba(self, X: np.ndarray) -> np.ndarray:
        rows = self._with_bias(self.scaler_.transform(X))
        variance = np.einsum("ij,jk,ik->i", rows, self.spread_, rows, optimize=True)
        share = ndtr((rows @ self.mean_) / np.sqrt(1 + variance))
        return np.column_stack([1 - share, share])

    def _with_bias(self, rows: np.ndarray) -> np.ndarray:
        return np.column_stack([rows, np.ones(len(rows))]) if self.bias else rows


def _sites(
    signed: np.ndarray, sharp: np.ndarray, pull: np.ndarray, mean: np.ndarray, spread: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The precision and the precision times mean of each row's site, from what all others say of it."""
    variance = np.einsum("ij,ij->i", signed @ spread, signed)
    at = signed @ mean
    cavity = np.maximum(1 / np.maximum(variance, 1e-12) - sharp, 1e-10)
    cavity_pull = at / np.maximum(variance, 1e-12) - pull
    center, wide = cavity_pull / cavity, 1 / cavity
    root = np.sqrt(1 + wide)
    z = center / root
    ratio = np.exp(-0.5 * z**2 - 0.5 * np.log(2 * np.pi) - log_ndtr(z))
    new_mean = center + wide * ratio / root
    new_variance = np.maximum(wide - wide**2 * ratio * (z + ratio) / (1 + wide), 1e-12)
    return np.maximum(1 / new_variance - cavity, 0), new_mean / new_variance - cavity_pull


def bayes_point(params: Any, shape: Shape) -> Any:
    return BayesPointMachine(params.number_of_training_iterations, params.include_bias)
