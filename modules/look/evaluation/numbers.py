"""How far predicted numbers lie from the actual ones."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from modules.learning.metrics import regression_metrics
from modules.look.charts.histogram import histogram
from modules.look.charts.scatter import scatter
from modules.sdk.column import Column

BINS = 30
WORST = 20
NAMES = {
    "mae": "Mean Absolute Error",
    "rmse": "Root Mean Squared Error",
    "rae": "Relative Absolute Error",
    "rse": "Relative Squared Error",
    "r2": "Coefficient of Determination",
}
"""What the picture calls a metric of Evaluate Model."""


def errors_of_numbers(actual: np.ndarray, predicted: np.ndarray, rows: np.ndarray) -> dict[str, Any]:
    """What is drawn of pairs of numbers without NaN; `rows` are their places in the table, from 0.

    The error is predicted − actual. `r2` and `relative…` are None where the actual numbers never vary.
    """
    error = predicted - actual
    facts = {"predicted": scatter(_column("Actual", actual), _column("Predicted", predicted))}
    worst = _worst(np.abs(error))
    return facts | {
        "residuals": scatter(_column("Predicted", predicted), _column("Error", error)),
        "errors": histogram(_column("Error", error), BINS, False),
        "worst": [
            {"row": int(rows[i]), "actual": float(actual[i]), "predicted": float(predicted[i])} for i in worst
        ],
        "metrics": _metrics(actual, predicted),
    }


def _worst(wrong: np.ndarray) -> np.ndarray:
    """The places of the largest, the largest first; of equal ones the first."""
    if len(wrong) > WORST:
        least = np.partition(wrong, -WORST)[-WORST]
        near = np.flatnonzero(wrong >= least)
        return near[np.argsort(-wrong[near], kind="stable")[:WORST]]
    return np.argsort(-wrong, kind="stable")


def _metrics(actual: np.ndarray, predicted: np.ndarray) -> dict[str, float | None]:
    if not len(actual):
        return dict.fromkeys(("mean_error", *NAMES))
    found = regression_metrics(actual, predicted)
    varies = bool((actual != actual[0]).any())
    return {"mean_error": float((predicted - actual).mean())} | {
        name: found[long] if varies or name in ("mae", "rmse") else None for name, long in NAMES.items()
    }


def _column(name: str, values: np.ndarray) -> Column:
    return Column(name, pa.chunked_array([pa.array(values, pa.float64())]))
