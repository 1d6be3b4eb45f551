"""Which class was taken for which."""

from __future__ import annotations

from typing import Any

import numpy as np

from modules.learning.metrics import by_class, confusion, told

MOST = 50
"""Classes with a row and a column of their own in the confusion matrix."""


def many_classes(actual: np.ndarray, predicted: np.ndarray, names: list[str]) -> dict[str, Any]:
    """The confusion matrix of places in `names`: `counts[i][j]` rows of class i were taken for class j.

    Beyond 50 classes the most frequent ones are kept and `other` counts the rows of the rest; `correct` and
    `rows` count all. `per_class` tells of each class `rows, precision, recall, f1`, each None where it
    divides by nothing; `macro` and `weighted` are their averages, a None counting as 0, as scikit-learn does.
    """
    size = len(names)
    matrix = confusion(actual, predicted, size)
    right, rows, taken = np.diagonal(matrix), matrix.sum(axis=1), matrix.sum(axis=0)
    precision, recall, f1 = by_class(matrix)
    kept = np.sort(np.argsort(-(rows + taken), kind="stable")[:MOST])
    total = int(rows.sum())
    shown = matrix[np.ix_(kept, kept)]
    return {
        "classes": [names[i] for i in kept],
        "counts": shown.tolist(),
        "other": total - int(shown.sum()),
        "rows": total,
        "correct": int(right.sum()),
        "per_class": [
            {
                "name": names[i],
                "rows": int(rows[i]),
                "precision": told(precision[i]),
                "recall": told(recall[i]),
                "f1": told(f1[i]),
            }
            for i in kept
        ],
        "macro": _averages(precision, recall, f1, None),
        "weighted": _averages(precision, recall, f1, rows),
    }


def _averages(
    precision: np.ndarray, recall: np.ndarray, f1: np.ndarray, weights: np.ndarray | None
) -> dict[str, float | None]:
    if weights is not None and not weights.sum():
        weights = None
    if not len(precision):
        return dict.fromkeys(("precision", "recall", "f1"))
    parts = {"precision": precision, "recall": recall, "f1": f1}
    return {name: float(np.average(np.nan_to_num(values), weights=weights)) for name, values in parts.items()}
