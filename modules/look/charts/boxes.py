"""Boxes: quartiles, whiskers and what lies beyond them, of all rows or of each category."""

from __future__ import annotations

from typing import Any

import numpy as np

from modules.look.charts.axis import groups, numbers
from modules.sdk.column import Column

BOXES = 20
OUTLIERS = 60
REACH = 1.5


def boxes(y: Column, by: Column | None) -> dict[str, Any]:
    """`boxes: [{label, count, low, q1, median, q3, high, mean, min, max, outliers, beyond}]`.

    Whiskers reach to the last value within 1.5 times the box, as Tukey drew them; of the `beyond` values
    past them at most 60 are told, the outermost and others evenly between.
    """
    values = numbers(y, "y")
    if by is None:
        return {"boxes": [box(values, None)], "distinct": 1}
    found = groups(by, BOXES)
    order = np.argsort(found.codes, kind="stable")
    codes, values = found.codes[order], values[order]
    ends = np.searchsorted(codes, np.arange(len(found.labels) + 1))
    made = [
        box(values[start:end], label) for label, start, end in zip(found.labels, ends, ends[1:], strict=False)
    ]
    return {"boxes": made, "distinct": found.distinct}


def box(values: np.ndarray, label: object) -> dict[str, Any]:
    """One box, of the values that are present."""
    values = np.sort(values[~np.isnan(values)])
    if not len(values):
        return {"label": label, "count": 0}
    q1, median, q3 = np.quantile(values, [0.25, 0.5, 0.75])
    reach = REACH * (q3 - q1)
    first = int(np.searchsorted(values, q1 - reach, "left"))
    last = int(np.searchsorted(values, q3 + reach, "right"))
    beyond = np.concatenate([values[:first], values[last:]])
    shown = beyond[np.unique(np.linspace(0, len(beyond) - 1, min(OUTLIERS, len(beyond))).astype(int))]
    return {
        "label": label,
        "count": len(values),
        "low": float(values[first]),
        "q1": float(q1),
        "median": float(median),
        "q3": float(q3),
        "high": float(values[last - 1]),
        "mean": float(values.mean()),
        "min": float(values[0]),
        "max": float(values[-1]),
        "outliers": shown.tolist(),
        "beyond": len(beyond),
    }
