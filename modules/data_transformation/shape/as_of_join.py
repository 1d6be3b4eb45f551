"""As-of Join

Adds to each row the row of another table that was the last one at its time: the price that was valid when an
order came in.

**Left time** and **Right time** are columns of dates or of numbers. **Match** takes the *last* row of the
right table up to the time of the left one, the *first* from it on, or the *nearest*. **Within** takes none
that is farther away: numbers as they are, dates in *days*; 0 takes any. **Equal columns** of the left and
the right table must be equal too, such as the article; there are as many of one as of the other. A left row
without a partner stays, with missing values.

>>> orders, prices = Table.of(at=[3, 5]), Table.of(at=[1, 4], price=[10, 11])
>>> params = AsOfParams(left_time="at", right_time="at")
>>> as_of_join(orders, prices, params).results_dataset.arrow().to_pydict()
{'at': [3, 5], 'at (2)': [1, 4], 'price': [10, 11]}
"""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa

from modules.data_transformation._chosen import side_by_side, taken, the_column
from modules.data_transformation._keys import codes
from modules.data_transformation._side_by_side_sql import beside
from modules.data_transformation._stacking import stacked
from modules.sdk.column import Column
from modules.sdk.declare import module, port
from modules.sdk.errors import ModuleError
from modules.sdk.line import SEVERAL, Known, Line, NoLine, sql, sql_name
from modules.sdk.params import Params, choice, columns, number
from modules.sdk.selection import ColumnSelection
from modules.sdk.storable import storable
from modules.sdk.values import Table

MATCHES = {"last": "The last one up to it", "first": "The first one from it on", "nearest": "The nearest one"}
DIRECTIONS = {"last": "backward", "first": "forward", "nearest": "nearest"}
TIMES = ("datetime", "timedelta", "integer", "float")
DAY_IN = {"s": 86_400, "ms": 86_400_000, "us": 86_400_000_000, "ns": 86_400_000_000_000}


class AsOfParams(Params):
    left_time: ColumnSelection = columns(
        ColumnSelection.none(), "Left time", of="dataset1", single=True, required=True
    )
    right_time: ColumnSelection = columns(
        ColumnSelection.none(), "Right time", of="dataset2", single=True, required=True
    )
    match: Literal["last", "first", "nearest"] = choice("last", "Match", MATCHES)
    within: float = number(0.0, "Within", "Days, or numbers; 0 takes any.", ge=0)
    left_equal_columns: ColumnSelection = columns(
        ColumnSelection.none(), "Equal columns, left", of="dataset1"
    )
    right_equal_columns: ColumnSelection = columns(
        ColumnSelection.none(), "Equal columns, right", of="dataset2"
    )


class AsOfJoined(NamedTuple):
    results_dataset: Annotated[Table, port("Results dataset")]


def line(dataset1: Known, dataset2: Known, params: AsOfParams) -> Line:
    one, two = dataset1.one(params.left_time, "Left time"), dataset2.one(params.right_time, "Right time")
    keys = dataset1.names(params.left_equal_columns), dataset2.names(params.right_equal_columns)
    if len(keys[0]) != len(keys[1]):
        raise NoLine("Choose as many equal columns of the left table as of the right one.")
    if params.match == "nearest" or params.within:
        raise NoLine(SEVERAL)
    sign = ">=" if params.match == "last" else "<="
    equal = (
        f"and t1.{sql_name(a)} is not distinct from t2.{sql_name(b)}" for a, b in zip(*keys, strict=True)
    )
    on = f"t1.{sql_name(one)} {sign} t2.{sql_name(two)}"
    return sql("select", beside(dataset1, dataset2), "from t1 asof left join t2 on", on, *equal)


@module(
    version=1,
    line=line,
    foretells=True,
    synonyms=("merge_asof", "rolling join", "nearest", "time series join", "lookup by date"),
)
def as_of_join(
    dataset1: Annotated[Table, port("Dataset1")],
    dataset2: Annotated[Table, port("Dataset2")],
    params: AsOfParams,
) -> AsOfJoined:
    rows = partner_rows(dataset1, dataset2, params)
    return AsOfJoined(side_by_side(dataset1, (taken(column, rows) for column in dataset2)))


def partner_rows(dataset1: Table, dataset2: Table, params: AsOfParams) -> np.ndarray:
    """The row of the right table for each row of the left one; −1 if there is none."""
    left = the_column(dataset1, params.left_time, "left_time", "Left time")
    right = the_column(dataset2, params.right_time, "right_time", "Right time")
    both = _times(left, right)
    groups = _groups(dataset1, dataset2, params)
    one, two = (
        pd.DataFrame({"time": time, "group": group, "row": np.arange(len(time))})[present].sort_values(
            "time", kind="stable"
        )
        for time, group, present in zip(
            _halves(both.data, len(dataset1)), groups, _present(left, right), strict=True
        )
    )
    matched = pd.merge_asof(
        one,
        two,
        on="time",
        by="group",
        direction=DIRECTIONS[params.match],
        tolerance=_tolerance(both, params.within),
        suffixes=("", "_right"),
    )
    rows = np.full(len(dataset1), -1)
    found = matched["row_right"].notna().to_numpy()
    rows[matched["row"].to_numpy()[found]] = matched["row_right"].to_numpy()[found].astype(np.int64)
    return rows


def _times(left: Column, right: Column) -> Column:
    """Both times, one below the other, in one type."""
    for column, param in ((left, "left_time"), (right, "right_time")):
        if column.type not in TIMES:
            raise ModuleError(
                f"Column {column.name} is {column.type}; an as-of join needs dates or numbers.", param=param
            )
    try:
        return stacked(left, right)
    except ModuleError:
        raise ModuleError(
            f"Left time {left.name} is {left.type} and right time {right.name} is {right.type}, which do not "
            "compare. Edit Metadata can change the type of either.",
            param="right_time",
        ) from None


def _halves(data: pa.ChunkedArray, first: int) -> tuple[np.ndarray, np.ndarray]:
    whole = not pa.types.is_floating(data.type)
    values = (data.cast(pa.int64()).fill_null(0) if whole else data.fill_null(0.0)).to_numpy()
    return values[:first], values[first:]


def _present(left: Column, right: Column) -> tuple[np.ndarray, np.ndarray]:
    return storable(left.data).is_valid().to_numpy(), storable(right.data).is_valid().to_numpy()


def _groups(left: Table, right: Table, params: AsOfParams) -> tuple[np.ndarray, np.ndarray]:
    ones = list(dict.fromkeys(params.left_equal_columns.names(left)))
    twos = list(dict.fromkeys(params.right_equal_columns.names(right)))
    if len(ones) != len(twos):
        raise ModuleError(
            f"{len(ones)} columns of the left table and {len(twos)} of the right one must be equal; choose "
            "as many of one as of the other.",
            param="right_equal_columns",
        )
    if not ones:
        return np.zeros(len(left), dtype=np.int64), np.zeros(len(right), dtype=np.int64)
    keys = [stacked(left.column(a), right.column(b)).data for a, b in zip(ones, twos, strict=True)]
    group, _ = codes(keys)
    return group[: len(left)], group[len(left) :]


def _tolerance(both: Column, within: float) -> int | float | None:
    if not within:
        return None
    unit = getattr(both.data.type, "unit", None)
    if unit:
        return int(within * DAY_IN[unit])
    return within if both.type == "float" else int(within)
