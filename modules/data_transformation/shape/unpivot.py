"""Unpivot

Turns columns into rows: what stands in twelve columns, one a month, comes to stand in two, the month and the
value.

**Columns** are those that become rows; the others are repeated. Each row becomes as many rows as there are
columns, one behind the other. *Name column* gets the names, *Value column* the values, in one type: numbers
stay numbers, and columns that do not go together become text. **Leave out missing values** drops the rows
without a value.

>>> table = Table.of(who=["a", "b"], Jan=[1, 3], Feb=[2, None])
>>> unpivot(table, UnpivotParams(columns=["Jan", "Feb"])).results_dataset.arrow().to_pydict()
{'who': ['a', 'a', 'b', 'b'], 'Name': ['Jan', 'Feb', 'Jan', 'Feb'], 'Value': [1, 2, 3, None]}
"""

from __future__ import annotations

from functools import reduce
from typing import Annotated, NamedTuple

import numpy as np
import pyarrow as pa

from modules.data_transformation._chosen import taken
from modules.data_transformation._stacking import stacked
from modules.sdk.casting import cast, uncategorical
from modules.sdk.column import Column
from modules.sdk.declare import module, port
from modules.sdk.errors import ModuleError
from modules.sdk.frames import unique_names
from modules.sdk.line import Known, Line, NoLine, sql, sql_name, sql_names
from modules.sdk.params import Params, text, toggle
from modules.sdk.params import columns as column_picker
from modules.sdk.selection import ColumnSelection
from modules.sdk.values import Table


class UnpivotParams(Params):
    columns: ColumnSelection = column_picker(ColumnSelection.none(), "Columns", of="dataset")
    name_column: str = text("Name", "Name column")
    value_column: str = text("Value", "Value column")
    leave_out_missing_values: bool = toggle(False, "Leave out missing values")


class Unpivoted(NamedTuple):
    results_dataset: Annotated[Table, port("Results dataset")]


def line(dataset: Known, params: UnpivotParams) -> Line:
    names = dataset.names(params.columns)
    if not names:
        return sql("select * from t1")
    kinds = {dataset.type_of(name) for name in names} - {""}
    if not (len(kinds) <= 1 or kinds == {"integer", "float"}):
        raise NoLine(
            "The columns are of several types, so that it takes more than one line of SQL or pandas."
        )
    nulls = "" if params.leave_out_missing_values else "include nulls "
    value, name = sql_name(params.value_column), sql_name(params.name_column)
    return sql(f"from t1 unpivot {nulls}({value} for {name} in ({sql_names(names)}))")


@module(
    version=1,
    line=line,
    foretells=True,
    synonyms=("melt", "gather", "long", "pivot_longer", "stack", "reshape", "Unpivoting"),
)
def unpivot(dataset: Annotated[Table, port("Dataset")], params: UnpivotParams) -> Unpivoted:
    names = list(dict.fromkeys(params.columns.names(dataset)))
    if not names:
        return Unpivoted(dataset)
    rows, many = len(dataset), len(names)
    values = _together([dataset.column(name).renamed(params.value_column) for name in names])
    order = (np.arange(rows)[:, None] + np.arange(many) * rows).ravel()
    if params.leave_out_missing_values:
        order = order[values.data.is_valid().to_numpy()[order]]
    labels = pa.DictionaryArray.from_arrays(pa.array(order // max(rows, 1), pa.int32()), names)
    labels = Column(params.name_column, pa.chunked_array([labels.cast(pa.large_string())]))
    chosen = set(names)
    others = dataset.select([name for name in dataset.names if name not in chosen])
    kept = others.take(pa.array(order % max(rows, 1)))
    made = [*kept, labels, taken(values, order, always=True)]
    unique = unique_names(column.name for column in made)
    return Unpivoted(
        Table.from_columns((c.renamed(n) for c, n in zip(made, unique, strict=True)), len(order))
    )


def _together(columns: list[Column]) -> Column:
    """The values of all columns, one below the other; as text if no other type holds them."""
    try:
        return reduce(stacked, columns)
    except ModuleError:
        print("warning: the columns are of types that do not go together, so their values are text")
        return reduce(stacked, [cast(uncategorical(column), "string") for column in columns])
