"""Linear models with penalties L1 and L2: at the least of the sum that they are told to make small."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression, PoissonRegressor

from modules.learning.estimators.logistic import PenalizedLogistic
from modules.learning.estimators.poisson import PoissonLinear

draw = np.random.default_rng(3)
X = draw.normal(size=(500, 12))
SUMS = X[:, 0] + X[:, 1] / 2 - X[:, 2] / 20 + draw.logistic(size=500)
WEIGHTS = draw.integers(1, 4, 500).astype(float)


@pytest.mark.parametrize("edges", [[0], [-1, 1]])
@pytest.mark.parametrize("weights", [None, WEIGHTS])
@pytest.mark.parametrize(("l1", "l2"), [(1.0, 1.0), (5.0, 0.1), (0.01, 2.0)])
def test_logistic_regression_is_that_of_scikit_learns_slow_solver(
    edges: list[float], weights: np.ndarray | None, l1: float, l2: float
) -> None:
    y = np.digitize(SUMS, edges)
    ours = PenalizedLogistic(l1, l2, 1e-10).fit(X, y, sample_weight=weights)
    slow = LogisticRegression(
        C=1 / (l1 + l2), l1_ratio=l1 / (l1 + l2), solver="saga", tol=1e-10, max_iter=20_000, random_state=0
    ).fit(X, y, sample_weight=weights)
    assert ours.coef_.shape == slow.coef_.shape
    assert np.abs(ours.predict_proba(X) - slow.predict_proba(X)).max() < 1e-5
    assert (ours.predict(X) == slow.predict(X)).all()


def test_a_large_penalty_l1_leaves_features_out() -> None:
    ours = PenalizedLogistic(40.0, 0.0).fit(X, np.digitize(SUMS, [0]))
    assert 0 < np.count_nonzero(ours.coef_) < 4


def test_poisson_regression_without_l1_is_that_of_scikit_learn() -> None:
    y = draw.poisson(np.exp(X[:, 0] / 2))
    ours = PoissonLinear(0.0, 1.0, 1e-10).fit(X, y)
    theirs = PoissonRegressor(alpha=1 / len(X), tol=1e-10, max_iter=10_000).fit(X, y)
    assert ours.coef_ == pytest.approx(theirs.coef_, abs=1e-5)
