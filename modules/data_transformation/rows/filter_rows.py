"""Filter Rows

Keeps the rows that meet conditions; the others come out of the second output.

**Conditions** are joined by *and* or by *or*; *and* binds closer, so that `a and b or c and d` is two
groups, of which a row must meet one. A value is written as the column has it: `7`, `Bonn`, `2020-01-31`,
`true`; a list with commas, or one value a line. A missing value meets no condition but *is missing* and *is
not*. *is in the last days* counts back from the latest value of the column. *matches the pattern* looks for
a regular expression anywhere in the text. **Keep** turns it round: the rows that meet the conditions are
dropped.

>>> table = Table.of(city=["Bonn", "Köln", None], n=[1, 20, 30])
>>> params = FilterParams(conditions=[{"column": "n", "op": "greater", "value": "10"},
...     {"joined_by": "and", "column": "city", "op": "present"}])
>>> done = filter_rows(table, params)
>>> done.kept_rows.column("city").data.to_pylist(), done.dropped_rows.column("n").data.to_pylist()
(['Köln'], [1, 30])
"""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from modules.data_transformation._chosen import the_column
from modules.data_transformation._predicate_sql import conditions_sql
from modules.data_transformation._predicates import Condition, mask_of
from modules.sdk.declare import module, port
from modules.sdk.line import Known, Line, sql
from modules.sdk.params import Params, choice, records
from modules.sdk.storable import one_piece
from modules.sdk.values import Table

KEEP = {"met": "Rows that meet the conditions", "others": "All other rows"}


class FilterParams(Params):
    conditions: tuple[Condition, ...] = records("Conditions", "and binds closer than or.")
    keep: Literal["met", "others"] = choice("met", "Keep", KEEP)


class Filtered(NamedTuple):
    kept_rows: Annotated[Table, port("Kept rows", like="dataset")]
    dropped_rows: Annotated[Table, port("Dropped rows", like="dataset")]


def line(dataset: Known, params: FilterParams) -> Line:
    said = conditions_sql(dataset, params.conditions)
    if said and params.keep == "others":
        said = f"not coalesce({said}, false)"
    return sql("select * from t1", "where" if said else "", said)


@module(
    version=1,
    row_by_row=True,
    line=line,
    synonyms=("where", "query", "Row Filter", "select rows", "subset", "condition", "having"),
)
def filter_rows(dataset: Annotated[Table, port("Dataset")], params: FilterParams) -> Filtered:
    mask = one_piece(met(dataset, params.conditions, "conditions"))
    if params.keep == "others" and params.conditions:
        mask = pc.invert(mask)
    many = pc.sum(mask).as_py() or 0
    kept = dataset if many == len(dataset) else dataset.take(mask)
    dropped = dataset if many == 0 else dataset.take(pc.invert(mask))
    return Filtered(kept, dropped)


def met(table: Table, conditions: tuple[Condition, ...], param: str) -> pa.ChunkedArray:
    """The rows that meet the conditions; all of them if there is no condition."""
    groups: list[pa.ChunkedArray] = []
    for at, each in enumerate(conditions, start=1):
        what = f"Condition {at}"
        column = the_column(table, each.column, param, what)
        mask = mask_of(column, each.op, each.value, each.upper, param, what)
        if groups and each.joined_by == "and":
            groups[-1] = pc.and_(groups[-1], mask)
        else:
            groups.append(mask)
    if not groups:
        return pa.chunked_array([pa.array([True] * len(table), pa.bool_())])
    found = groups[0]
    for mask in groups[1:]:
        found = pc.or_(found, mask)
    return found
