"""Scikit-learn's own estimator that says the same as one of Studio's: who opens an export has no Studio.

Several of Studio's estimators differ from scikit-learn's in how they are trained, and not in what they say:
theirs are made here with what ours have learned.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import numpy as np
from sklearn.base import BaseEstimator
from sklearn.cluster import KMeans
from sklearn.compose import TransformedTargetRegressor
from sklearn.ensemble import RandomForestRegressor
from sklearn.linear_model import LinearRegression, LogisticRegression, PoissonRegressor
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import LabelBinarizer, Normalizer, normalize

from modules.learning.estimators.anomalies import OneClass
from modules.learning.estimators.bayesian_linear import BayesianLinear
from modules.learning.estimators.calibrated import Calibrated
from modules.learning.estimators.clusters import Clusters
from modules.learning.estimators.combined import OneVsAll
from modules.learning.estimators.logistic import PenalizedLogistic
from modules.learning.estimators.poisson import PoissonLinear
from modules.learning.estimators.trees import NumberForest


class NoEqual(Exception):
    """Scikit-learn has no estimator that says the same."""


def plain(estimator: Any) -> Any:
    """Scikit-learn's estimator that predicts the same from the same matrix; NoEqual if there is none."""
    make = _MAKERS.get(type(estimator))
    if make is not None:
        return make(estimator)
    if isinstance(estimator, Pipeline):
        return Pipeline([(name, plain(step)) for name, step in estimator.steps])
    if not type(estimator).__module__.startswith("sklearn."):
        raise NoEqual
    made = copy.deepcopy(estimator)
    vars(made).pop("_optimizer", None)  # a network needs it to learn on, and it holds the weights once more
    return made


def steps_and_last(estimator: Any) -> tuple[list[Any], Any]:
    """The steps before the one that predicts, and that one."""
    if isinstance(estimator, Pipeline):
        return [step for _, step in estimator.steps[:-1]], estimator.steps[-1][1]
    return [], estimator


def _linear_classes(classes: Any, weights: np.ndarray, shifts: Any, rounds: int = 1) -> LogisticRegression:
    made = LogisticRegression()
    made.classes_ = np.asarray(classes)
    made.coef_ = np.atleast_2d(np.asarray(weights, dtype=float))
    made.intercept_ = np.atleast_1d(np.asarray(shifts, dtype=float))
    made.n_features_in_ = made.coef_.shape[1]
    made.n_iter_ = np.array([rounds])
    return made


def _logistic(ours: PenalizedLogistic) -> Any:
    return _linear_classes(ours.classes_, ours.coef_, ours.intercept_, ours.n_iter_)


def _calibrated(ours: Calibrated) -> Any:
    """A curve through linear decisions is a logistic regression of its own."""
    before, last = steps_and_last(ours.estimator_)
    if not hasattr(last, "coef_"):
        raise NoEqual
    slope, shift = ours.slope_, ours.shift_
    made = _linear_classes(ours.classes_, slope * last.coef_, slope * last.intercept_ + shift)
    return make_pipeline(*copy.deepcopy(before), made)


def _one_class(ours: OneClass) -> Any:
    return make_pipeline(copy.deepcopy(ours.scaler_), copy.deepcopy(ours.machine_))


def _bayesian(ours: BayesianLinear) -> Any:
    made = LinearRegression()
    made.coef_ = ours.coef_.copy()
    made.intercept_ = float(ours.intercept_ - ours.center_ @ ours.coef_)
    made.n_features_in_ = len(made.coef_)
    return made


def _poisson(ours: PoissonLinear) -> Any:
    made = PoissonRegressor(alpha=0.0)
    made.coef_, made.intercept_ = ours.coef_.copy(), ours.intercept_
    made.n_features_in_, made.n_iter_ = len(made.coef_), 1
    made._base_loss = made._get_loss()
    return made


def _forest(ours: NumberForest) -> Any:
    made = RandomForestRegressor(**ours.get_params())
    made.__dict__.update({name: copy.deepcopy(value) for name, value in vars(ours).items()})
    return made


def _clusters(ours: Clusters) -> Any:
    cosine = ours.metric == "cosine"
    centers = normalize(ours.centers_) if cosine else ours.centers_.copy()
    made = KMeans(len(centers), init=centers, n_init=1, max_iter=1).fit(centers)
    made.cluster_centers_ = centers
    return make_pipeline(Normalizer(), made) if cosine else made


def _one_vs_all(ours: OneVsAll) -> Any:
    each = [plain(one) for one in ours.estimators_]
    made = OneVsRestClassifier(copy.deepcopy(each[0]))
    made.estimators_ = each
    made.classes_ = ours.classes_.copy()
    made.label_binarizer_ = LabelBinarizer(sparse_output=True).fit(made.classes_)
    return made


def _scaled_target(ours: TransformedTargetRegressor) -> Any:
    """The last layer of the network speaks in the units of the label."""
    made = plain(ours.regressor_)
    scale, mean = ours.transformer_.scale_[0], ours.transformer_.mean_[0]
    made.coefs_[-1] = made.coefs_[-1] * scale
    made.intercepts_[-1] = made.intercepts_[-1] * scale + mean
    return made


_MAKERS: dict[type[BaseEstimator], Callable[[Any], Any]] = {
    PenalizedLogistic: _logistic,
    Calibrated: _calibrated,
    OneClass: _one_class,
    BayesianLinear: _bayesian,
    PoissonLinear: _poisson,
    NumberForest: _forest,
    Clusters: _clusters,
    OneVsAll: _one_vs_all,
    TransformedTargetRegressor: _scaled_target,
}
