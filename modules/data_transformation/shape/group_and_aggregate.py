"""Group and Aggregate

Makes one row of each group of rows: the sum, the mean, the number of what is in it.

**Group by** says which rows are a group: those alike in all of these columns; missing is a value like any
other. Without a column the whole table is one group, also one without rows, whose count is 0.
**Aggregations** are the figures, each of a column: *Count* counts values, *Count rows* rows, *Count distinct*
different values; *First*, *Last*, *Min* and *Max* keep the type of the column; *List* puts the values one
behind the other. Missing values are left out. Sums of integers are exact. A figure is called `Sum(x)` unless
you give it a name. Groups come in the order in which they first appear. **Add totals** adds a last row for
the whole table, without values in the columns of the groups.

>>> table = Table.of(city=["Bonn", "Ulm", "Bonn"], n=[1, 2, 4])
>>> params = GroupParams(group_by="city", aggregations=[{"column": "n", "op": "sum"}])
>>> group_and_aggregate(table, params).results_dataset.arrow().to_pydict()
{'city': ['Bonn', 'Ulm'], 'Sum(n)': [5, 2]}
"""

from __future__ import annotations

from typing import Annotated, NamedTuple

import numpy as np

from modules.data_transformation._aggregating import OPS, Asked, Op, aggregate, figure_name
from modules.data_transformation._chosen import taken, the_column
from modules.data_transformation._figure_sql import figure_sql
from modules.data_transformation._keys import codes, first_rows
from modules.data_transformation._stacking import stacked
from modules.sdk.column import Column
from modules.sdk.declare import module, port
from modules.sdk.frames import unique_names
from modules.sdk.line import Known, Line, NoLine, sql, sql_name, sql_names
from modules.sdk.params import Params, choice, columns, number, records, text, toggle
from modules.sdk.selection import ColumnSelection
from modules.sdk.values import Table


class Aggregation(Params):
    column: ColumnSelection = columns(
        ColumnSelection.none(), "Column", of="dataset", single=True, required=True
    )
    op: Op = choice("sum", "Figure", OPS)
    share: float = number(0.5, "Share", "0.5 is the median.", ge=0, le=1, shown_when={"op": ["quantile"]})
    name: str = text("", "Name", placeholder="Sum(x)")


class GroupParams(Params):
    group_by: ColumnSelection = columns(ColumnSelection.none(), "Group by", of="dataset")
    aggregations: tuple[Aggregation, ...] = records("Aggregations")
    add_totals: bool = toggle(False, "Add totals", "A last row for the whole table.")


class Grouped(NamedTuple):
    results_dataset: Annotated[Table, port("Results dataset")]


def line(dataset: Known, params: GroupParams) -> Line:
    keys = dataset.names(params.group_by)
    figures = []
    for at, each in enumerate(params.aggregations, start=1):
        column = dataset.one(each.column, f"Aggregation {at}")
        name = each.name.strip() or figure_name(each.op, column, each.share)
        figures.append(f"{figure_sql(dataset, each.op, column, each.share)} as {sql_name(name)}")
    if not keys and not figures:
        raise NoLine("Choose columns to group by, or figures.")
    said = ", ".join([*map(sql_name, keys), *figures])
    by = f"group by {sql_names(keys)}" if keys else ""
    if keys and params.add_totals:
        by = f"group by grouping sets (({sql_names(keys)}), ())"
    return sql("select", said, "from t1", by)


@module(
    version=2,
    line=line,
    foretells=True,
    synonyms=("group by", "groupby", "summarize", "GroupBy", "pivot table", "sumif", "countif"),
)
def group_and_aggregate(dataset: Annotated[Table, port("Dataset")], params: GroupParams) -> Grouped:
    keys = [dataset.column(name) for name in dict.fromkeys(params.group_by.names(dataset))]
    asked = [
        Asked(the_column(dataset, each.column, "aggregations", f"Aggregation {at}"), each.op, each.share)
        for at, each in enumerate(params.aggregations, start=1)
    ]
    group, first = groups_of(keys, len(dataset))
    figures = aggregate(group if keys else None, asked, "aggregations")
    heads = [taken(key, first) for key in keys]
    if params.add_totals and keys:
        nothing = np.array([-1])
        totals = aggregate(None, asked, "aggregations")
        heads = [stacked(head, taken(key, nothing)) for head, key in zip(heads, keys, strict=True)]
        figures = [stacked(one, total) for one, total in zip(figures, totals, strict=True)]
    named = [
        figure.renamed(each.name.strip() or figure.name)
        for figure, each in zip(figures, params.aggregations, strict=True)
    ]
    made: list[Column] = [*heads, *named]
    names = unique_names(column.name for column in made)
    rows = len(made[0].data) if made else len(first)
    return Grouped(Table.from_columns((c.renamed(name) for c, name in zip(made, names, strict=True)), rows))


def groups_of(keys: list[Column], rows: int) -> tuple[np.ndarray, np.ndarray]:
    """The group of each row, numbered as they appear, and the first row of each group."""
    if not keys:
        return np.zeros(rows, dtype=np.int64), np.arange(min(rows, 1))
    group, _ = codes([key.data for key in keys])
    return group, first_rows(group)
