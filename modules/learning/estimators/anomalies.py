"""Estimators of how odd a row is: from 0 to 1, odd above 0.5."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from scipy.special import expit
from sklearn.base import BaseEstimator
from sklearn.decomposition import PCA
from sklearn.preprocessing import StandardScaler
from sklearn.svm import OneClassSVM

from modules.learning.learner import Shape
from modules.learning.log import tell

ODD_SHARE = 0.05
"""Of the training rows, the share that the components explain worst: a row that they explain worse is odd."""
SLOW_FROM = 20_000


class OneClass(BaseEstimator):
    """A one-class support vector machine on scaled features; outside its border a row is odd."""

    def __init__(self, nu: float = 0.1, tolerance: float = 0.001) -> None:
        self.nu, self.tolerance = nu, tolerance

    def fit(self, X: np.ndarray, y: Any = None) -> Self:
        if len(X) > SLOW_FROM:
            tell(f"warning: {len(X):,} rows take long here; its time grows with their square.")
        self.scaler_ = StandardScaler().fit(X)
        self.machine_ = OneClassSVM(nu=min(self.nu, 1.0), tol=self.tolerance, gamma="auto")
        self.machine_.fit(self.scaler_.transform(X))
        return self

    def oddness(self, X: np.ndarray) -> np.ndarray:
        return expit(-self.machine_.decision_function(self.scaler_.transform(X)))


class Components(BaseEstimator):
    """The part of a row that a few principal components cannot explain, as a share of what is usual."""

    def __init__(
        self, components: int = 2, oversampling: int = 2, center: bool = False, seed: int = 0
    ) -> None:
        self.components, self.oversampling, self.center, self.seed = components, oversampling, center, seed

    def fit(self, X: np.ndarray, y: Any = None) -> Self:
        self.scaler_ = StandardScaler(with_mean=self.center).fit(X)
        rows = self.scaler_.transform(X)
        self.pca_ = PCA(
            n_components=min(self.components, *rows.shape),
            svd_solver="randomized",
            n_oversamples=self.oversampling,
            random_state=self.seed,
        ).fit(rows)
        left = self._left(rows)
        self.usual_ = float(np.quantile(left, 1 - ODD_SHARE))
        return self

    def _left(self, rows: np.ndarray) -> np.ndarray:
        again = self.pca_.inverse_transform(self.pca_.transform(rows))
        return np.sum((rows - again) ** 2, axis=1)

    def oddness(self, X: np.ndarray) -> np.ndarray:
        left = self._left(self.scaler_.transform(X))
        floor = max(self.usual_, 1e-12)
        return left / (left + floor)


def one_class(params: Any, shape: Shape) -> Any:
    return OneClass(params.nu, params.epsilon)


def components(params: Any, shape: Shape) -> Any:
    return Components(
        params.number_of_components_to_use_in_pca,
        params.oversampling_parameter_for_randomized_pca,
        params.enable_input_feature_mean_normalization,
        shape.seed,
    )
