"""The metrics of Evaluate Model, by task, under its names. Logarithms are natural."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np

Metrics = dict[str, Any]

COUNTS = ("True Positive", "False Negative", "False Positive", "True Negative", "Number of Points")
LOSSES = ("Average Log Loss", "Negative Log Likelihood", "Error", "Loss ", "Cluster Center")


def better(metric: str) -> Literal["more", "less"] | None:
    """Whether more of a metric is better or less; None of a count, and of what is not ranked.

    >>> better("AUC"), better("Quantile Loss 0.5"), better("Training Log Loss"), better("True Positive")
    ('more', 'less', 'more', None)
    """
    if metric in COUNTS or metric == "Average Distance to Other Center":
        return None
    return "less" if any(part in metric for part in LOSSES) else "more"


def two_class_metrics(actual: np.ndarray, said: np.ndarray, share: np.ndarray | None) -> Metrics:
    """`actual` and `said`: whether each row is positive; `share`: the probability that it is."""
    hits, misses = int((actual & said).sum()), int((actual & ~said).sum())
    false, rest = int((~actual & said).sum()), int((~actual & ~said).sum())
    precision, recall = _share(hits, hits + false), _share(hits, hits + misses)
    loss = None if share is None else log_loss(actual.astype(np.int64), np.column_stack([1 - share, share]))
    return {
        "Accuracy": _share(hits + rest, len(actual)),
        "Precision": precision,
        "Recall": recall,
        "F1 Score": _share(2 * hits, 2 * hits + false + misses),
        "AUC": np.nan if share is None else area(actual, share),
        "Average Log Loss": np.nan if loss is None else loss,
        "Training Log Loss": np.nan if loss is None else gain(actual.astype(np.int64), loss),
        "True Positive": hits,
        "False Negative": misses,
        "False Positive": false,
        "True Negative": rest,
    }


def confusion(actual: np.ndarray, said: np.ndarray, classes: int) -> np.ndarray:
    """How many rows of each class (down) were taken for each class (across); both are places of classes."""
    return np.bincount(actual * classes + said, minlength=classes * classes).reshape(classes, classes)


def by_class(matrix: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Precision, recall and F1 of each class of a confusion matrix; NaN where one divides by nothing."""
    right, there, taken = np.diagonal(matrix), matrix.sum(axis=1), matrix.sum(axis=0)

    def share(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
        return np.divide(part, whole, out=np.full(len(whole), np.nan), where=whole > 0)

    return share(right, taken), share(right, there), share(2 * right, there + taken)


def multiclass_metrics(actual: np.ndarray, said: np.ndarray) -> Metrics:
    """Both are places of classes; the averages go over the classes that occur in either."""
    matrix = _seen(actual, said)
    rows = len(actual)
    precision, recall, _ = by_class(matrix)
    wrong = matrix.sum(axis=0) + matrix.sum(axis=1) - 2 * np.diagonal(matrix)
    overall = _share(float(np.trace(matrix)), rows)
    return {
        "Overall Accuracy": overall,
        "Average Accuracy": float(np.mean(1 - wrong / rows)) if rows else np.nan,
        "Micro-averaged Precision": overall,
        "Macro-averaged Precision": _mean(precision),
        "Micro-averaged Recall": overall,
        "Macro-averaged Recall": _mean(recall),
    }


def _seen(actual: np.ndarray, said: np.ndarray) -> np.ndarray:
    """The confusion matrix of the classes that occur in either."""
    seen = np.union1d(actual, said)
    return confusion(np.searchsorted(seen, actual), np.searchsorted(seen, said), len(seen))


def regression_metrics(actual: np.ndarray, said: np.ndarray, deviation: np.ndarray | None = None) -> Metrics:
    """The negative log likelihood, summed over the rows, is infinite where a model gives no deviation."""
    wrong = actual - said
    spread = actual - np.mean(actual) if len(actual) else actual
    square, around = float(np.sum(wrong**2)), float(np.sum(spread**2))
    relative = _share(square, around)
    return {
        "Negative Log Likelihood": _unlikely(wrong, deviation),
        "Mean Absolute Error": float(np.mean(np.abs(wrong))) if len(actual) else np.nan,
        "Root Mean Squared Error": float(np.sqrt(np.mean(wrong**2))) if len(actual) else np.nan,
        "Relative Absolute Error": _share(float(np.sum(np.abs(wrong))), float(np.sum(np.abs(spread)))),
        "Relative Squared Error": relative,
        "Coefficient of Determination": 1 - relative,
    }


def quantile_metrics(actual: np.ndarray, said: dict[float, np.ndarray]) -> Metrics:
    """The mean pinball loss of each quantile."""
    found = {}
    for share, values in said.items():
        wrong = actual - values
        loss = np.maximum(share * wrong, (share - 1) * wrong)
        found[f"Quantile Loss {share:g}"] = float(np.mean(loss)) if len(actual) else np.nan
    return found


def fold_class_metrics(
    actual: np.ndarray, said: np.ndarray, shares: np.ndarray | None, classes: int
) -> Metrics:
    """What Cross-Validate Model tells of several classes: averages over the classes."""
    many = multiclass_metrics(actual, said)
    loss = np.nan if shares is None else log_loss(actual, shares)
    areas = (
        []
        if shares is None
        else [
            area(actual == one, shares[:, one])
            for one in range(classes)
            if 0 < np.sum(actual == one) < len(actual)
        ]
    )
    return {
        "Accuracy": many["Overall Accuracy"],
        "Precision": many["Macro-averaged Precision"],
        "Recall": many["Macro-averaged Recall"],
        "F-Score": _mean(by_class(_seen(actual, said))[2]),
        "AUC": float(np.mean(areas)) if areas else np.nan,
        "Average Log Loss": loss,
        "Training Log Loss": np.nan if shares is None else gain(actual, loss),
    }


def log_loss(places: np.ndarray, shares: np.ndarray) -> float:
    """The mean of -ln of the probability that the true class got; probabilities are kept from 0."""
    if not len(places):
        return np.nan
    least = np.finfo(np.float64).eps
    held = np.clip(shares, least, 1 - least)
    held = held / held.sum(axis=1, keepdims=True)
    return float(-np.mean(np.log(held[np.arange(len(places)), places])))


def gain(places: np.ndarray, loss: float) -> float:
    """By how many per cent the loss is better than that of always guessing the shares of the classes."""
    counts = np.bincount(places) if len(places) else np.zeros(0)
    shares = counts[counts > 0] / max(len(places), 1)
    prior = float(-np.sum(shares * np.log(shares)))
    return 100 * (prior - loss) / prior if prior > 0 else np.nan


def area(actual: np.ndarray, share: np.ndarray) -> float:
    """The area under the ROC curve; NaN where one class has no row."""
    return sorted_area(np.sort(share[actual]), np.sort(share[~actual]))


def sorted_area(yes: np.ndarray, no: np.ndarray) -> float:
    """How often a positive row gets more than a negative one, ties counting half. Both are sorted.

    >>> sorted_area(np.array([0.4, 0.8]), np.array([0.1, 0.4]))
    0.875
    """
    if not len(yes) or not len(no):
        return np.nan
    below = int(np.searchsorted(no, yes, "left").sum(dtype=np.int64))
    up_to = int(np.searchsorted(no, yes, "right").sum(dtype=np.int64))
    return float((below + up_to) / 2 / (len(yes) * len(no)))


def told(value: float) -> float | None:
    """The metric as JSON can say it: None where it is undefined."""
    return None if np.isnan(value) else float(value)


def _unlikely(wrong: np.ndarray, deviation: np.ndarray | None) -> float:
    if not len(wrong):
        return np.nan
    if deviation is None:
        return np.inf
    variance = deviation**2
    with np.errstate(divide="ignore", invalid="ignore"):
        each = 0.5 * (np.log(2 * np.pi * variance) + wrong**2 / variance)
    return np.inf if (variance == 0).any() else float(np.sum(each))


def _share(part: float, whole: float) -> float:
    return float(part / whole) if whole else 0.0 if part == 0 else np.inf


def _mean(values: np.ndarray) -> float:
    """The mean, where what divides by nothing counts as 0, as scikit-learn does."""
    return float(np.mean(np.nan_to_num(values))) if len(values) else np.nan
