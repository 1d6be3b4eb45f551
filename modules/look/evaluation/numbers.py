"""How far predicted numbers lie from the actual ones."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from modules.look.charts.histogram import histogram
from modules.look.charts.scatter import scatter
from modules.sdk.column import Column

BINS = 30
WORST = 20


def errors_of_numbers(actual: np.ndarray, predicted: np.ndarray, rows: np.ndarray) -> dict[str, Any]:
    """What is drawn of pairs of numbers without NaN; `rows` are their places in the table, from 0.

    The error is predicted − actual. `r2` and `relative…` are None where the actual numbers never vary.
    """
    error = predicted - actual
    facts = {"predicted": scatter(_column("Actual", actual), _column("Predicted", predicted))}
    worst = np.argsort(-np.abs(error), kind="stable")[:WORST]
    return facts | {
        "residuals": scatter(_column("Predicted", predicted), _column("Error", error)),
        "errors": histogram(_column("Error", error), BINS, False),
        "worst": [
            {"row": int(rows[i]), "actual": float(actual[i]), "predicted": float(predicted[i])} for i in worst
        ],
        "metrics": _metrics(actual, error),
    }


def _metrics(actual: np.ndarray, error: np.ndarray) -> dict[str, float | None]:
    names = ("mean_error", "mae", "rmse", "rae", "rse", "r2")
    if not len(actual):
        return dict.fromkeys(names)
    off = actual - actual.mean()
    absolute, squared = float(np.abs(off).sum()), float((off * off).sum())
    rae = float(np.abs(error).sum()) / absolute if absolute else None
    rse = float((error * error).sum()) / squared if squared else None
    return {
        "mean_error": float(error.mean()),
        "mae": float(np.abs(error).mean()),
        "rmse": float(np.sqrt((error * error).mean())),
        "rae": rae,
        "rse": rse,
        "r2": None if rse is None else 1 - rse,
    }


def _column(name: str, values: np.ndarray) -> Column:
    return Column(name, pa.chunked_array([pa.array(values, pa.float64())]))
