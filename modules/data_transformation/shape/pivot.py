"""Pivot

Turns the values of a column into columns: a row for each customer, a column for each month.

**Rows** says which rows are put together: those alike in these columns. **Names from** is the column whose
values become the columns, in their order; missing makes a column called `Missing`. **Values from** is the
column whose values they hold; if several meet in a cell, **Figure** says what is shown of them, as in Group
and Aggregate. A cell without a value is missing, or 0 if *Empty cells as 0* is on and the column holds
numbers.

>>> table = Table.of(who=["a", "a", "b"], month=["Jan", "Feb", "Jan"], n=[1, 2, 3])
>>> params = PivotParams(rows="who", names_from="month", values_from="n")
>>> pivot(table, params).results_dataset.arrow().to_pydict()
{'who': ['a', 'b'], 'Feb': [2, None], 'Jan': [1, 3]}
"""

from __future__ import annotations

from typing import Annotated, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from modules.data_transformation._aggregating import OPS, Asked, Op, aggregate
from modules.data_transformation._chosen import taken, the_column
from modules.data_transformation._figure_sql import figure_sql
from modules.data_transformation.shape.group_and_aggregate import groups_of
from modules.sdk.column import Column
from modules.sdk.declare import module, port
from modules.sdk.errors import ModuleError
from modules.sdk.frames import unique_names
from modules.sdk.levels import level_numbers, levels_of
from modules.sdk.line import SEVERAL, Known, Line, NoLine, one_of, sql, sql_name, sql_names
from modules.sdk.params import Params, choice, columns, number, toggle
from modules.sdk.selection import ColumnSelection
from modules.sdk.values import Table

MOST_COLUMNS = 2_000


class PivotParams(Params):
    rows: ColumnSelection = columns(ColumnSelection.none(), "Rows", of="dataset")
    names_from: ColumnSelection = columns(
        ColumnSelection.none(), "Names from", of="dataset", single=True, required=True
    )
    values_from: ColumnSelection = columns(
        ColumnSelection.none(), "Values from", of="dataset", single=True, required=True
    )
    figure: Op = choice("sum", "Figure", OPS)
    share: float = number(0.5, "Share", ge=0, le=1, shown_when={"figure": ["quantile"]})
    empty_cells_as_0: bool = toggle(False, "Empty cells as 0", "Of numbers.")


class Pivoted(NamedTuple):
    results_dataset: Annotated[Table, port("Results dataset")]


def line(dataset: Known, params: PivotParams) -> Line:
    keys = dataset.names(params.rows)
    names = dataset.one(params.names_from, "Names from")
    values = dataset.one(params.values_from, "Values from")
    one_of(dataset, [names], "string", "integer")
    figure = figure_sql(dataset, params.figure, values, params.share)
    if params.empty_cells_as_0 or not keys or "count(" in figure:
        raise NoLine(SEVERAL)
    on = f"coalesce({sql_name(names)}::varchar, 'Missing')"
    return sql(f"pivot t1 on {on} using {figure} group by {sql_names(keys)}")


@module(
    version=1,
    line=line,
    synonyms=("pivot table", "crosstab", "spread", "wide", "pivot_wider", "dcast", "transpose"),
)
def pivot(dataset: Annotated[Table, port("Dataset")], params: PivotParams) -> Pivoted:
    names_from = the_column(dataset, params.names_from, "names_from", "Names from")
    values_from = the_column(dataset, params.values_from, "values_from", "Values from")
    keys = [dataset.column(name) for name in dict.fromkeys(params.rows.names(dataset))]
    levels = levels_of(names_from)
    if len(levels) > MOST_COLUMNS:
        raise ModuleError(
            f"Column {names_from.name} has {len(levels):,} different values; at most {MOST_COLUMNS:,} become "
            "columns. Group them first.",
            param="names_from",
        )
    level = level_numbers(names_from, levels)
    level = np.where(level < 0, len(levels), level)
    row, first = groups_of(keys, len(dataset))
    cell, pairs = pd.factorize(row * (len(levels) + 1) + level, sort=True)
    (figure,) = aggregate(cell, [Asked(values_from, params.figure, params.share)], "values_from")
    made = [taken(key, first) for key in keys]
    for at, name in enumerate([*levels, "Missing"]):
        here = np.flatnonzero(pairs % (len(levels) + 1) == at)
        if at == len(levels) and not len(here):
            continue
        rows = np.full(len(first), -1)
        rows[pairs[here] // (len(levels) + 1)] = here
        made.append(_with_zeros(taken(figure, rows, always=True).renamed(name), params))
    names = unique_names(column.name for column in made)
    return Pivoted(Table.from_columns((c.renamed(n) for c, n in zip(made, names, strict=True)), len(first)))


def _with_zeros(column: Column, params: PivotParams) -> Column:
    if not params.empty_cells_as_0 or column.type not in ("integer", "float"):
        return column
    return Column(column.name, pc.fill_null(column.data, pa.scalar(0, column.data.type)))
