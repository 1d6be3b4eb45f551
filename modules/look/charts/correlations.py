"""How every two columns of numbers go together."""

from __future__ import annotations

from typing import Any

import numpy as np

from modules.look.charts.axis import numbers
from modules.sdk.values import Column, Table

MOST = 40
AT_ONCE = 1 << 16


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
    values = [_standard(numbers(column, "columns")) for column in columns]
    size = len(columns)
    n, s, ss, xy = (np.zeros((size, size)) for _ in range(4))
    for start in range(0, len(values[0]), AT_ONCE):
        part = np.column_stack([v[start : start + AT_ONCE] for v in values])
        here = ~np.isnan(part)
        full = np.where(here, part, 0.0)
        mask = here.astype(np.float64)
        n += mask.T @ mask
        s += full.T @ mask
        ss += (full * full).T @ mask
        xy += full.T @ full
    with np.errstate(all="ignore"):
        r = (n * xy - s * s.T) / np.sqrt((n * ss - s * s) * (n * ss - s * s).T)
    # Of a column that never varies nothing but rounding is left.
    flat = ~((n * ss - s * s) > 1e-9 * np.maximum(n * ss, 1e-300))
    r[flat | flat.T | (n < 2)] = np.nan
    return [[float(np.clip(v, -1, 1)) if np.isfinite(v) else None for v in row] for row in r]


def _standard(values: np.ndarray) -> np.ndarray:
    """Around 0 and of size 1, so that no digits are lost in sums of squares."""
    if np.isnan(values).all():
        return values
    centred = values - np.nanmean(values)
    size = np.nanmax(np.abs(centred))
    return centred / size if size > 0 else centred
