"""Missing numbers estimated from the other columns: fitted to plain numbers, applied with NumPy.

Matrices are rows × columns of float64, NaN where a value is missing.
"""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np

KEPT_VARIANCE = 0.9


def fit_chained(values: np.ndarray, iterations: int) -> dict[str, Any]:
    """Chained equations (MICE): each column in turn is regressed on all others, several times over.

    Van Buuren & Groothuis-Oudshoorn 2011, by scikit-learn's IterativeImputer with Bayesian ridge
    regression and its mean prediction. What is kept are the means and each step's coefficients.
    """
    from sklearn.experimental import enable_iterative_imputer  # noqa: F401
    from sklearn.impute import IterativeImputer

    imputer = IterativeImputer(max_iter=iterations, random_state=0, skip_complete=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that it has not converged is what `iterations` is for
        imputer.fit(values)
    steps = [
        {
            "column": int(step.feat_idx),
            "from": step.neighbor_feat_idx.tolist(),
            "weights": step.estimator.coef_.tolist(),
            "constant": float(step.estimator.intercept_),
        }
        for step in imputer.imputation_sequence_
    ]
    return {"method": "chained", "means": np.nanmean(values, axis=0).tolist(), "steps": steps}


def fit_pca(values: np.ndarray, iterations: int) -> dict[str, Any]:
    """Probabilistic PCA: the covariance of a linear model with few dimensions and even noise.

    Tipping & Bishop 1999; as many dimensions as hold 90 % of the variance. Starts from the means and
    alternates between estimating the missing values and the model. What is kept are means and covariance.
    """
    missing = np.isnan(values)
    means = np.nanmean(values, axis=0)
    scale = np.nanstd(values, axis=0)
    scale[scale == 0] = 1.0
    filled = np.where(missing, 0.0, (values - means) / scale)
    covariance = np.eye(values.shape[1])
    shift = np.zeros(values.shape[1])
    for _ in range(iterations):
        shift = filled.mean(axis=0)
        covariance = _low_rank(np.cov(filled, rowvar=False, bias=True).reshape(covariance.shape))
        filled = _expected(np.where(missing, np.nan, filled), shift, covariance)
    return {
        "method": "pca",
        "means": (means + shift * scale).tolist(),
        "covariance": (covariance * np.outer(scale, scale)).tolist(),
    }


def impute(values: np.ndarray, fitted: dict[str, Any]) -> np.ndarray:
    """The matrix with every missing value estimated by a fitted model."""
    means = np.array(fitted["means"])
    if fitted["method"] == "pca":
        return _expected(values, means, np.array(fitted["covariance"]))
    missing = np.isnan(values)
    filled = np.where(missing, means, values)
    for step in fitted["steps"]:
        rows, column = missing[:, step["column"]], step["column"]
        if rows.any() and step["from"]:
            filled[rows, column] = (
                filled[np.ix_(rows, step["from"])] @ np.array(step["weights"]) + step["constant"]
            )
    return filled


def _low_rank(covariance: np.ndarray) -> np.ndarray:
    size, vectors = np.linalg.eigh(covariance)
    size, vectors = np.clip(size[::-1], 0, None), vectors[:, ::-1]
    total = size.sum()
    if len(size) < 2 or total == 0:
        return covariance + 1e-6 * np.eye(len(size))
    kept = min(int(np.searchsorted(np.cumsum(size) / total, KEPT_VARIANCE)) + 1, len(size) - 1)
    noise = max(float(size[kept:].mean()), 1e-6)
    loadings = vectors[:, :kept] * np.sqrt(np.clip(size[:kept] - noise, 0, None))
    return loadings @ loadings.T + noise * np.eye(len(size))


def _expected(values: np.ndarray, means: np.ndarray, covariance: np.ndarray) -> np.ndarray:
    """Each missing value's expectation, given the values present in its row."""
    filled = values.copy()
    missing = np.isnan(values)
    for pattern in np.unique(missing[missing.any(axis=1)], axis=0):
        rows = (missing == pattern).all(axis=1)
        here = ~pattern
        weights = np.linalg.solve(covariance[np.ix_(here, here)], covariance[np.ix_(here, pattern)])
        filled[np.ix_(rows, pattern)] = means[pattern] + (values[np.ix_(rows, here)] - means[here]) @ weights
    return filled
