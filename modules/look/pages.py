"""A page of rows, sorted and filtered over the whole table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa

from modules.look.cells import LONGEST, cells
from modules.look.filters import find_column
from modules.look.look_memory import LookMemory
from modules.look.searching import places_wanted
from modules.look.sorting import sorted_rows
from modules.sdk.values import Table

AHEAD = 10
"""Sorted as many times the rows that are shown: who looks at them scrolls on."""


def page(
    table: Table,
    offset: int,
    limit: int,
    sort: str | None = None,
    filters: Iterable[Mapping[str, Any]] | None = None,
    search: str | None = None,
    columns: Sequence[str] | None = None,
    longest: int = LONGEST,
    kept: LookMemory | None = None,
    descending: bool | None = None,
) -> dict[str, Any]:
    """`{"columns": [{name, type}], "rows": [[…]], "total": N, "days"?: […]}`; `total` counts the rows that
    pass; `days` are the columns of dates in which no value of the table has a time, where there are any.

    `sort` is a column, or `-column` for descending; a column whose own name begins with `-` is meant
    where there is one. With `descending` it is a column whatever its name. `search` leaves the rows
    that hold it in any column. `columns` are those told, where not all are; `longest` is how many
    characters of a text; `kept` of the pages before.
    ModuleError for unknown columns and filters that do not fit.
    """
    kept = kept or LookMemory()
    filters = list(filters or ())
    places = kept.found([filters, search], lambda: places_wanted(table, filters, search))
    total = len(table) if places is None else len(places)
    if sort is not None and (sort or descending is not None):
        if descending is None and (descending := sort.startswith("-") and not table.has(sort)):
            sort = sort[1:]
        data = find_column(table, sort, "sort").data
        ahead = AHEAD * (offset + limit)
        order = kept.order(
            [filters, search, sort, descending],
            min(offset + limit, total),
            lambda: sorted_rows(data if places is None else data.take(places), bool(descending), ahead),
        )
        wanted = order.slice(offset, limit)
        places = wanted if places is None else places.take(wanted)
    elif places is not None:
        places = places.slice(offset, limit)
    shown = table if columns is None else table.select(columns)
    rows = [cells(_pick(column.data, places, offset, limit), longest) for column in shown]
    count = max(0, min(limit, total - offset))
    days = [column.name for column in shown if kept.days(column)]
    answer = {
        "columns": [{"name": column.name, "type": column.type} for column in shown],
        "rows": [list(row) for row in zip(*rows, strict=True)] if rows else [[] for _ in range(count)],
        "total": total,
    }
    return answer | {"days": days} if days else answer


def _pick(data: pa.ChunkedArray, places: pa.Array | None, offset: int, limit: int) -> pa.ChunkedArray:
    return data.slice(offset, limit) if places is None else data.take(places)
