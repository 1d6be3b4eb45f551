"""A line over time, or over any number: the rows binned along it."""

from __future__ import annotations

from typing import Any

import numpy as np

from modules.look.charts.axis import edges_of, numbers, places
from modules.look.charts.bars import over
from modules.sdk.column import Column


def lines(x: Column, y: Column | None, bins: int) -> dict[str, Any]:
    """`bins: [{from, to, count, mean, min, max}]` along x, empty ones left out; without y, counts alone."""
    across = numbers(x, "x")
    kept = ~np.isnan(across)
    up = None if y is None else numbers(y, "y")
    if up is not None:
        kept &= ~np.isnan(up)
    facts: dict[str, Any] = {"missing": int(len(across) - kept.sum())}
    across = across[kept]
    if not len(across):
        return facts | {"bins": []}
    edges = edges_of(across, bins)
    codes = places(across, edges)
    count = len(edges) - 1
    held = np.bincount(codes, minlength=count)
    figures = {} if up is None else {m: over(codes, up[kept], count, m) for m in ("mean", "min", "max")}
    return facts | {
        "bins": [
            {"from": float(edges[i]), "to": float(edges[i + 1]), "count": int(held[i])}
            | {name: float(values[i]) for name, values in figures.items()}
            for i in np.flatnonzero(held)
        ]
    }
