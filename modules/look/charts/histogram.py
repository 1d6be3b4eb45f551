"""How a column's values are spread over bins."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow.compute as pc

from modules.look import long_integers
from modules.look.charts.axis import edges_of, numbers
from modules.sdk.column import Column
from modules.sdk.exact import FIRST_GAP


def histogram(x: Column, bins: int, log: bool) -> dict[str, Any]:
    """`edges, counts`, and how many rows are `missing` or `left_out` (not above 0 on a log scale)."""
    if not log and (long := _long(x)) is not None:
        missing = x.data.null_count
        return {"missing": missing, "left_out": 0} | long_integers.histogram(long, bins)
    values = numbers(x, "x")
    kept = values[~np.isnan(values)]
    missing = len(values) - len(kept)
    if log:
        kept = kept[kept > 0]
    facts = {"missing": missing, "left_out": len(values) - missing - len(kept)}
    if not len(kept):
        return facts | {"edges": [], "counts": []}
    edges = edges_of(kept, bins, log)
    if log:
        counts, _ = np.histogram(kept, edges)
    else:  # NumPy's fast way needs no edges, but the same number of them
        counts, _ = np.histogram(kept, len(edges) - 1, (edges[0], edges[-1]))
    return facts | {"edges": edges.tolist(), "counts": counts.tolist()}


def _long(x: Column) -> np.ndarray | None:
    """The values in order, if they are integers that floats would round."""
    if x.type != "integer" or x.data.null_count == len(x.data):
        return None
    ends = pc.min_max(x.data).as_py()
    if ends["min"] >= -FIRST_GAP and ends["max"] <= FIRST_GAP:
        return None
    return np.sort(x.data.drop_null().to_numpy())
