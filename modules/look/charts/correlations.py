"""How every two columns of numbers go together."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np

from modules.look.charts.axis import numbers
from modules.sdk.column import Column
from modules.sdk.values import Table

MOST = 40
AT_ONCE = 1 << 12
"""Rows: what a processor keeps close by."""


def correlations(table: Table) -> dict[str, Any]:
    """`columns` and Pearson's `matrix` of the first 40 columns of numbers, each pair over the rows that
    have both; null where one of them never varies. `left_out`: columns of numbers beyond the first 40."""
    every = [column for column in table if column.type in ("integer", "float")]
    chosen = every[:MOST]
    return {
        "columns": [column.name for column in chosen],
        "matrix": _matrix(chosen),
        "left_out": len(every) - len(chosen),
    }


def _matrix(columns: list[Column]) -> list[list[float | None]]:
    if not columns:
        return []
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        values = list(threads.map(lambda column: _standard(numbers(column, "columns")), columns))
        parts = [[v[start : start + AT_ONCE] for v in values] for start in range(0, len(values[0]), AT_ONCE)]
        size = len(columns)
        n, s, ss, xy = sum(threads.map(_sums, parts), start=np.zeros((4, size, size)))
    with np.errstate(all="ignore"):
        r = (n * xy - s * s.T) / np.sqrt((n * ss - s * s) * (n * ss - s * s).T)
    # Of a column that never varies nothing but rounding is left.
    flat = ~((n * ss - s * s) > 1e-9 * np.maximum(n * ss, 1e-300))
    r[flat | flat.T | (n < 2)] = np.nan
    return [[float(np.clip(v, -1, 1)) if np.isfinite(v) else None for v in row] for row in r]


def _sums(part: list[np.ndarray]) -> np.ndarray:
    """Of every pair: rows that have both, and the sums of x, of x², of xy over these."""
    values = np.stack(part)
    here = values == values
    size = len(values)
    if here.all():
        s, ss = (np.repeat(one.sum(axis=1)[:, None], size, axis=1) for one in (values, values * values))
        return np.stack([np.full((size, size), float(values.shape[1])), s, ss, values @ values.T])
    np.copyto(values, 0.0, where=~here)
    mask = here.astype(np.float64)
    return np.stack([mask @ mask.T, values @ mask.T, (values * values) @ mask.T, values @ values.T])


def _standard(values: np.ndarray) -> np.ndarray:
    """Around 0 and of size 1, so that no digits are lost in sums of squares."""
    missing = np.isnan(values)
    present = values[~missing] if missing.any() else values
    if not len(present):
        return values
    center = present.mean()
    size = max(present.max() - center, center - present.min())
    return (values - center) / size if size > 0 else values - center
