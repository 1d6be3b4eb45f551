"""Window Functions

Adds columns that are computed from the rows around each row: running totals, the value before, ranks, shares.

**Group by** keeps the groups apart: rows alike in these columns; without a column the table is one group.
**Order by** says what comes before what; without keys it is the order of the table, which the result keeps in
any case.

**Functions**: *Running* figures are those of all rows up to this one, *Moving mean* of the last so many,
*Previous* and *Next* are the value so many rows away, *Difference* and *Change* what it is more, in numbers
or as a share. *Rank* gives rows that are alike in the order the same number and leaves the next numbers
out, *Dense rank* does not. *Share of total*, *Total*, *Group mean* are of the whole group. Missing values
are left out. Figures are called `Running sum(x)` unless you give them a name.

>>> table = Table.of(day=[1, 2, 3], n=[5, 1, 4])
>>> running = {"function": "running_sum", "column": "n"}
>>> params = WindowParams(order_by=[{"column": "day"}], functions=[running])
>>> window_functions(table, params).results_dataset.column("Running sum(n)").data.to_pylist()
[5, 6, 10]
"""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

import numpy as np
import pyarrow as pa

from modules.data_transformation._aggregating import comparable
from modules.data_transformation._chosen import taken, the_column, with_columns
from modules.data_transformation._duckdb import take_engine
from modules.data_transformation._keys import codes
from modules.data_transformation._ordering import sorted_rows
from modules.data_transformation.rows.sort import SortKey, key_names, sort_keys
from modules.data_transformation.shape.group_and_aggregate import groups_of
from modules.sdk.column import Column
from modules.sdk.declare import module, port
from modules.sdk.errors import ModuleError
from modules.sdk.line import Known, Line, NoLine, one_of, sql, sql_name, sql_names
from modules.sdk.params import Params, choice, columns, integer, records, text
from modules.sdk.selection import ColumnSelection
from modules.sdk.storable import storable
from modules.sdk.values import Table

FUNCTIONS = {
    "running_sum": "Running sum",
    "running_count": "Running count",
    "running_mean": "Running mean",
    "running_min": "Running min",
    "running_max": "Running max",
    "moving_mean": "Moving mean",
    "previous": "Previous",
    "next": "Next",
    "difference": "Difference",
    "change": "Change",
    "rank": "Rank",
    "dense_rank": "Dense rank",
    "share_of_total": "Share of total",
    "total": "Total",
    "group_mean": "Group mean",
}
Function = Literal[
    "running_sum", "running_count", "running_mean", "running_min", "running_max", "moving_mean", "previous",
    "next", "difference", "change", "rank", "dense_rank", "share_of_total", "total", "group_mean",
]  # fmt: skip
SQL = {
    "running_sum": "sum({v}) over ({so_far})",
    "running_count": "count({v}) over ({so_far})",
    "running_mean": "avg({v}) over ({so_far})",
    "running_min": "min({v}) over ({so_far})",
    "running_max": "max({v}) over ({so_far})",
    "moving_mean": "avg({v}) over ({last})",
    "previous": "lag({n}, {k}) over ({ordered})",
    "next": "lead({n}, {k}) over ({ordered})",
    "difference": "{v} - lag({v}, {k}) over ({ordered})",
    "change": "{v}::double / nullif(lag({v}, {k}) over ({ordered}), 0) - 1",
    "rank": "rank() over ({peers})",
    "dense_rank": "dense_rank() over ({peers})",
    "share_of_total": "{v}::double / nullif(sum({v}) over ({whole}), 0)",
    "total": "sum({v}) over ({whole})",
    "group_mean": "avg({v}) over ({whole})",
}
ROWS = ("previous", "next")
RANKS = ("rank", "dense_rank")
WITH_ROWS = ["moving_mean", "previous", "next", "difference", "change"]


class Window(Params):
    function: Function = choice("running_sum", "Function", FUNCTIONS)
    column: ColumnSelection = columns(
        ColumnSelection.none(),
        "Column",
        of="dataset",
        single=True,
        required=True,
        shown_when={"function": [name for name in FUNCTIONS if name not in RANKS]},
    )
    rows: int = integer(
        1, "Rows", "How many rows away, or how many together.", ge=1, shown_when={"function": WITH_ROWS}
    )
    name: str = text("", "Name", placeholder="Running sum(x)")


class WindowParams(Params):
    group_by: ColumnSelection = columns(ColumnSelection.none(), "Group by", of="dataset")
    order_by: tuple[SortKey, ...] = records("Order by")
    functions: tuple[Window, ...] = records("Functions")


class Windowed(NamedTuple):
    results_dataset: Annotated[Table, port("Results dataset")]


