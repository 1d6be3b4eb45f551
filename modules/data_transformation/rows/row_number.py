"""Row Number

Adds a column that numbers the rows, of the whole table or of each group.

**First number** is that of the first row. **Group by** begins anew in each group of rows that are alike in
these columns. The rows stay in their order; sort them first if the numbers should follow another one. A
column that has the name already is replaced.

>>> table = Table.of(who=["a", "b", "a"])
>>> row_number(table, NumberParams(group_by="who")).results_dataset.arrow().to_pydict()
{'who': ['a', 'b', 'a'], 'Row Number': [1, 1, 2]}
"""

from __future__ import annotations

from typing import Annotated, NamedTuple

import numpy as np
import pyarrow as pa

from modules.data_transformation._chosen import with_columns
from modules.data_transformation._keys import codes
from modules.sdk.column import Column
from modules.sdk.declare import module, port
from modules.sdk.line import Known, Line, assigned
from modules.sdk.params import Params, columns, integer, text
from modules.sdk.selection import ColumnSelection
from modules.sdk.values import Table

MOST = 2**53


class NumberParams(Params):
    name: str = text("Row Number", "Name of the column", required=True)
    first_number: int = integer(1, "First number", ge=-MOST, le=MOST)
    group_by: ColumnSelection = columns(ColumnSelection.none(), "Group by", of="dataset")


class Numbered(NamedTuple):
    results_dataset: Annotated[Table, port("Results dataset")]


def line(dataset: Known, params: NumberParams) -> Line:
    groups = dataset.names(params.group_by)
    counted = "np.arange(len(dataframe1))"
    if groups:
        counted = f"dataframe1.groupby({groups}, dropna=False).cumcount()"
    return assigned({params.name: f"{counted} + {params.first_number}"})


@module(
    version=1,
    line=line,
    foretells=True,
    synonyms=("index", "counter", "id", "row id", "record id", "row_number", "sequence"),
)
def row_number(dataset: Annotated[Table, port("Dataset")], params: NumberParams) -> Numbered:
    rows = len(dataset)
    numbers = np.arange(rows)
    groups = [dataset.column(name).data for name in dict.fromkeys(params.group_by.names(dataset))]
    if groups:
        group, _ = codes(groups)
        order = np.argsort(group, kind="stable")
        sizes = np.bincount(group)
        numbers[order] = np.arange(rows) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    made = Column(params.name, pa.chunked_array([pa.array(numbers + params.first_number, pa.int64())]))
    return Numbered(with_columns(dataset, [made]))
