"""Fill Down

Writes the last value above in place of a missing one: what a report leaves out because it is the same as in
the line before.

**Columns** are those filled; all by default. **Direction**: *Up* takes the next value below. **Group by**
never takes a value of another group of rows, which are those alike in these columns. **At most** so many
missing values in a row are filled; 0 fills all. Where no value stands above, a cell stays missing.

>>> table = Table.of(region=["North", None, "South"], n=[1, 2, None])
>>> fill_down(table, FillParams(columns="region")).results_dataset.arrow().to_pydict()
{'region': ['North', 'North', 'South'], 'n': [1, 2, None]}
"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Literal, NamedTuple

import numpy as np
import pyarrow as pa

from modules.data_transformation._keys import codes
from modules.sdk.column import Column
from modules.sdk.declare import module, port
from modules.sdk.line import Known, Line, pandas
from modules.sdk.params import Params, choice, integer
from modules.sdk.params import columns as column_picker
from modules.sdk.selection import ColumnSelection
from modules.sdk.storable import storable
from modules.sdk.values import Table

DIRECTIONS = {"down": "Down", "up": "Up"}


class FillParams(Params):
    columns: ColumnSelection = column_picker(ColumnSelection.all(), "Columns", of="dataset")
    direction: Literal["down", "up"] = choice("down", "Direction", DIRECTIONS)
    group_by: ColumnSelection = column_picker(ColumnSelection.none(), "Group by", of="dataset")
    at_most: int = integer(0, "At most", "So many missing values in a row; 0 fills all.", ge=0)


class Filled(NamedTuple):
    results_dataset: Annotated[Table, port("Results dataset", like="dataset")]


def line(dataset: Known, params: FillParams) -> Line:
    names, groups = dataset.names(params.columns), dataset.names(params.group_by)
    by = f".groupby({groups}, dropna=False)" if groups else ""
    names = [name for name in names if name not in groups]
    fill = "ffill" if params.direction == "down" else "bfill"
    limit = f"limit={params.at_most}" if params.at_most else ""
    return pandas(f"dataframe1.assign(**dataframe1{by}[{names}].{fill}({limit}))")


@module(
    version=1, line=line, synonyms=("ffill", "bfill", "fillna", "last observation carried forward", "missing")
)
def fill_down(dataset: Annotated[Table, port("Dataset")], params: FillParams) -> Filled:
    chosen = set(params.columns.names(dataset))
    keys = [dataset.column(name).data for name in dict.fromkeys(params.group_by.names(dataset))]
    group = codes(keys)[0] if keys else np.zeros(len(dataset), dtype=np.int64)
    order = np.argsort(group, kind="stable")
    order = order[::-1] if params.direction == "up" else order
    made = (
        _filled(column, order, group, params.at_most) if column.name in chosen else column
        for column in dataset
    )
    return Filled(Table.from_columns(made, len(dataset)))


def _filled(column: Column, order: np.ndarray, group: np.ndarray, at_most: int) -> Column:
    """The very same column where nothing is missing."""
    data = storable(column.data)
    if not data.null_count or data.null_count == len(data):
        return column
    present = data.is_valid().to_numpy()[order]
    places = np.arange(len(order))
    last = np.maximum.accumulate(np.where(present, places, -1))
    source = np.maximum(last, 0)
    good = (last >= 0) & (group[order][source] == group[order])
    if at_most:
        good &= places - last <= at_most
    rows = np.empty(len(order), dtype=np.int64)
    rows[order] = np.where(good, order[source], -1)
    taken = data.take(pa.array(np.maximum(rows, 0), mask=rows < 0))
    return replace(column, data=taken, origin=None)
