"""How well probabilities of one class tell it from another, at every threshold at once."""

from __future__ import annotations

from typing import Any

import numpy as np

from modules.learning.metrics import log_loss, sorted_area, told

STEPS = 1000
"""Steps of the threshold slider between 0 and 1."""
POINTS = 500
"""Points of a curve; more would not be told apart."""
BINS = 10


def two_classes(scores: np.ndarray, positive: np.ndarray) -> dict[str, Any]:
    """Everything that is drawn of `scores` (float64, without NaN) of rows that are `positive` or not (bool).

    `grid`: how many positives and negatives lie above each threshold 0, 0.001 … 1, for scores that are
    probabilities; None otherwise. `curve`: `[threshold, true positives, false positives]` from the highest
    score down. `auc`: None where one class has no row. `log_loss`: None for scores that are no probabilities.
    `bins`: score bins with both counts and the mean score.
    """
    yes, no = np.sort(scores[positive]), np.sort(scores[~positive])
    probabilities = bool(len(scores)) and scores.min() >= 0 and scores.max() <= 1
    return {
        "positives": len(yes),
        "negatives": len(no),
        "auc": told(sorted_area(yes, no)),
        "log_loss": _loss(scores, positive) if probabilities else None,
        "grid": _grid(yes, no) if probabilities else None,
        "curve": _curve(yes, no),
        "bins": _bins(yes, no, probabilities),
    }


def _loss(scores: np.ndarray, positive: np.ndarray) -> float | None:
    return told(log_loss(positive.astype(np.int64), np.column_stack([1 - scores, scores])))


def _grid(yes: np.ndarray, no: np.ndarray) -> dict[str, list[int]]:
    """How many of each class score above each threshold."""
    thresholds = np.arange(STEPS + 1) / STEPS
    return {
        "positives": (len(yes) - np.searchsorted(yes, thresholds, "right")).tolist(),
        "negatives": (len(no) - np.searchsorted(no, thresholds, "right")).tolist(),
    }


def _curve(yes: np.ndarray, no: np.ndarray) -> list[list[float]]:
    """Rows at or above each threshold, from all distinct scores or as many quantiles of them."""
    distinct = np.unique(np.concatenate([yes, no]))
    if len(distinct) > POINTS:
        places = np.linspace(0, len(distinct) - 1, POINTS).round().astype(np.int64)
        distinct = distinct[places]
    at = distinct[::-1]
    true = len(yes) - np.searchsorted(yes, at, "left")
    false = len(no) - np.searchsorted(no, at, "left")
    return [[float(t), int(p), int(n)] for t, p, n in zip(at, true, false, strict=True)]


def _bins(yes: np.ndarray, no: np.ndarray, probabilities: bool) -> list[dict[str, Any]]:
    """Ten bins of scores; a score of 1 lies in the last one."""
    if not len(yes) + len(no):
        return []
    both = np.concatenate([yes, no])
    ends = (0.0, 1.0) if probabilities else (float(both.min()), float(both.max()))
    edges = np.linspace(*ends, BINS + 1) if ends[0] < ends[1] else np.array([ends[0] - 0.5, ends[0] + 0.5])
    counts = [np.histogram(part, edges)[0] for part in (yes, no)]
    sums = np.histogram(both, edges, weights=both)[0]
    return [
        {
            "from": float(edges[i]),
            "to": float(edges[i + 1]),
            "positives": int(counts[0][i]),
            "negatives": int(counts[1][i]),
            "mean": float(sums[i] / (counts[0][i] + counts[1][i])) if counts[0][i] + counts[1][i] else None,
        }
        for i in range(len(edges) - 1)
    ]
