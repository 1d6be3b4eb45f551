"""How many rows of a table find a partner in another by their keys: of a sample, before a join is run."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from modules.data_transformation._matching import match_rows
from modules.data_transformation.rows.deduplicate_by_similarity import joined_texts
from modules.data_transformation.shape import as_of_join, fuzzy_join
from modules.data_transformation.shape.as_of_join import AsOfParams
from modules.data_transformation.shape.fuzzy_join import FuzzyParams
from modules.look.cells import cells
from modules.sdk.column import Column
from modules.sdk.errors import ModuleError
from modules.sdk.storable import storable
from modules.sdk.values import Table

SAMPLE = 10_000
"""Rows of the left table that are looked up in the whole right one."""
COMPARED = 5_000_000
"""Pairs of texts that are compared at most: about a second of work."""
SHOWN = 5
"""Keys without a partner that are shown."""
LONGEST = 60
"""Characters of a key that is shown."""


def key_matches(left: Table, right: Table, asked: Mapping[str, Any]) -> dict[str, Any]:
    """`rows` the left table has, of which so many, evenly spread, are `sampled`; how many of these find a
    partner (`found`), how many rows a join makes of them (`pairs`), and how many have a `missing` key; the
    first few different keys `without` a partner.

    `asked`: the key columns of both tables, `left` and `right`, and `how` they match: `equal` with
    `match_case`, `as_of` (the times are the first keys) with `match` and `within`, `fuzzy` with `measure`,
    `at_least` and `partners`, as the joins of these names take them.

    >>> one, two = Table.of(k=[1, 2, 2, None]), Table.of(id=[2, 2, 3])
    >>> key_matches(one, two, {"left": ["k"], "right": ["id"]})
    {'rows': 4, 'sampled': 4, 'found': 2, 'pairs': 4, 'missing': 1, 'without': ['1']}
    """
    how = asked.get("how", "equal")
    names = list(asked["left"]), list(asked["right"])
    if not all(names) or (how != "fuzzy" and len(names[0]) != len(names[1])):
        raise ModuleError("Each key of the left table needs its partner in the right one.")
    for table, keys, side in ((left, names[0], "left"), (right, names[1], "right")):
        if absent := [name for name in keys if not table.has(name)]:
            raise ModuleError(f"The {side} table has no column {absent[0]}.")
    rows = len(left)
    sample = _spread(left.select(dict.fromkeys(names[0])), SAMPLE)
    if how == "fuzzy":
        sample, matched = _fuzzy(sample, right, names, asked)
    else:
        matched = (_as_of if how == "as_of" else _equal)(sample, right, names, asked)
    found = np.zeros(len(sample), dtype=bool)
    found[matched] = True
    keys = [sample.column(name) for name in names[0]]
    gaps = [storable(key.data).is_null().to_numpy() for key in keys]
    some, every = np.logical_or.reduce(gaps), np.logical_and.reduce(gaps)
    missing = {"equal": some, "as_of": gaps[0], "fuzzy": every}[how]
    return {
        "rows": rows,
        "sampled": len(sample),
        "found": int(found.sum()),
        "pairs": len(matched),
        "missing": int(missing.sum()),
        "without": _examples(keys, np.flatnonzero(~found & ~missing)),
    }


def _spread(table: Table, most: int) -> Table:
    """So many rows at most, evenly spread."""
    if len(table) <= most:
        return table
    return table.take(pa.array(np.linspace(0, len(table) - 1, most).astype(int)))


Names = tuple[list[str], list[str]]


def _equal(left: Table, right: Table, names: Names, asked: Mapping[str, Any]) -> np.ndarray:
    """The left row of each pair; of the others below too."""
    pairs = [(left.column(one), right.column(two)) for one, two in zip(*names, strict=True)]
    return match_rows(pairs, match_case=asked.get("match_case", True)).left


def _as_of(left: Table, right: Table, names: Names, asked: Mapping[str, Any]) -> np.ndarray:
    (left_time, *lefts), (right_time, *rights) = names
    keys = {"left_time": left_time, "right_time": right_time}
    equal = {"left_equal_columns": lefts, "right_equal_columns": rights}
    how = {name: asked[name] for name in ("match", "within") if name in asked}
    return np.flatnonzero(
        as_of_join.partner_rows(left, right, AsOfParams.model_validate(keys | equal | how)) >= 0
    )


def _fuzzy(left: Table, right: Table, names: Names, asked: Mapping[str, Any]) -> tuple[Table, np.ndarray]:
    """The left rows that are looked up: fewer if the right table has many texts."""
    how = {name: asked[name] for name in ("measure", "at_least", "partners") if name in asked}
    keys = {"left_columns": names[0], "right_columns": names[1], "keep_left_rows": False}
    params = FuzzyParams.model_validate(keys | how)
    rights = joined_texts(right, params.right_columns, "right_columns")
    left = _spread(left, max(1, COMPARED // max(1, len(rights.different))))
    lefts = joined_texts(left, params.left_columns, "left_columns")
    return left, fuzzy_join.partner_rows(lefts, rights, params)[0]


def _examples(keys: Sequence[Column], places: np.ndarray) -> list[str]:
    """Different keys as they are told: `"Bonn" + 3`."""
    some = pa.array(places[: 20 * SHOWN])
    rows = zip(*(cells(key.data.take(some), LONGEST) for key in keys), strict=True)
    texts = (" + ".join(json.dumps(part, ensure_ascii=False) for part in row) for row in rows)
    return list(dict.fromkeys(texts))[:SHOWN]
