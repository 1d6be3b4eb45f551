"""Models of scikit-learn 0.14–0.19 that left the library, by what is nearest to them."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

import numpy as np
from sklearn.base import BaseEstimator, RegressorMixin
from sklearn.cluster import AgglomerativeClustering, FeatureAgglomeration
from sklearn.feature_selection import SelectorMixin
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import RBF, ConstantKernel, Matern
from sklearn.linear_model import Lasso, LassoLarsIC, LogisticRegression
from sklearn.neighbors import NearestNeighbors
from sklearn.preprocessing import StandardScaler
from sklearn.utils import check_random_state


class Ward(AgglomerativeClustering):
    def __init__(
        self,
        n_clusters: int = 2,
        memory: Any = None,
        connectivity: Any = None,
        copy: Any = None,
        n_components: Any = None,
        compute_full_tree: Any = "auto",
    ) -> None:
        super().__init__(
            n_clusters,
            memory=memory,
            connectivity=connectivity,
            compute_full_tree=compute_full_tree,
            linkage="ward",
        )
        self.copy, self.n_components = copy, n_components


class WardAgglomeration(FeatureAgglomeration):
    def __init__(
        self,
        n_clusters: int = 2,
        memory: Any = None,
        connectivity: Any = None,
        copy: Any = None,
        n_components: Any = None,
        compute_full_tree: Any = "auto",
        pooling_func: Any = np.mean,
    ) -> None:
        super().__init__(
            n_clusters,
            memory=memory,
            connectivity=connectivity,
            compute_full_tree=compute_full_tree,
            linkage="ward",
            pooling_func=pooling_func,
        )
        self.copy, self.n_components = copy, n_components


class LSHForest(NearestNeighbors):
    """Neighbors by distance of angles; exact, where those of then were near."""

    def __init__(
        self,
        n_estimators: int = 10,
        radius: float = 1.0,
        n_candidates: int = 50,
        n_neighbors: int = 5,
        min_hash_match: int = 4,
        radius_cutoff_ratio: float = 0.9,
        random_state: Any = None,
    ) -> None:
        super().__init__(n_neighbors=n_neighbors, radius=radius, metric="cosine", algorithm="brute")
        self.n_estimators, self.n_candidates, self.random_state = n_estimators, n_candidates, random_state
        self.min_hash_match, self.radius_cutoff_ratio = min_hash_match, radius_cutoff_ratio


class GaussianProcess(RegressorMixin, BaseEstimator):
    """Kriging: the mean, and with `eval_MSE` the variance, of each row. A constant mean and one of two
    correlations; the width is fitted where `thetaL` and `thetaU` say between what."""

    def __init__(
        self,
        regr: Any = "constant",
        corr: Any = "squared_exponential",
        beta0: Any = None,
        storage_mode: str = "full",
        verbose: bool = False,
        theta0: Any = 1e-1,
        thetaL: Any = None,
        thetaU: Any = None,
        optimizer: str = "fmin_cobyla",
        random_start: int = 1,
        normalize: bool = True,
        nugget: Any = 2.2e-15,
        random_state: Any = None,
    ) -> None:
        self.regr, self.corr, self.beta0, self.storage_mode = regr, corr, beta0, storage_mode
        self.verbose, self.theta0, self.thetaL, self.thetaU = verbose, theta0, thetaL, thetaU
        self.optimizer, self.random_start, self.normalize = optimizer, random_start, normalize
        self.nugget, self.random_state = nugget, random_state

    def fit(self, X: Any, y: Any) -> GaussianProcess:
        """Fits to rows `X`, of shape (rows, features), and numbers `y`."""
        X = np.atleast_2d(np.asarray(X, dtype=float))
        self.scaler_ = StandardScaler(with_mean=self.normalize, with_std=self.normalize).fit(X)
        width = _width(self.theta0)
        fitted = self.thetaL is not None and self.thetaU is not None
        bounds: Any = (_width(self.thetaU), _width(self.thetaL)) if fitted else "fixed"
        kind = Matern if callable(self.corr) or "absolute" in str(self.corr) else RBF
        words = {"nu": 0.5} if kind is Matern else {}
        kernel = ConstantKernel(1.0) * kind(width, bounds, **words)
        self.model_ = GaussianProcessRegressor(
            kernel,
            alpha=np.maximum(np.asarray(self.nugget, dtype=float), 1e-10),
            normalize_y=True,
            n_restarts_optimizer=max(0, int(self.random_start) - 1) if fitted else 0,
            random_state=self.random_state,
        ).fit(self.scaler_.transform(X), np.asarray(y, dtype=float))
        self.n_features_in_ = X.shape[1]
        return self

    def predict(self, X: Any, eval_MSE: bool = False, batch_size: Any = None) -> Any:
        """The mean of each row; with `eval_MSE` the mean and its variance."""
        rows = self.scaler_.transform(np.atleast_2d(np.asarray(X, dtype=float)))
        if not eval_MSE:
            return self.model_.predict(rows)
        mean, deviation = self.model_.predict(rows, return_std=True)
        return mean, deviation**2


def _width(theta: Any) -> Any:
    found = 1 / np.sqrt(2 * np.asarray(theta, dtype=float).ravel())
    return float(found[0]) if found.size == 1 else found


class _Stability(SelectorMixin, BaseEstimator):
    """How often a feature is chosen when features are weakened and rows left out by chance."""

    @abstractmethod
    def _choose(self, X: np.ndarray, y: np.ndarray) -> np.ndarray:
        """Which features a model of these rows takes, as a mask."""

    def fit(self, X: Any, y: Any) -> Any:
        """Sets `scores_`: the share of the drawings in which each feature was chosen."""
        X, y = np.asarray(X, dtype=float), np.asarray(y)
        draws = check_random_state(self.random_state)
        X = StandardScaler().fit_transform(X)
        counts, played = np.zeros(X.shape[1]), 0
        for _ in range(self.n_resampling):
            rows = draws.permutation(len(X))[: max(2, int(self.sample_fraction * len(X)))]
            weak = 1 - (1 - self.scaling) * draws.randint(0, 2, X.shape[1])
            if y.dtype.kind not in "f" and len(np.unique(y[rows])) < 2:
                continue
            counts += self._choose(X[rows] * weak, y[rows])
            played += 1
        self.n_features_in_ = X.shape[1]
        self.scores_ = self.all_scores_ = counts / max(1, played)
        return self

    def _get_support_mask(self) -> np.ndarray:
        return self.scores_ > self.selection_threshold

    def fit_transform(self, X: Any, y: Any = None, **_: Any) -> Any:
        return self.fit(X, y).transform(X)


class RandomizedLasso(_Stability):
    def __init__(
        self,
        alpha: Any = "aic",
        scaling: float = 0.5,
        sample_fraction: float = 0.75,
        n_resampling: int = 200,
        selection_threshold: float = 0.25,
        fit_intercept: bool = True,
        verbose: bool = False,
        normalize: bool = True,
        random_state: Any = None,
        **_: Any,
    ) -> None:
        self.alpha, self.scaling, self.sample_fraction = alpha, scaling, sample_fraction
        self.n_resampling, self.selection_threshold = n_resampling, selection_threshold
        self.fit_intercept, self.verbose, self.normalize = fit_intercept, verbose, normalize
        self.random_state = random_state

    def fit(self, X: Any, y: Any) -> Any:
        chosen = self.alpha
        if isinstance(chosen, str):
            rows = StandardScaler().fit_transform(np.asarray(X, dtype=float))
            chosen = LassoLarsIC(criterion=chosen).fit(rows, np.asarray(y, dtype=float)).alpha_
        self.alpha_ = max(float(chosen), 1e-6)
        return super().fit(X, y)

    def _choose(self, X: np.ndarray, y: np.ndarray) -> np.ndarray:
        return np.abs(Lasso(alpha=self.alpha_).fit(X, y.astype(float)).coef_) > 1e-10


class RandomizedLogisticRegression(_Stability):
    def __init__(
        self,
        C: float = 1,
        scaling: float = 0.5,
        sample_fraction: float = 0.75,
        n_resampling: int = 200,
        selection_threshold: float = 0.25,
        tol: float = 1e-3,
        fit_intercept: bool = True,
        verbose: bool = False,
        normalize: bool = True,
        random_state: Any = None,
        **_: Any,
    ) -> None:
        self.C, self.scaling, self.sample_fraction, self.tol = C, scaling, sample_fraction, tol
        self.n_resampling, self.selection_threshold = n_resampling, selection_threshold
        self.fit_intercept, self.verbose, self.normalize = fit_intercept, verbose, normalize
        self.random_state = random_state

    def _choose(self, X: np.ndarray, y: np.ndarray) -> np.ndarray:
        model = LogisticRegression(C=self.C, solver="liblinear", l1_ratio=1, tol=self.tol)
        return np.abs(model.fit(X, y).coef_).max(axis=0) > 1e-10
