"""A bar a category: how many rows, or what a number comes to in them."""

from __future__ import annotations

from typing import Any

import numpy as np

from modules.look.charts.axis import MISSING, OTHER, groups, numbers
from modules.sdk.column import Column
from modules.sdk.errors import ModuleError

BARS = 30
MEASURES = ("count", "sum", "mean", "min", "max")


def bars(x: Column, y: Column | None, measure: str) -> dict[str, Any]:
    """`bars: [{label, count, value}]` of the 30 most frequent values; `other` and `missing` rows."""
    if measure not in MEASURES:
        raise ModuleError(f"'{measure}' is not a measure; there are {', '.join(MEASURES)}", param="measure")
    if y is not None and y.type == "datetime" and measure == "sum":
        raise ModuleError("dates have no sum; take their mean, min or max", param="measure")
    found = groups(x, BARS)
    counts = np.bincount(found.codes[found.codes >= 0], minlength=len(found.labels))
    values = counts if y is None or measure == "count" else _measured(found.codes, len(counts), y, measure)
    return {
        "bars": [
            {"label": label, "count": int(count), "value": _known(value)}
            for label, count, value in zip(found.labels, counts, values, strict=True)
        ],
        "other": int((found.codes == OTHER).sum()),
        "missing": int((found.codes == MISSING).sum()),
        "distinct": found.distinct,
    }


def _measured(codes: np.ndarray, count: int, y: Column, measure: str) -> np.ndarray:
    values = numbers(y, "y")
    kept = (codes >= 0) & ~np.isnan(values)
    codes, values = codes[kept], values[kept]
    return over(codes, values, count, measure)


def over(codes: np.ndarray, values: np.ndarray, count: int, measure: str) -> np.ndarray:
    """The measure of the values of each code, NaN where there is none."""
    held = np.bincount(codes, minlength=count)
    with np.errstate(all="ignore"):
        if measure in ("sum", "mean"):
            sums = np.bincount(codes, values, minlength=count)
            return np.where(held > 0, sums / held if measure == "mean" else sums, np.nan)
        found = np.full(count, np.inf if measure == "min" else -np.inf)
        (np.minimum if measure == "min" else np.maximum).at(found, codes, values)
        return np.where(held > 0, found, np.nan)


def _known(value: Any) -> float | int | None:
    number = value.item()
    return number if isinstance(number, int) or np.isfinite(number) else None
