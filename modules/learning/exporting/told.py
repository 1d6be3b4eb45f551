"""What a model says of rows as plain arrays, so that an export can be held against it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import expit

from modules.learning.predictions import Predictions

MOST_APART = 1e-4


@dataclass(frozen=True)
class Told:
    """`numbers`: a row for each row. `labels`: the class of each as text; None where there are none."""

    numbers: np.ndarray
    labels: np.ndarray | None = None


def told_by(said: Predictions, known: np.ndarray | None) -> Told:
    """What Studio's model says. `known`: the places of the classes that its estimator knows."""
    if said.task in ("two-class", "multiclass"):
        assert said.classes is not None
        assert said.places is not None
        labels = np.array([said.classes.named(place) for place in said.places])
        shares = said.probabilities
        if shares is None:
            return Told(np.zeros((said.rows, 0)), labels)
        if shares.ndim == 1:
            both = [1 - shares, shares]
            shares = np.column_stack(both if said.classes.positive != 0 else both[::-1])
        return Told(shares if known is None else shares[:, known], labels)
    if said.task == "anomaly":
        assert said.probabilities is not None
        return Told(said.probabilities[:, None])
    if said.task == "clustering":
        assert said.places is not None
        return Told(said.places[:, None].astype(float))
    if said.quantiles:
        return Told(np.column_stack(list(said.quantiles.values())))
    assert said.values is not None
    return Told(said.values[:, None])


def told_by_estimator(estimator: Any, frame: Any, task: str) -> Told:
    """What a pipeline of scikit-learn's says."""
    if task in ("two-class", "multiclass"):
        has = hasattr(estimator, "predict_proba")
        numbers = estimator.predict_proba(frame) if has else np.zeros((len(frame), 0))
        return Told(np.asarray(numbers), texts(estimator.predict(frame)))
    if task == "anomaly":
        return Told(expit(-np.asarray(estimator.decision_function(frame)))[:, None])
    return Told(np.asarray(estimator.predict(frame), dtype=float).reshape(len(frame), -1)[:, :1])


def texts(labels: Any) -> np.ndarray:
    """Classes as text, as `Classes.named` writes them."""
    return np.array([str(v).lower() if isinstance(v, bool) else str(v) for v in np.asarray(labels).tolist()])


def apart(one: Told, other: Told) -> float:
    """The largest difference; of numbers above 1 as a share of them."""
    if one.numbers.shape != other.numbers.shape:
        return float("inf")
    if not one.numbers.size:
        return 0.0
    with np.errstate(invalid="ignore"):
        far = np.abs(one.numbers - other.numbers) / np.maximum(1.0, np.abs(one.numbers))
    far = np.where(np.isnan(one.numbers) & np.isnan(other.numbers), 0.0, far)
    return float(np.max(np.where(np.isnan(far), np.inf, far)))


def other_labels(one: Told, other: Told) -> int:
    """How many rows have another class."""
    if one.labels is None or other.labels is None:
        return 0
    return int((one.labels != other.labels).sum())
