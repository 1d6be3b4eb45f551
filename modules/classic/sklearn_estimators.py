"""Estimators of scikit-learn 0.14–0.19 that are gone."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from scipy.sparse import hstack
from sklearn.decomposition import PCA
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis, QuadraticDiscriminantAnalysis
from sklearn.impute import SimpleImputer
from sklearn.mixture import BayesianGaussianMixture, GaussianMixture
from sklearn.preprocessing import OneHotEncoder

__all__ = ["LDA", "QDA"]


class Imputer(SimpleImputer):
    """Gaps by a mean, a median or the most frequent value, of a column (axis 0) or of a row (axis 1)."""

    def __init__(
        self,
        missing_values: Any = "NaN",
        strategy: str = "mean",
        axis: int = 0,
        verbose: int = 0,
        copy: bool = True,
    ) -> None:
        gap = np.nan if isinstance(missing_values, str) or missing_values is None else missing_values
        super().__init__(missing_values=gap, strategy=strategy, copy=copy)
        self.axis, self.verbose = axis, verbose

    def fit(self, X: Any, y: Any = None) -> Any:
        return self if self.axis == 1 else super().fit(_numbers(X), y)

    def transform(self, X: Any) -> Any:
        if self.axis == 1:
            inner = SimpleImputer(missing_values=self.missing_values, strategy=self.strategy)
            return inner.fit_transform(_numbers(X).T).T
        return super().transform(_numbers(X))

    def fit_transform(self, X: Any, y: Any = None, **_: Any) -> Any:
        return self.fit(X, y).transform(X)


def _numbers(X: Any) -> Any:
    found = np.asarray(X.values if isinstance(X, pd.DataFrame | pd.Series) else X)
    found = found.astype(float) if found.dtype == object else found
    return found.reshape(1, -1) if found.ndim == 1 else found


class OldOneHotEncoder(OneHotEncoder):
    """One column for each value of the columns that are named; the others come after them, as they are."""

    def __init__(
        self,
        n_values: Any = "auto",
        categorical_features: Any = "all",
        categories: Any = "auto",
        drop: Any = None,
        sparse: bool = True,
        dtype: Any = np.float64,
        handle_unknown: str = "error",
        sparse_output: Any = None,
    ) -> None:
        sparse = sparse if sparse_output is None else sparse_output
        super().__init__(
            categories=categories, drop=drop, sparse_output=sparse, dtype=dtype, handle_unknown=handle_unknown
        )
        self.n_values, self.sparse, self.categorical_features = n_values, sparse, categorical_features

    def _parts(self, X: Any) -> tuple[np.ndarray, np.ndarray]:
        values = np.asarray(X.values if isinstance(X, pd.DataFrame) else X)
        chosen = np.zeros(values.shape[1], dtype=bool)
        chosen[slice(None) if isinstance(self.categorical_features, str) else self.categorical_features] = (
            True
        )
        return values[:, chosen], values[:, ~chosen]

    def fit(self, X: Any, y: Any = None) -> Any:
        if np.ndim(X) < 2:
            return super().fit(X)
        super().fit(self._parts(X)[0])
        return self

    def transform(self, X: Any) -> Any:
        if np.ndim(X) < 2:
            return super().transform(X)
        chosen, others = self._parts(X)
        encoded = super().transform(chosen)
        if not others.shape[1]:
            return encoded
        others = others.astype(float)
        return hstack([encoded, others]).tocsr() if self.sparse else np.hstack([encoded, others])

    def fit_transform(self, X: Any, y: Any = None, **_: Any) -> Any:
        return self.fit(X).transform(X)


class LDA(LinearDiscriminantAnalysis):
    def __init__(
        self,
        solver: str = "svd",
        shrinkage: Any = None,
        priors: Any = None,
        n_components: Any = None,
        store_covariance: bool = False,
        tol: float = 1e-4,
    ) -> None:
        super().__init__(
            solver=solver,
            shrinkage=shrinkage,
            priors=priors,
            n_components=n_components,
            store_covariance=store_covariance,
            tol=tol,
        )


class QDA(QuadraticDiscriminantAnalysis):
    def __init__(
        self, priors: Any = None, reg_param: float = 0.0, store_covariances: bool = False, tol: float = 1e-4
    ) -> None:
        super().__init__(priors=priors, reg_param=reg_param, store_covariance=store_covariances, tol=tol)
        self.store_covariances = store_covariances


class RandomizedPCA(PCA):
    def __init__(
        self,
        n_components: Any = None,
        copy: bool = True,
        iterated_power: int = 2,
        whiten: bool = False,
        random_state: Any = None,
    ) -> None:
        super().__init__(
            n_components,
            copy=copy,
            whiten=whiten,
            svd_solver="randomized",
            iterated_power=iterated_power,
            random_state=random_state,
        )


class GMM(GaussianMixture):
    def __init__(
        self,
        n_components: int = 1,
        covariance_type: str = "diag",
        random_state: Any = None,
        thresh: Any = None,
        tol: float = 1e-3,
        min_covar: float = 1e-3,
        n_iter: int = 100,
        n_init: int = 1,
        params: str = "wmc",
        init_params: str = "wmc",
        verbose: int = 0,
    ) -> None:
        super().__init__(
            n_components,
            covariance_type=covariance_type,
            random_state=random_state,
            tol=tol,
            reg_covar=min_covar,
            max_iter=n_iter,
            n_init=n_init,
        )
        self.thresh, self.min_covar, self.n_iter, self.params = thresh, min_covar, n_iter, params


class DPGMM(BayesianGaussianMixture):
    def __init__(
        self,
        n_components: int = 1,
        covariance_type: str = "diag",
        alpha: float = 1.0,
        random_state: Any = None,
        tol: float = 1e-3,
        verbose: int = 0,
        n_iter: int = 10,
        **_: Any,
    ) -> None:
        super().__init__(
            n_components=n_components,
            covariance_type=covariance_type,
            random_state=random_state,
            weight_concentration_prior=alpha,
            tol=tol,
            max_iter=n_iter,
        )
        self.alpha, self.n_iter = alpha, n_iter