def line(dataset: Known, params: WindowParams) -> Line:
    keys = key_names(dataset, params.order_by)
    orders = [
        f"{sql_name(name)}{' desc' if key.order == 'descending' else ''} nulls last"
        for name, key in zip(keys, params.order_by, strict=True)
    ]
    groups = dataset.names(params.group_by)
    apart = f"partition by {sql_names(groups)}" if groups else ""
    order = f"order by {', '.join(orders)}" if orders else ""
    made = []
    for at, each in enumerate(params.functions, start=1):
        column = "" if each.function in RANKS else dataset.one(each.column, f"Function {at}")
        if not order and each.function in RANKS:
            raise NoLine("Say the order that is ranked.")
        if each.function not in (*ROWS, *RANKS, "running_count"):
            one_of(dataset, [column], "integer", "float")
        name = each.name.strip() or named(each.function, column)
        said = window_sql(each, sql_name(column), sql_name(column), apart, order, order)
        made.append(f"{said} as {sql_name(name)}")
    if not made:
        raise NoLine("Add a function.")
    return sql("select *,", ", ".join(made), "from t1")


def named(function: str, column: str) -> str:
    return FUNCTIONS[function] + (f"({column})" if column else "")


def window_sql(each: Window, value: str, row: str, apart: str, order: str, peers: str) -> str:
    """The function of a value, or of the row it takes; `apart`, `order` and `peers` say its window."""
    ordered = " ".join(filter(None, [apart, order]))
    return SQL[each.function].format(
        v=value,
        n=row,
        k=each.rows,
        whole=apart,
        ordered=ordered,
        peers=" ".join(filter(None, [apart, peers])),
        so_far=f"{ordered} rows unbounded preceding".lstrip(),
        last=f"{ordered} rows between {each.rows - 1} preceding and current row".lstrip(),
    )


@module(
    version=1,
    line=line,
    foretells=True,
    synonyms=(
        "running total",
        "cumulative",
        "cumsum",
        "lag",
        "lead",
        "rank",
        "over",
        "moving average",
        "shift",
    ),
)
def window_functions(dataset: Annotated[Table, port("Dataset")], params: WindowParams) -> Windowed:
    keys = [dataset.column(name) for name in dict.fromkeys(params.group_by.names(dataset))]
    group, _ = groups_of(keys, len(dataset))
    order_keys = sort_keys(dataset, params.order_by, "order_by")
    order = sorted_rows(order_keys, len(dataset))
    place = np.empty(len(dataset), dtype=np.int64)
    place[order] = np.arange(len(dataset))
    peers = _peers([key.column for key in order_keys], order, place)
    taking = [_taking(dataset, each, at) for at, each in enumerate(params.functions, start=1)]
    if not taking:
        return Windowed(dataset)
    values = {
        f"v{at}": comparable(storable(column.data)) if column else pa.nulls(len(dataset), pa.int64())
        for at, column in enumerate(taking)
    }
    said = (
        f"{window_sql(each, f'v{at}', 'n', 'partition by g', 'order by o', 'order by p')} x{at}"
        for at, each in enumerate(params.functions)
    )
    with take_engine() as engine:
        engine.register(
            "t", pa.table({"g": group, "n": np.arange(len(dataset)), "o": place, "p": peers, **values})
        )
        found = engine.sql(f"select {', '.join(said)} from t order by n").to_arrow_table()  # noqa: S608  our own words
    made = map(_named, found.columns, taking, params.functions)
    return Windowed(with_columns(dataset, list(made), instead=False))


def _taking(dataset: Table, each: Window, at: int) -> Column | None:
    """The column that a function is of; none of a rank."""
    if each.function in RANKS:
        return None
    column = the_column(dataset, each.column, "functions", f"Function {at}")
    _check(column, each)
    return column


def _named(found: pa.ChunkedArray, column: Column | None, each: Window) -> Column:
    name = each.name.strip() or named(each.function, column.name if column else "")
    if column and each.function in ROWS:
        rows = found.fill_null(-1).cast(pa.int64()).to_numpy()
        return taken(column, rows, always=True).renamed(name)
    return Column(name, storable(found))


def _check(column: Column, each: Window) -> None:
    free = each.function in ROWS or each.function == "running_count"
    if not free and column.type not in ("integer", "float", "boolean"):
        raise ModuleError(
            f"{FUNCTIONS[each.function]} needs numbers, but column {column.name} is {column.type}.",
            param="functions",
        )


def _peers(keys: list[Column], order: np.ndarray, place: np.ndarray) -> np.ndarray:
    """For each row the place of the first row that is alike in the order; its own without keys."""
    if not keys or not len(order):
        return place
    key, _ = codes([column.data for column in keys])
    sorted_keys = key[order]
    begins = np.concatenate([[True], sorted_keys[1:] != sorted_keys[:-1]])
    first = np.maximum.accumulate(np.where(begins, np.arange(len(order)), 0))
    return first[place]
