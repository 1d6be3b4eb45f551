"""Two numbers of each row: every point, or how dense they lie if there are too many to tell apart."""

from __future__ import annotations

from typing import Any

import numpy as np

from modules.look.charts.axis import edges_of, numbers, places
from modules.sdk.column import Column

POINTS = 3_000
ACROSS, UP = 64, 40


def scatter(x: Column, y: Column) -> dict[str, Any]:
    """`points: [[x, y]]`, or `density: {x_edges, y_edges, cells: [[column, row, count]]}` beyond 3,000
    rows; `correlation` is Pearson's, null where one of them never varies."""
    across, up = numbers(x, "x"), numbers(y, "y")
    kept = ~(np.isnan(across) | np.isnan(up))
    facts: dict[str, Any] = {"missing": int(len(across) - kept.sum())}
    across, up = across[kept], up[kept]
    facts |= {"count": len(across), "correlation": correlation(across, up)}
    if len(across) <= POINTS:
        return facts | {"points": np.column_stack([across, up]).tolist()}
    x_edges, y_edges = edges_of(across, ACROSS), edges_of(up, UP)
    rows = len(y_edges) - 1
    cell = places(across, x_edges) * rows + places(up, y_edges)
    counts = np.bincount(cell)
    full = np.flatnonzero(counts)
    return facts | {
        "density": {
            "x_edges": x_edges.tolist(),
            "y_edges": y_edges.tolist(),
            "cells": np.column_stack([full // rows, full % rows, counts[full]]).tolist(),
        }
    }


def correlation(x: np.ndarray, y: np.ndarray) -> float | None:
    """Pearson's r; None for fewer than two pairs, and where one side never varies."""
    if len(x) < 2:
        return None
    with np.errstate(all="ignore"):
        a, b = x - x.mean(), y - y.mean()
        r = (a @ b) / np.sqrt((a @ a) * (b @ b))
    return float(np.clip(r, -1, 1)) if np.isfinite(r) else None
