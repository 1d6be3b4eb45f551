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


def multiclass_metrics(actual: np.ndarray, said: np.ndarray) -> Metrics:
    """Both are places of classes; the averages go over the classes that occur in either."""
    seen = np.union1d(actual, said)
    hits = np.array([np.sum((actual == one) & (said == one)) for one in seen], dtype=float)
    there = np.array([np.sum(actual == one) for one in seen], dtype=float)
    called = np.array([np.sum(said == one) for one in seen], dtype=float)
    rows = len(actual)
    wrong = there + called - 2 * hits
    overall = _share(hits.sum(), rows)
    return {
        "Overall Accuracy": overall,
        "Average Accuracy": float(np.mean(1 - wrong / rows)) if rows else np.nan,
        "Micro-averaged Precision": overall,
        "Macro-averaged Precision": _mean_share(hits, called),
        "Micro-averaged Recall": overall,
        "Macro-averaged Recall": _mean_share(hits, there),
    }


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
        "F-Score": _macro_f(actual, said),
        "AUC": float(np.mean(areas)) if areas else np.nan,
        "Average Log Loss": loss,
        "Training Log Loss": np.nan if shares is None else gain(actual, loss),
    }


def _macro_f(actual: np.ndarray, said: np.ndarray) -> float:
    scores = []
    for one in np.union1d(actual, said):
        hits = np.sum((actual == one) & (said == one))
        scores.append(_share(2 * hits, np.sum(actual == one) + np.sum(said == one)))
    return float(np.mean(scores)) if scores else np.nan


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
    """The area under the ROC curve: how often a positive row gets more than a negative one."""
    from scipy.stats import rankdata

    positive = int(actual.sum())
    negative = len(actual) - positive
    if not positive or not negative:
        return np.nan
    ranks = rankdata(share)
    return float((ranks[actual].sum() - positive * (positive + 1) / 2) / (positive * negative))


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


def _mean_share(parts: np.ndarray, wholes: np.ndarray) -> float:
    if not len(parts):
        return np.nan
    return float(np.mean(np.divide(parts, wholes, out=np.zeros_like(parts), where=wholes > 0)))
