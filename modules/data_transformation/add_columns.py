"""Add Columns

Puts two tables side by side: the columns of the left one, then those of the right one.

Rows are joined by their position. Where one table is shorter, its columns are filled up with
missing values. A name that is taken gets ` (2)`, the next ` (3)`.

>>> add_columns(Table.of(x=[1, 2]), Table.of(x=["a"])).combined_dataset.arrow().to_pydict()
{'x': [1, 2], 'x (2)': ['a', None]}
"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, NamedTuple

import pyarrow as pa

from modules.sdk.column import Column
from modules.sdk.declare import module, port
from modules.sdk.frames import unique_names
from modules.sdk.values import Table


class AddedColumns(NamedTuple):
    combined_dataset: Annotated[Table, port("Combined dataset")]


@module(version=1, foretells=True, synonyms=("cbind", "concat", "side by side"))
def add_columns(
    left_dataset: Annotated[Table, port("Left dataset")],
    right_dataset: Annotated[Table, port("Right dataset")],
) -> AddedColumns:
    rows = max(len(left_dataset), len(right_dataset))
    columns = [_filled(column, rows) for column in (*left_dataset, *right_dataset)]
    names = unique_names(column.name for column in columns)
    named = (column.renamed(name) for column, name in zip(columns, names, strict=True))
    return AddedColumns(Table.from_columns(named, rows))


def _filled(column: Column, rows: int) -> Column:
    short = rows - len(column.data)
    if not short:
        return column
    chunks = [*column.data.chunks, pa.nulls(short, column.data.type)]
    return replace(column, data=pa.chunked_array(chunks, column.data.type), origin=None)
