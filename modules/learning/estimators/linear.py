"""Linear models of scikit-learn, with the scaling that they want inside."""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.linear_model import LinearRegression, LogisticRegression, Ridge, SGDRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from modules.learning.estimators.logistic import penalized
from modules.learning.learner import Shape

MOST_ROUNDS = 1_000


def logistic(params: Any, shape: Shape) -> Any:
    """Logistic regression with penalties of weight L1 and L2 on the sum of losses, on scaled features."""
    if params.l1_regularization_weight:
        return make_pipeline(StandardScaler(), penalized(params, MOST_ROUNDS))
    l2 = params.l2_regularization_weight
    estimator = LogisticRegression(
        C=1 / l2 if l2 else np.inf,
        solver="lbfgs",
        tol=params.optimization_tolerance,
        max_iter=MOST_ROUNDS,
        random_state=shape.seed,
    )
    return make_pipeline(StandardScaler(), estimator)


def least_squares(params: Any, shape: Shape) -> Any:
    """Linear regression: least squares with a penalty L2, or gradient descent on scaled features."""
    l2 = params.l2_regularization_weight
    if params.solution_method == "ordinary_least_squares":
        intercept = params.include_intercept_term
        return Ridge(alpha=l2, fit_intercept=intercept) if l2 else LinearRegression(fit_intercept=intercept)
    descent = SGDRegressor(
        alpha=l2,
        eta0=params.learning_rate,
        learning_rate="invscaling" if params.decrease_learning_rate else "constant",
        average=params.average_final_hypothesis,
        max_iter=max(params.number_of_training_epochs, 1),
        tol=None,
        random_state=shape.seed,
    )
    return make_pipeline(StandardScaler(), descent) if params.normalize_features else descent
