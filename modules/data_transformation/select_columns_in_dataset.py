"""Select Columns in Dataset

Keeps some columns of a table and leaves the others out.

**Select columns** is a list of rules, followed from the first to the last: begin with all columns or
none, then include or exclude by name, position or type. The columns come out in the order of the
table; where the selection keeps its own order, in that order, and a column named twice comes
twice, the second time as `x (2)`.

>>> chosen = SelectParams(select_columns=ColumnSelection.of("y"))
>>> select_columns_in_dataset(Table.of(x=[1], y=[2]), chosen).results_dataset.names
['y']
"""

from __future__ import annotations

from typing import Annotated, NamedTuple

from modules.sdk.declare import module, port
from modules.sdk.frames import unique_names
from modules.sdk.params import Params, columns
from modules.sdk.selection import ColumnSelection
from modules.sdk.values import Table


class SelectParams(Params):
    select_columns: ColumnSelection = columns(
        ColumnSelection.all(), "Select columns", "The columns to keep.", of="dataset", required=True
    )


class Selected(NamedTuple):
    results_dataset: Annotated[Table, port("Results dataset")]


@module(
    version=1, row_by_row=True, foretells=True, synonyms=("project columns", "keep", "drop", "filter columns")
)
def select_columns_in_dataset(dataset: Annotated[Table, port("Dataset")], params: SelectParams) -> Selected:
    picked = [dataset.column(name) for name in params.select_columns.names(dataset)]
    names = unique_names(column.name for column in picked)
    kept = (column.renamed(name) for column, name in zip(picked, names, strict=True))
    return Selected(Table.from_columns(kept, len(dataset)))
