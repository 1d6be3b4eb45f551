"""Join Data

Brings the rows of two tables together where their keys are equal.

**Join key columns** of the left (*Dataset1*) and the right table (*Dataset2*) are compared pair by
pair, so there must be as many of them. A missing key equals nothing, not even another missing one.
Integers and floats may be compared; other types must be alike. Without **Match case**, `Ann` equals
`ANN`.

**Join type**

- *Inner join*: the rows that have a partner.
- *Left outer join*: all rows of the left table; without a partner, the right columns are missing.
- *Full outer join*: also the rows of the right table without a partner, at the end.
- *Left semi join*: the rows of the left table that have a partner, once each, and only its columns.

The rows come in the order of the left table, partners in the order of the right one. A name that is
taken gets ` (2)`. Without **Keep right key columns**, only the left keys remain; in a full outer join
they take the right table's value where the left has none.

>>> left, right = Table.of(k=[1, 2], a=["x", "y"]), Table.of(k=[2, 3], b=["p", "q"])
>>> keys = ColumnSelection.of("k")
>>> params = JoinParams(join_key_columns_for_l=keys, join_key_columns_for_r=keys)
>>> join_data(left, right, params).results_dataset.arrow().to_pylist()
[{'k': 2, 'a': 'y', 'k (2)': 2, 'b': 'p'}]
"""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from modules.data_transformation._chosen import taken
from modules.data_transformation._matching import Matches, match_rows
from modules.data_transformation._side_by_side_sql import beside
from modules.data_transformation._together import Pair, as_numbers, as_times
from modules.sdk.casting import uncategorical
from modules.sdk.column import Column
from modules.sdk.declare import module, port
from modules.sdk.errors import ModuleError
from modules.sdk.frames import unique_names
from modules.sdk.line import SEVERAL, Known, Line, NoLine, one_of, sql, sql_name
from modules.sdk.params import Params, choice, columns, toggle
from modules.sdk.selection import ColumnSelection
from modules.sdk.values import Table

TYPES = {
    "inner": "Inner join",
    "left_outer": "Left outer join",
    "full_outer": "Full outer join",
    "left_semi": "Left semi join",
}

JOINS = {"inner": "join", "left_outer": "left join", "full_outer": "full join"}


class JoinParams(Params):
    join_key_columns_for_l: ColumnSelection = columns(
        ColumnSelection.none(), "Join key columns for L", "In the left table.", of="dataset1", required=True
    )
    join_key_columns_for_r: ColumnSelection = columns(
        ColumnSelection.none(), "Join key columns for R", "In the right table.", of="dataset2", required=True
    )
    match_case: bool = toggle(True, "Match case", "Whether Ann and ANN differ.")
    join_type: Literal["inner", "left_outer", "full_outer", "left_semi"] = choice("inner", "Join type", TYPES)
    keep_right_key_columns: bool = toggle(
        True,
        "Keep right key columns in joined table",
        shown_when={"join_type": ["inner", "left_outer", "full_outer"]},
    )


class Joined(NamedTuple):
    results_dataset: Annotated[Table, port("Results dataset")]


def line(dataset1: Known, dataset2: Known, params: JoinParams) -> Line:
    ones, twos = dataset1.names(params.join_key_columns_for_l), dataset2.names(params.join_key_columns_for_r)
    if not ones or len(ones) != len(twos):
        raise NoLine("Choose key columns of both tables, each with its partner.")
    if not params.match_case:
        one_of(dataset1, ones, "string", "categorical")
    said = ((f"t1.{sql_name(a)}", f"t2.{sql_name(b)}") for a, b in zip(ones, twos, strict=True))
    on = " and ".join(f"{a} = {b}" if params.match_case else f"lower({a}) = lower({b})" for a, b in said)
    if params.join_type == "left_semi":
        return sql("select * from t1 semi join t2 on", on)
    if not params.keep_right_key_columns and params.join_type == "full_outer":
        raise NoLine(SEVERAL)
    without = () if params.keep_right_key_columns else twos
    return sql("select", beside(dataset1, dataset2, without), "from t1", JOINS[params.join_type], "t2 on", on)


