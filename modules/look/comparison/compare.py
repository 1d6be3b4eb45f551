"""What is different between two tables, in numbers and row by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from modules.look.cells import cells
from modules.look.comparison.alike import alike
from modules.look.comparison.drift import drift
from modules.look.comparison.matching import Matches, match
from modules.look.days import only_days
from modules.sdk.column import Column
from modules.sdk.errors import ModuleError
from modules.sdk.values import Table

SHOWN = ("added", "removed", "changed")


def compare(old: Table, new: Table, asked: Mapping[str, Any]) -> dict[str, Any]:
    """`{"counts", "columns", "page"}`.

    `asked`: `key` (names of columns that both have; none: rows are matched by place), `show` ("added",
    "removed" or "changed"), `offset`, `limit`, `drift` (false leaves it out, which is faster).

    counts: rows `added, removed, changed, same`. columns: one entry for each column of either,
    `{name, old, new, changed, drift}`: its types (null where it is not there), in how many matched rows it
    differs, and how its values as a whole moved. page: `{columns, rows, total, days?}`; a row is
    `{old, new, changed}`: its cells in either table (or null) and the names of the columns that differ;
    `days` are the columns of dates in which no value of either table has a time, where there are any.
    """
    key = list(asked.get("key") or [])
    show = asked.get("show") or "changed"
    if show not in SHOWN:
        raise ModuleError(f"show is '{show}'; it can be {', '.join(SHOWN)}", param="show")
    found = match(old, new, key)
    both = [name for name in old.names if new.has(name)]
    differs = {name: _differs(old.column(name), new.column(name), found) for name in both if name not in key}
    any_differs = np.zeros(len(found.old), bool)
    for mask in differs.values():
        if mask is not None:
            any_differs |= mask
    changed = np.flatnonzero(any_differs)
    counts = {
        "added": len(found.added),
        "removed": len(found.removed),
        "changed": len(changed),
        "same": len(found.old) - len(changed),
    }
    offset, limit = int(asked.get("offset") or 0), int(asked.get("limit") or 100)
    window = slice(offset, offset + limit)
    days = [name for name in _every(old, new) if _only_days(name, old, new)]
    return {
        "counts": counts,
        "columns": [
            _column(name, old, new, differs.get(name), bool(asked.get("drift", True)))
            for name in _every(old, new)
        ],
        "page": {
            "total": counts[show],
            "columns": _every(old, new),
            "rows": _rows(old, new, found, show, changed[window], window, differs),
            **({"days": days} if days else {}),
        },
    }


def _every(old: Table, new: Table) -> list[str]:
    return [*old.names, *(name for name in new.names if not old.has(name))]


def _only_days(name: str, *tables: Table) -> bool:
    """Whether it is a column of days in each table that has it with a value."""
    columns = [table.column(name).data for table in tables if table.has(name)]
    present = [data for data in columns if data.null_count < len(data)]
    return bool(present) and all(map(only_days, present))


def _differs(old: Column, new: Column, found: Matches) -> np.ndarray | None:
    """Where the matched rows differ in a column; None where it is the very same column."""
    if old.origin is not None and old.origin == new.origin and np.array_equal(found.old, found.new):
        return None
    left, right = alike(old, new)
    left, right = left.take(pa.array(found.old)), right.take(pa.array(found.new))
    same = pc.fill_null(pc.equal(left, right), False)
    neither = pc.and_(pc.is_null(left), pc.is_null(right))
    return ~np.asarray(pc.or_(same, neither).to_numpy()).astype(bool)


def _column(name: str, old: Table, new: Table, mask: np.ndarray | None, drifts: bool) -> dict[str, Any]:
    one, two = (table.column(name) if table.has(name) else None for table in (old, new))
    return {
        "name": name,
        "old": one.type if one else None,
        "new": two.type if two else None,
        "changed": int(mask.sum()) if mask is not None else 0,
        "drift": drift(one, two) if drifts and one and two else None,
    }


def _rows(
    old: Table,
    new: Table,
    found: Matches,
    show: str,
    changed: np.ndarray,
    window: slice,
    differs: Mapping[str, np.ndarray | None],
) -> list[dict[str, Any]]:
    names = _every(old, new)
    if show == "added":
        return [{"old": None, "new": row, "changed": []} for row in _cells(new, names, found.added[window])]
    if show == "removed":
        return [{"old": row, "new": None, "changed": []} for row in _cells(old, names, found.removed[window])]
    before, after = _cells(old, names, found.old[changed]), _cells(new, names, found.new[changed])
    return [
        {
            "old": one,
            "new": two,
            "changed": [name for name, mask in differs.items() if mask is not None and mask[place]],
        }
        for place, one, two in zip(changed, before, after, strict=True)
    ]


def _cells(table: Table, names: Sequence[str], rows: np.ndarray) -> list[list[Any]]:
    places = pa.array(rows, pa.int64())
    columns = [
        cells(table.column(name).data.take(places)) if table.has(name) else [None] * len(rows)
        for name in names
    ]
    return [list(row) for row in zip(*columns, strict=True)] if columns else [[] for _ in rows]
