"""Columns of few different values: the levels, and which one each row has.

A level is kept as text, so that it is the same in a column of text and in one of categories.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from modules.sdk.casting import cast, uncategorical
from modules.sdk.column import Column
from modules.sdk.errors import ModuleError
from modules.sdk.fits import needed
from modules.sdk.selection import ColumnSelection, Rule
from modules.sdk.storable import one_piece, storable
from modules.sdk.values import Table

DISCRETE = ("categorical", "string", "boolean", "integer")
ALL_CATEGORIES = ColumnSelection(rules=(Rule(by="types", values=("categorical",)),))
"""The default of a param that picks columns of categories."""


def discrete_columns(table: Table, names: Iterable[str]) -> list[Column]:
    """The columns of these names; ModuleError names those that are absent, or hold no levels."""
    columns = needed(table, dict.fromkeys(names))
    others = [
        f"{column.name} ({column.type})"
        for column in columns
        if column.type not in DISCRETE and column.data.null_count < len(column.data)
    ]
    if others:
        raise ModuleError(
            "Categories, text, integers or Booleans are needed, and these columns hold other values: "
            f"{', '.join(others[:20])}. Leave them out, or make them categorical in Edit Metadata."
        )
    return columns


def levels_of(column: Column) -> list[str]:
    """The levels as text: of categories all there are, in their order; else the values that occur, sorted.

    >>> levels_of(Column("x", pa.chunked_array([[10, None, 9]])))
    ['9', '10']
    """
    data = storable(column.data)
    if pa.types.is_dictionary(data.type):
        values: pa.Array = one_piece(data).dictionary
    else:
        values = pc.unique(one_piece(data)).drop_null()
        order = values.cast(pa.int8()) if pa.types.is_boolean(values.type) else values
        values = values.take(pc.sort_indices(order))
    return _text(Column(column.name, pa.chunked_array([values]))).to_pylist()


def level_numbers(column: Column, levels: Sequence[str]) -> np.ndarray:
    """By row the place of its level, from 0; -1 where the value is missing, -2 where it is no level.

    >>> level_numbers(Column("x", pa.chunked_array([["b", None, "z", "a"]])), ["a", "b"])
    array([ 1, -1, -2,  0])
    """
    text = _text(column)
    places = pc.index_in(text, pa.array(levels, pa.large_string()))
    found = places.fill_null(-2).to_numpy().astype(np.int64)
    return np.where(text.is_null().to_numpy(), -1, found)


def categories(name: str, places: np.ndarray, levels: Sequence[str], *, ordered: bool = False) -> Column:
    """A column of categories: by row the place of its level; missing where that is negative."""
    codes = pa.array(np.maximum(places, 0), pa.int32(), mask=places < 0)
    made = pa.DictionaryArray.from_arrays(codes, pa.array(levels, pa.large_string()), ordered=ordered)
    return Column(name, pa.chunked_array([made]))


def _text(column: Column) -> pa.ChunkedArray:
    if column.data.null_count == len(column.data):
        return pa.chunked_array([pa.nulls(len(column.data), pa.large_string())])
    return storable(cast(uncategorical(column), "string").data)
