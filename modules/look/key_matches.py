"""How many rows of a table find a partner in another by their keys: of a sample, before a join is run."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from modules.data_transformation._matching import match_rows
from modules.look.cells import cells
from modules.sdk.column import Column
from modules.sdk.errors import ModuleError
from modules.sdk.values import Table

SAMPLE = 10_000
"""Rows of the left table that are looked up in the whole right one."""
SHOWN = 5
"""Keys without a partner that are shown."""
LONGEST = 60
"""Characters of a key that is shown."""


def key_matches(
    left: Table, right: Table, left_keys: Sequence[str], right_keys: Sequence[str], *, match_case: bool
) -> dict[str, Any]:
    """`rows` the left table has, of which so many, evenly spread, are `sampled`; how many of these find a
    partner (`found`), how many rows a join makes of them (`pairs`), and how many have a `missing` key; the
    first few different keys `without` a partner.

    >>> one, two = Table.of(k=[1, 2, 2, None]), Table.of(id=[2, 2, 3])
    >>> key_matches(one, two, ["k"], ["id"], match_case=True)
    {'rows': 4, 'sampled': 4, 'found': 2, 'pairs': 4, 'missing': 1, 'without': ['1']}
    """
    if not left_keys or len(left_keys) != len(right_keys):
        raise ModuleError("Each key of the left table needs its partner in the right one.")
    for table, names, side in ((left, left_keys, "left"), (right, right_keys, "right")):
        if absent := [name for name in names if not table.has(name)]:
            raise ModuleError(f"The {side} table has no column {absent[0]}.")
    rows = len(left)
    if rows > SAMPLE:
        left = left.select(dict.fromkeys(left_keys)).take(
            pa.array(np.linspace(0, rows - 1, SAMPLE).astype(int))
        )
    keys = [left.column(name) for name in left_keys]
    pairs = [(key, right.column(name)) for key, name in zip(keys, right_keys, strict=True)]
    matches = match_rows(pairs, match_case=match_case)
    found = np.zeros(len(left), dtype=bool)
    found[matches.left] = True
    missing = np.logical_or.reduce([key.data.is_null().to_numpy() for key in keys])
    return {
        "rows": rows,
        "sampled": len(left),
        "found": int(found.sum()),
        "pairs": len(matches.left),
        "missing": int(missing.sum()),
        "without": _examples(keys, np.flatnonzero(~found & ~missing)),
    }


def _examples(keys: Sequence[Column], places: np.ndarray) -> list[str]:
    """Different keys as they are told: `"Bonn" + 3`."""
    some = pa.array(places[: 20 * SHOWN])
    rows = zip(*(cells(key.data.take(some), LONGEST) for key in keys), strict=True)
    texts = (" + ".join(json.dumps(part, ensure_ascii=False) for part in row) for row in rows)
    return list(dict.fromkeys(texts))[:SHOWN]
