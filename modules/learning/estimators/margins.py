"""Linear classifiers of scikit-learn's stochastic gradient descent, with probabilities."""

from __future__ import annotations

from typing import Any

from sklearn.linear_model import SGDClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import Normalizer, StandardScaler

from modules.learning.estimators.calibrated import Calibrated
from modules.learning.learner import Shape


def perceptron(params: Any, shape: Shape) -> Any:
    """The averaged perceptron, on scaled features."""
    estimator = SGDClassifier(
        loss="perceptron",
        penalty=None,
        learning_rate="constant",
        eta0=params.learning_rate,
        average=True,
        max_iter=params.maximum_number_of_iterations,
        tol=None,
        random_state=shape.seed,
    )
    return Calibrated(make_pipeline(StandardScaler(), estimator))


def linear_svm(params: Any, shape: Shape) -> Any:
    """A linear support vector machine, trained row by row."""
    estimator = SGDClassifier(
        loss="hinge",
        alpha=getattr(params, "lambda"),
        max_iter=params.number_of_iterations,
        tol=None,
        random_state=shape.seed,
    )
    steps = [StandardScaler()] if params.normalize_features else []
    steps += [Normalizer()] if params.project_to_the_unit_sphere else []
    return Calibrated(make_pipeline(*steps, estimator))
