"""What an estimator says of a matrix, read by the task of its learner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from modules.learning.predictions import Predictions

if TYPE_CHECKING:
    from modules.learning.learner import Learner
    from modules.learning.trained import Learned


def say(learner: Learner, learned: Learned, values: np.ndarray) -> Predictions:
    """The predictions for complete rows."""
    task, rows = learner.task, len(values)
    if task in ("two-class", "multiclass"):
        return _classes(learned, values, task)
    if task == "anomaly":
        odd = learned.estimator.oddness(values) if rows else np.zeros(0)
        return Predictions("anomaly", rows, places=(odd > 0.5).astype(np.int64), probabilities=odd)
    if task == "clustering":
        return _clusters(learned, values)
    if task == "quantile":
        shares = learned.extra["quantiles"]
        said = (
            learned.estimator.predict(values, quantiles=list(shares)) if rows else np.zeros((0, len(shares)))
        )
        said = said.reshape(rows, len(shares))
        return Predictions("quantile", rows, quantiles={q: said[:, at] for at, q in enumerate(shares)})
    if learner.deviation:
        mean, deviation = learned.estimator.mean_and_deviation(values) if rows else (np.zeros(0), np.zeros(0))
        return Predictions("regression", rows, values=mean, deviation=deviation)
    said = learned.estimator.predict(values).astype(np.float64, copy=False) if rows else np.zeros(0)
    return Predictions(task, rows, values=said.reshape(rows), whole=learned.whole)


def _classes(learned: Learned, values: np.ndarray, task: Any) -> Predictions:
    classes = learned.classes
    assert classes is not None
    rows = len(values)
    shares = np.zeros((rows, len(classes.values)))
    if rows:
        shares[:, learned.estimator.classes_] = learned.estimator.predict_proba(values)
    if task == "multiclass":
        places = np.argmax(shares, axis=1) if rows else np.zeros(0, np.int64)
        return Predictions("multiclass", rows, classes, places, shares)
    positive = classes.positive or 0
    share = np.ascontiguousarray(shares[:, positive])
    places = np.where(share > learned.threshold, positive, 1 - positive)
    return Predictions("two-class", rows, classes, places, share)


def _clusters(learned: Learned, values: np.ndarray) -> Predictions:
    away = learned.estimator.distances(values) if len(values) else np.zeros((0, learned.estimator.count))
    places = np.argmin(away, axis=1) if len(values) else np.zeros(0, np.int64)
    return Predictions("clustering", len(values), places=places, distances=away)
