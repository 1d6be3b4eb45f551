"""Columns of dates in which no value has a time: they are shown as days."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from modules.sdk.storable import storable

A_DAY = {"s": 86_400, "ms": 86_400_000, "us": 86_400_000_000, "ns": 86_400_000_000_000}
BLOCK = 1 << 16
MIDNIGHT = "T00:00:00"


def only_days(data: pa.ChunkedArray) -> bool:
    """Whether there is a datetime and each is midnight; a column with times shows soon that it has them.

    >>> only_days(pa.chunked_array([pa.array([0, None, 86_400], pa.timestamp("s"))]))
    True
    """
    data = storable(data)
    if not pa.types.is_timestamp(data.type) or data.null_count == len(data):
        return False
    for chunk in data.chunks:
        for start in range(0, len(chunk), BLOCK):
            counts = pc.fill_null(chunk.slice(start, BLOCK).cast(pa.int64()), 0).to_numpy()
            if (counts % A_DAY[data.type.unit]).any():
                return False
    return True


def as_days(labels: list[object]) -> list[object]:
    """Labels of such a column without their midnights."""
    return [one.replace(MIDNIGHT, "").rstrip("Z") if isinstance(one, str) else one for one in labels]
