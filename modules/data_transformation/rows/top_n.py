"""Top N

Keeps the first rows in the order you say, of the whole table or of each group: the three largest orders of
every customer.

**Keys** give the order, the most important one first; without keys it is the order of the table. **Group
by** takes so many rows of each group, which are the rows alike in these columns; missing is a value like
any other. The rows come in the order of the keys, the groups one behind the other as they first appear.
Missing values of a key come last.

>>> table = Table.of(who=["a", "b", "a", "a"], n=[1, 5, 3, 2])
>>> params = TopParams(number_of_rows=2, group_by="who", keys=[{"column": "n", "order": "descending"}])
>>> top_n(table, params).results_dataset.arrow().to_pydict()
{'who': ['a', 'a', 'b'], 'n': [3, 2, 5]}
"""

from __future__ import annotations

from typing import Annotated, NamedTuple

import numpy as np
import pyarrow as pa

from modules.data_transformation._keys import codes
from modules.data_transformation._ordering import sorted_rows
from modules.data_transformation.rows.sort import SortKey, sort_keys, sorted_text
from modules.sdk.declare import module, port
from modules.sdk.line import Known, Line, pandas
from modules.sdk.params import Params, columns, integer, records
from modules.sdk.selection import ColumnSelection
from modules.sdk.values import Table


class TopParams(Params):
    number_of_rows: int = integer(10, "Number of rows", "Of each group, if there are groups.", ge=0)
    keys: tuple[SortKey, ...] = records("Keys", "Which rows are first; without keys, the order of the table.")
    group_by: ColumnSelection = columns(ColumnSelection.none(), "Group by", of="dataset")


class Top(NamedTuple):
    results_dataset: Annotated[Table, port("Results dataset", like="dataset")]


def line(dataset: Known, params: TopParams) -> Line:
    groups, order = dataset.names(params.group_by), sorted_text(dataset, params.keys)
    first = f"{order}.head({params.number_of_rows})"
    if not groups:
        return pandas(f"dataframe1{first}")
    parts = f"dataframe1.groupby({groups}, sort=False, dropna=False)"
    return pandas(f"pd.concat([dataframe1[:0], *(rows{first} for _, rows in {parts})])")


@module(
    version=1,
    line=line,
    synonyms=("head", "limit", "nlargest", "top k", "first rows", "largest", "best by group"),
)
def top_n(dataset: Annotated[Table, port("Dataset")], params: TopParams) -> Top:
    rows = len(dataset)
    order = sorted_rows(sort_keys(dataset, params.keys, "keys"), rows)
    groups = [dataset.column(name).data for name in dict.fromkeys(params.group_by.names(dataset))]
    if groups:
        group, _ = codes(groups)
        order = order[np.argsort(group[order], kind="stable")]
        sizes = np.bincount(group, minlength=int(group.max(initial=-1)) + 1)
        within = np.arange(rows) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        order = order[within < params.number_of_rows]
    else:
        order = order[: params.number_of_rows]
    untouched = len(order) == rows and bool((np.diff(order) == 1).all())
    return Top(dataset if untouched else dataset.take(pa.array(order)))
