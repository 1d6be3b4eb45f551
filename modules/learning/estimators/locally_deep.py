"""The locally deep support vector machine: a tree of linear classifiers whose gates are learned with them.

After Jose, Goyal, Aggrwal and Varma (2013), trained by gradient descent over small groups of rows, with gates
that stay smooth. Each node k of the tree says tanh(s · t_k·x) · (w_k·x); the path to it weighs what it says.
"""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin

from modules.learning.estimators.calibrated import Calibrated
from modules.learning.estimators.scaling import scaled
from modules.learning.learner import Shape
from modules.learning.progressing import step_done

GROUP = 32
STEP = 0.1


class LocallyDeepMachine(ClassifierMixin, BaseEstimator):
    def __init__(
        self,
        depth: int = 3,
        penalty: float = 0.1,
        gate_penalty: float = 0.01,
        local_penalty: float = 0.01,
        sharpness: float = 1.0,
        iterations: int = 15_000,
        seed: int = 0,
    ) -> None:
        self.depth, self.penalty, self.gate_penalty, self.local_penalty = (
            depth,
            penalty,
            gate_penalty,
            local_penalty,
        )
        self.sharpness, self.iterations, self.seed = sharpness, iterations, seed

    def fit(self, X: np.ndarray, y: np.ndarray) -> Self:
        self.classes_ = np.unique(y)
        rows = np.column_stack([X, np.ones(len(X))])
        sign = np.where(y == self.classes_[-1], 1.0, -1.0)
        nodes = 2**self.depth - 1
        draw = np.random.default_rng(self.seed)
        shape = (3, nodes, rows.shape[1])
        self.weights_ = draw.normal(0, 0.1, shape)
        penalties = np.array([self.penalty, self.gate_penalty, self.local_penalty])[:, None, None] / len(rows)
        squares = np.full(shape, 1e-8)
        for number in range(self.iterations):
            some = draw.integers(0, len(rows), min(GROUP, len(rows)))
            slope = self._slope(rows[some], sign[some]) + penalties * self.weights_
            squares += slope**2
            self.weights_ -= STEP * slope / np.sqrt(squares)
            if number % 500 == 0:
                step_done(number / self.iterations)
        return self

    def decision_function(self, X: np.ndarray) -> np.ndarray:
        rows = np.column_stack([X, np.ones(len(X))])
        said, local, _, paths = self._forward(rows)
        return np.einsum("ik,ik,ik->i", said, local, paths)

    def _forward(self, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """By row and node: w·x, tanh of the local one, tanh of the gate, and how far the path leads there."""
        w, gates, locals_ = self.weights_
        said, local = rows @ w.T, np.tanh(self.sharpness * (rows @ locals_.T))
        gate = np.tanh(rows @ gates.T)
        paths = np.ones_like(said)
        for node in range(1, said.shape[1]):
            above = (node - 1) // 2
            way = 1 if node % 2 else -1
            paths[:, node] = paths[:, above] * (1 + way * gate[:, above]) / 2
        return said, local, gate, paths

    def _slope(self, rows: np.ndarray, sign: np.ndarray) -> np.ndarray:
        """The gradient of the mean hinge loss."""
        said, local, gate, paths = self._forward(rows)
        each = said * local
        wrong = np.where(sign * np.sum(each * paths, axis=1) < 1, -sign, 0.0) / len(rows)
        by_w = (wrong[:, None] * local * paths).T @ rows
        by_local = (wrong[:, None] * said * paths * self.sharpness * (1 - local**2)).T @ rows
        through = np.zeros_like(gate)
        below = each * paths
        for node in range(gate.shape[1] - 1, 0, -1):
            above = (node - 1) // 2
            way = 1 if node % 2 else -1
            share = np.maximum((1 + way * gate[:, above]) / 2, 1e-6)
            through[:, above] += below[:, node] / share * way / 2
            below[:, above] += below[:, node]
        by_gate = (wrong[:, None] * through * (1 - gate**2)).T @ rows
        return np.stack([by_w, by_gate, by_local])


def locally_deep(params: Any, shape: Shape) -> Any:
    machine = LocallyDeepMachine(
        params.depth_of_the_tree,
        params.lambda_w,
        params.lambda_theta,
        params.lambda_theta_prime,
        params.sigmoid_sharpness,
        params.number_of_iterations,
        shape.seed,
    )
    return Calibrated(scaled(params.feature_normalizer, machine))
