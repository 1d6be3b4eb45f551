"""Cross Join

Puts each row of the first table beside each row of the second: all pairs of customers and months.

The result has as many rows as the product of both, in the order of the first table. **At most** is a bound on
it, so that two long tables do not fill the disk by accident.

>>> cross_join(Table.of(a=[1, 2]), Table.of(b=["x", "y"]), CrossParams()).results_dataset.arrow().to_pydict()
{'a': [1, 1, 2, 2], 'b': ['x', 'y', 'x', 'y']}
"""

from __future__ import annotations

from typing import Annotated, NamedTuple

import numpy as np

from modules.data_transformation._chosen import side_by_side, taken
from modules.data_transformation._side_by_side_sql import beside
from modules.sdk.declare import module, port
from modules.sdk.errors import ModuleError
from modules.sdk.line import Known, Line, sql
from modules.sdk.params import Params, integer
from modules.sdk.values import Table

MOST_ROWS = 100_000_000


class CrossParams(Params):
    at_most: int = integer(1_000_000, "At most", "Rows of the result.", ge=1, le=MOST_ROWS)


class Crossed(NamedTuple):
    results_dataset: Annotated[Table, port("Results dataset")]


def line(dataset1: Known, dataset2: Known, params: CrossParams) -> Line:
    return sql("select", beside(dataset1, dataset2), "from t1 cross join t2")


@module(
    version=1,
    line=line,
    foretells=True,
    synonyms=("cartesian product", "all combinations", "expand grid", "Cross Joiner", "pairs"),
)
def cross_join(
    dataset1: Annotated[Table, port("Dataset1")],
    dataset2: Annotated[Table, port("Dataset2")],
    params: CrossParams,
) -> Crossed:
    many = len(dataset1) * len(dataset2)
    if many > params.at_most:
        raise ModuleError(
            f"{len(dataset1):,} × {len(dataset2):,} rows make {many:,}, and the bound is {params.at_most:,}. "
            "Filter the tables first, or raise the bound.",
            param="at_most",
        )
    left = np.repeat(np.arange(len(dataset1)), len(dataset2))
    right = np.tile(np.arange(len(dataset2)), len(dataset1))
    heads = Table.from_columns((taken(column, left) for column in dataset1), many)
    return Crossed(side_by_side(heads, (taken(column, right) for column in dataset2)))
