"""Remove Duplicate Rows

Keeps one of all rows that are alike in the key columns.

**Key columns** are the ones compared; all by default. Missing is equal to missing. **Retain first
duplicate row** keeps the first of them, else the last. The rows stay in their order.

>>> table = Table.of(k=["a", "b", "a"], v=[1, 2, 3])
>>> params = DuplicateParams(key_columns=ColumnSelection.of("k"))
>>> remove_duplicate_rows(table, params).results_dataset.arrow().to_pydict()
{'k': ['a', 'b'], 'v': [1, 2]}
"""

from __future__ import annotations

from typing import Annotated, NamedTuple

import pandas as pd
import pyarrow as pa

from modules.data_transformation._keys import codes
from modules.sdk.declare import module, port
from modules.sdk.params import Params, columns, toggle
from modules.sdk.selection import ColumnSelection
from modules.sdk.values import Table


class DuplicateParams(Params):
    key_columns: ColumnSelection = columns(
        ColumnSelection.all(), "Key columns", "Rows alike in these are duplicates.", of="dataset"
    )
    retain_first_duplicate_row: bool = toggle(True, "Retain first duplicate row", "Off: keeps the last one.")


class Distinct(NamedTuple):
    results_dataset: Annotated[Table, port("Results dataset", like="dataset")]


@module(version=1, synonyms=("distinct", "unique", "deduplicate"))
def remove_duplicate_rows(dataset: Annotated[Table, port("Dataset")], params: DuplicateParams) -> Distinct:
    keys = [dataset.column(name).data for name in params.key_columns.names(dataset)]
    if not keys:
        return Distinct(dataset)
    rows, _ = codes(keys)
    repeated = pd.Series(rows).duplicated(keep="first" if params.retain_first_duplicate_row else "last")
    return Distinct(dataset.take(pa.array(~repeated.to_numpy())) if repeated.any() else dataset)