@module(version=1, line=line, foretells=True, synonyms=("merge", "lookup", "vlookup", "inner", "outer"))
def join_data(
    dataset1: Annotated[Table, port("Dataset1")],
    dataset2: Annotated[Table, port("Dataset2")],
    params: JoinParams,
) -> Joined:
    left_keys = _keys(dataset1, params.join_key_columns_for_l, "L", "join_key_columns_for_l")
    right_keys = _keys(dataset2, params.join_key_columns_for_r, "R", "join_key_columns_for_r")
    if len(left_keys) != len(right_keys):
        raise ModuleError(
            f"The left table has {len(left_keys)} key columns and the right one {len(right_keys)}; "
            "each key needs its partner.",
            param="join_key_columns_for_r",
        )
    pairs = [
        (dataset1.column(one), dataset2.column(two)) for one, two in zip(left_keys, right_keys, strict=True)
    ]
    matches = match_rows(pairs, match_case=params.match_case)
    if params.join_type == "left_semi":
        rows = np.unique(matches.left)
        return Joined(Table.from_columns((taken(column, rows) for column in dataset1), len(rows)))
    matches = _outer(matches, params.join_type, len(dataset1), len(dataset2))
    left = [taken(column, matches.left) for column in dataset1]
    right = [(column.name, taken(column, matches.right)) for column in dataset2]
    if not params.keep_right_key_columns:
        partners = dict(zip(left_keys, right_keys, strict=True))
        found = dict(right)
        left = [
            _filled(column, found[partners[column.name]]) if column.name in partners else column
            for column in left
        ]
        right = [(name, column) for name, column in right if name not in right_keys]
    together = [*left, *(column for _, column in right)]
    names = unique_names(column.name for column in together)
    named = (column.renamed(name) for column, name in zip(together, names, strict=True))
    return Joined(Table.from_columns(named, len(matches.left)))


def _keys(table: Table, selection: ColumnSelection, side: str, param: str) -> list[str]:
    names = selection.names(table)
    if not names:
        raise ModuleError(f"Choose the join key columns for {side}.", param=param)
    return names


def _outer(matches: Matches, kind: str, left_rows: int, right_rows: int) -> Matches:
    """The matches with the rows that have none, −1 standing for the partner they lack."""
    left, right = matches
    if kind in ("left_outer", "full_outer"):
        alone = np.setdiff1d(np.arange(left_rows), left)
        left, right = np.concatenate([left, alone]), np.concatenate([right, np.full(len(alone), -1)])
        order = np.argsort(left, kind="stable")
        left, right = left[order], right[order]
    if kind == "full_outer":
        alone = np.setdiff1d(np.arange(right_rows), right)
        left, right = np.concatenate([left, np.full(len(alone), -1)]), np.concatenate([right, alone])
    return Matches(left, right)


def _filled(left: Column, right: Column) -> Column:
    """The left key, with the right one's value where there was no left row."""
    if not left.data.null_count:
        return left
    mine, theirs = uncategorical(left).data, uncategorical(right).data
    if mine.type != theirs.type:
        mine, theirs = _alike(left.name, mine, theirs)
    return Column(left.name, pc.coalesce(mine, theirs))


def _alike(name: str, mine: pa.ChunkedArray, theirs: pa.ChunkedArray) -> Pair:
    """Both keys in one type; the rows were matched already, so their types go together."""
    empty = next((data for data in (mine, theirs) if data.null_count == len(data)), None)
    if empty is not None:
        to = theirs.type if empty is mine else mine.type
        nothing = pa.chunked_array([pa.nulls(len(empty), to)])
        return (nothing, theirs) if empty is mine else (mine, nothing)
    if pa.types.is_timestamp(mine.type) or pa.types.is_duration(mine.type):
        return as_times(name, mine, theirs)
    return as_numbers(name, mine, theirs)
