"""The sample of its training rows that a model keeps: to try it on, to check an export by, to compare it with
a model that is trained anew."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from modules.sdk.values import Table

ROWS = 200
CELLS = 200_000
BYTES = 4 << 20


def take_sample(table: Table, names: Sequence[str]) -> pa.Table | None:
    """At most 200 rows at even distances in the table, of these columns, fewer of a wide table; None if a
    single row is too much to keep."""
    chosen = table.select(dict.fromkeys(names))
    rows = min(ROWS, len(table), CELLS // max(1, len(chosen.columns)))
    while rows > 0:
        places = (np.arange(rows) * len(table)) // rows
        taken = chosen.take(pa.array(places)).arrow()
        if taken.nbytes <= BYTES:
            return taken
        rows //= 2
    return None


def sample_of(trained: Any) -> Table | None:
    """The features of the sample that a trained model has kept; None of one that kept none."""
    kept = labeled_sample(trained)
    if kept is None:
        return None
    label = getattr(trained, "label", None)
    return kept.select(name for name in kept.names if name != label)


def labeled_sample(trained: Any) -> Table | None:
    """The same with the label, where it has one."""
    kept = getattr(getattr(trained, "learned_", None), "sample", None)
    if kept is None:
        kept = vars(trained).get("sample") if hasattr(trained, "__dict__") else None
    return Table.from_arrow(kept) if isinstance(kept, pa.Table) else None
