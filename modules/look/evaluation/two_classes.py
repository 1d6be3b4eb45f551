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
    both = np.sort(np.concatenate([yes, no]), kind="stable")  # two sorted runs: they are only merged
    probabilities = bool(len(both)) and both[0] >= 0 and both[-1] <= 1
    return {
        "positives": len(yes),
        "negatives": len(no),
        "auc": told(sorted_area(yes, no)),
        "log_loss": _loss(scores, positive) if probabilities else None,
        "grid": _grid(yes, no) if probabilities else None,
        "curve": _curve(yes, no, both),
        "bins": _bins(yes, no, both, probabilities),
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


def _curve(yes: np.ndarray, no: np.ndarray, both: np.ndarray) -> list[list[float]]:
    """Rows at or above each threshold, from all distinct scores or as many quantiles of them."""
    distinct = both[np.append(np.diff(both) != 0, True)] if len(both) else both
    if len(distinct) > POINTS:
        places = np.linspace(0, len(distinct) - 1, POINTS).round().astype(np.int64)
        distinct = distinct[places]
    at = distinct[::-1]
    true = len(yes) - np.searchsorted(yes, at, "left")
    false = len(no) - np.searchsorted(no, at, "left")
    return [[float(t), int(p), int(n)] for t, p, n in zip(at, true, false, strict=True)]


def _bins(yes: np.ndarray, no: np.ndarray, both: np.ndarray, probabilities: bool) -> list[dict[str, Any]]:
    """Ten bins of scores; a score of 1 lies in the last one. All three arrays are sorted."""
    if not len(both):
        return []
    ends = (0.0, 1.0) if probabilities else (float(both[0]), float(both[-1]))
    edges = np.linspace(*ends, BINS + 1) if ends[0] < ends[1] else np.array([ends[0] - 0.5, ends[0] + 0.5])
    cuts = [_cuts(part, edges) for part in (yes, no, both)]
    return [
        {
            "from": float(edges[i]),
            "to": float(edges[i + 1]),
            "positives": int(cuts[0][i + 1] - cuts[0][i]),
            "negatives": int(cuts[1][i + 1] - cuts[1][i]),
            "mean": float(both[cuts[2][i] : cuts[2][i + 1]].mean()) if cuts[2][i] < cuts[2][i + 1] else None,
        }
        for i in range(len(edges) - 1)
    ]


def _cuts(part: np.ndarray, edges: np.ndarray) -> np.ndarray:
    """Where the bins begin in a sorted array; the last one has its upper edge too."""
    return np.append(np.searchsorted(part, edges[:-1], "left"), np.searchsorted(part, edges[-1], "right"))
