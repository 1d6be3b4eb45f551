"""Which rows hold a text somewhere."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from modules.look.filters import rows_that_pass
from modules.look.sorting import repeats
from modules.sdk.column import Column
from modules.sdk.errors import ModuleError
from modules.sdk.storable import one_piece, storable
from modules.sdk.values import Table


def rows_wanted(
    table: Table, filters: Iterable[Mapping[str, Any]], search: str | None
) -> pa.ChunkedArray | None:
    """A mask over the rows that pass every filter and hold what is searched for; None for all rows."""
    mask = rows_that_pass(table, filters)
    if not search:
        return mask
    found = rows_that_hold(table, search)
    return found if mask is None else pc.and_(mask, found)


def places_wanted(table: Table, filters: Iterable[Mapping[str, Any]], search: str | None) -> pa.Array | None:
    """The places of these rows; None for all."""
    mask = rows_wanted(table, filters, search)
    return None if mask is None else pc.indices_nonzero(mask)


def rows_that_hold(table: Table, search: str) -> pa.ChunkedArray:
    """A mask over the rows: the text is in a text or category, whatever the case, or is a number's value,
    or begins a date."""
    mask = pa.chunked_array([pa.repeat(pa.scalar(False), len(table))])
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        for found in threads.map(lambda column: _holds(column, search), table):
            if found is not None:
                mask = pc.or_(mask, found)
    return mask


def _holds(column: Column, search: str) -> pa.ChunkedArray | None:
    data = storable(column.data)
    if pa.types.is_dictionary(data.type):
        array = one_piece(data)
        among = _holds(Column(column.name, pa.chunked_array([array.dictionary])), search)
        if among is None:
            return None
        return pa.chunked_array([pc.fill_null(one_piece(among).take(array.indices), False)])
    if pa.types.is_large_string(data.type):
        array = one_piece(data)
        if repeats(array):
            return _holds(Column(column.name, pa.chunked_array([array.dictionary_encode()])), search)
        has_case = search.lower() != search.upper()  # looking past case takes four times as long
        return pc.fill_null(pc.match_substring(data, search, ignore_case=has_case), False)
    rules = _as_value(column, search)
    try:
        return rows_that_pass(Table((column,), len(data)), rules) if rules else None
    except ModuleError:  # it is no such value, so no row holds it
        return None


def _as_value(column: Column, search: str) -> list[dict[str, Any]]:
    if column.type in ("integer", "float", "boolean"):
        return [{"column": column.name, "op": "eq", "value": search.strip()}]
    if column.type != "datetime" or len(search.strip()) < 10:
        return []
    day = search.strip()[:10]
    return [
        {"column": column.name, "op": "ge", "value": day},
        {"column": column.name, "op": "le", "value": f"{day}T23:59:59.999999999"},
    ]
