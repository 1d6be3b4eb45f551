"""Two categories against each other: how many rows have both."""

from __future__ import annotations

from typing import Any

import numpy as np

from modules.look.charts.axis import groups
from modules.sdk.column import Column

MOST = 12


def cross(x: Column, y: Column) -> dict[str, Any]:
    """`x_labels, y_labels, counts` (a list of a count per x label for each y label) of the 12 most frequent
    values each; `left_out` rows have another value, or none."""
    across, up = groups(x, MOST), groups(y, MOST)
    kept = (across.codes >= 0) & (up.codes >= 0)
    width, height = len(across.labels), len(up.labels)
    counts = np.bincount(up.codes[kept] * width + across.codes[kept], minlength=width * height)
    return {
        "x_labels": across.labels,
        "y_labels": up.labels,
        "counts": counts.reshape(height, width).tolist(),
        "left_out": int(len(kept) - kept.sum()),
        "x_distinct": across.distinct,
        "y_distinct": up.distinct,
    }
