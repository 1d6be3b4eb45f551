"""A page of rows, sorted and filtered over the whole table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from modules.look.cells import LONGEST, cells
from modules.look.filters import find_column
from modules.look.searching import rows_wanted
from modules.look.sorting import sorted_rows
from modules.sdk.values import Table


def page(
    table: Table,
    offset: int,
    limit: int,
    sort: str | None = None,
    filters: Iterable[Mapping[str, Any]] | None = None,
    search: str | None = None,
    columns: Sequence[str] | None = None,
    longest: int = LONGEST,
) -> dict[str, Any]:
    """`{"columns": [{name, type}], "rows": [[…]], "total": N}`; `total` counts the rows that pass.

    `sort` is a column, or `-column` for descending; a column whose own name begins with `-` is
    meant where there is one. `search` leaves the rows that hold it in any column. `columns` are those
    told, where not all are; `longest` is how many characters of a text. ModuleError for unknown columns
    and filters that do not fit.
    """
    mask = rows_wanted(table, filters or (), search)
    places = None if mask is None else pc.indices_nonzero(mask)
    total = len(table) if places is None else len(places)
    if sort:
        descending = sort.startswith("-") and sort not in table.names
        data = find_column(table, sort[1:] if descending else sort, "sort").data
        order = sorted_rows(data if places is None else data.take(places), descending, offset + limit)
        wanted = order.slice(offset, limit)
        places = wanted if places is None else places.take(wanted)
    elif places is not None:
        places = places.slice(offset, limit)
    shown = table if columns is None else table.select(columns)
    rows = [cells(_pick(column.data, places, offset, limit), longest) for column in shown]
    count = max(0, min(limit, total - offset))
    return {
        "columns": [{"name": column.name, "type": column.type} for column in shown],
        "rows": [list(row) for row in zip(*rows, strict=True)] if rows else [[] for _ in range(count)],
        "total": total,
    }


def _pick(data: pa.ChunkedArray, places: pa.Array | None, offset: int, limit: int) -> pa.ChunkedArray:
    return data.slice(offset, limit) if places is None else data.take(places)
