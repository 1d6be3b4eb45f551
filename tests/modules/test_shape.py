"""Shape without code: Group and Aggregate, Pivot, Unpivot, Window Functions, each against pandas."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from modules.data_transformation._aggregating import OF_NUMBERS, OPS
from modules.data_transformation.shape import pivot as pivot_module
from modules.data_transformation.shape.group_and_aggregate import GroupParams, group_and_aggregate
from modules.data_transformation.shape.pivot import PivotParams, pivot
from modules.data_transformation.shape.unpivot import UnpivotParams, unpivot
from modules.data_transformation.shape.window_functions import FUNCTIONS, WindowParams, window_functions
from modules.sdk.errors import ModuleError
from modules.sdk.values import Table
from tests.modules.tables import every_type, rows, types, values

LONG = 2**60 + 1
ODD = 'a "b", ü'
DRAW = np.random.default_rng(3)
FRAME = pd.DataFrame(
    {"g": DRAW.choice(["x", "y", None], 60), "v": DRAW.normal(size=60), "i": DRAW.integers(0, 9, 60)}
)
FRAME.loc[::7, "v"] = np.nan
TABLE = Table.from_frame(FRAME)
PANDAS: dict[str, Any] = {
    "sum": "sum", "mean": "mean", "median": "median", "min": "min", "max": "max", "count": "count",
    "count_rows": "size", "distinct": "nunique", "first": "first", "last": "last",
    "standard_deviation": "std", "variance": "var", "quantile": lambda x: x.quantile(0.25),
    "count_missing": lambda x: x.isna().sum(),
}  # fmt: skip


def grouped(table: Table, keys: Any, *asked: dict[str, Any], **params: Any) -> Table:
    made = GroupParams.model_validate({"group_by": keys, "aggregations": asked, **params})
    return group_and_aggregate(table, made).results_dataset


@pytest.mark.parametrize("op", PANDAS)
def test_a_figure_of_groups_is_that_of_pandas(op: str) -> None:
    done = grouped(TABLE, ["g"], {"column": "v", "op": op, "share": 0.25, "name": "r"})
    wanted = FRAME.groupby("g", dropna=False, sort=False)["v"].agg(PANDAS[op])
    assert values(done, "g") == [None if pd.isna(key) else key for key in wanted.index]
    assert values(done, "r") == pytest.approx(wanted.tolist())


def test_groups_of_long_integers_are_exact() -> None:
    table = Table.from_arrow(pa.table({ODD: [LONG, LONG, LONG + 1], "v": [LONG, 1, LONG]}))
    asked = [{"column": "v", "op": op} for op in ("sum", "max", "list")]
    done = grouped(table, [ODD], *asked)
    assert rows(done) == [
        {ODD: LONG, "Sum(v)": LONG + 1, "Max(v)": LONG, "List(v)": f"{LONG}, 1"},
        {ODD: LONG + 1, "Sum(v)": LONG, "Max(v)": LONG, "List(v)": str(LONG)},
    ]


def test_totals_are_a_last_row() -> None:
    done = grouped(TABLE, ["g"], {"column": "i"}, {"column": "v", "op": "count"}, add_totals=True)
    assert rows(done)[-1] == {"g": None, "Sum(i)": FRAME["i"].sum(), "Count(v)": FRAME["v"].count()}
    whole = grouped(TABLE, [], {"column": "i"})
    assert rows(whole) == [{"Sum(i)": FRAME["i"].sum()}]


@pytest.mark.parametrize("op", OPS)
@pytest.mark.parametrize("name", every_type().names)
def test_every_figure_answers_of_every_type(op: str, name: str) -> None:
    for table in (every_type(), every_type().take(pa.array([], pa.int64()))):
        try:
            done = grouped(table, [name], {"column": name, "op": op})
        except ModuleError as error:
            refused = error.message
            assert op in OF_NUMBERS, refused
            continue
        assert len(done) == (3 if len(table) and name not in ("nothing",) else min(len(done), 1))
        if op in ("min", "max", "first", "last"):
            assert types(done)[f"{OPS[op]}({name})"] == types(table)[name]


def test_no_figure_at_all_gives_the_groups() -> None:
    assert rows(grouped(TABLE, ["g"])) == [{"g": key} for key in values(grouped(TABLE, ["g"]), "g")]
    with pytest.raises(ModuleError, match="Aggregation 1 needs one column"):
        grouped(TABLE, ["g"], {"op": "sum"})


def pivoted(table: Table, **params: Any) -> Table:
    return pivot(table, PivotParams.model_validate(params)).results_dataset


def test_a_pivot_is_that_of_pandas() -> None:
    done = pivoted(TABLE, rows="i", names_from="g", values_from="v", figure="mean")
    frame = FRAME.assign(g=FRAME["g"].fillna("Missing"))
    wanted = frame.pivot_table(index="i", columns="g", values="v", aggfunc="mean")
    assert set(done.names) == {"i", "x", "y", "Missing"}
    for name in ("x", "y", "Missing"):
        found = dict(zip(values(done, "i"), values(done, name), strict=True))
        for key, number in wanted[name].items():
            assert (found[key] is None) == pd.isna(number)
            assert found[key] is None or found[key] == pytest.approx(number)


def test_a_pivot_keeps_types_and_may_write_zeros(monkeypatch: pytest.MonkeyPatch) -> None:
    table = Table.of(k=[1, 1, 2], n=[10, 9, 10], v=[LONG, 2, LONG])
    done = pivoted(table, rows="k", names_from="n", values_from="v", empty_cells_as_0=True)
    assert rows(done) == [{"k": 1, "9": 2, "10": LONG}, {"k": 2, "9": 0, "10": LONG}]
    dates = Table.of(n=["a"], v=[dt.datetime(2020, 1, 1)])
    assert types(pivoted(dates, names_from="n", values_from="v", figure="first")) == {"a": "datetime"}
    monkeypatch.setattr(pivot_module, "MOST_COLUMNS", 1)
    with pytest.raises(ModuleError, match="Column n has 2 different values"):
        pivoted(table, rows="k", names_from="n", values_from="v")


def test_an_unpivot_is_a_melt_row_by_row() -> None:
    frame = pd.DataFrame({"k": ["p", "q"], "a": [1, LONG], "b": [3.5, np.nan], "t": ["u", None]})
    table = Table.from_frame(frame)
    done = unpivot(table, UnpivotParams.model_validate({"columns": ["a", "t"]})).results_dataset
    assert [list(row.values()) for row in rows(done)] == [
        ["p", 3.5, "a", "1"], ["p", 3.5, "t", "u"], ["q", None, "a", str(LONG)], ["q", None, "t", None],
    ]  # fmt: skip
    params = {"columns": ["b"], "leave_out_missing_values": True, "name_column": "k", "value_column": "v"}
    done = unpivot(table, UnpivotParams.model_validate(params)).results_dataset
    assert done.names == ["k", "a", "t", "k (2)", "v"]
    assert values(done, "v") == [3.5]
    assert unpivot(table, UnpivotParams()).results_dataset is table


def windowed(table: Table, *functions: dict[str, Any], **params: Any) -> Table:
    made = WindowParams.model_validate({"functions": functions, **params})
    return window_functions(table, made).results_dataset


WINDOWS: dict[str, Any] = {
    "running_sum": lambda v: v.expanding().sum(), "running_count": lambda v: v.notna().cumsum(),
    "running_mean": lambda v: v.expanding().mean(), "running_min": lambda v: v.expanding().min(),
    "running_max": lambda v: v.expanding().max(), "moving_mean": lambda v: v.rolling(2, min_periods=1).mean(),
    "previous": lambda v: v.shift(2), "next": lambda v: v.shift(-2), "difference": lambda v: v - v.shift(2),
    "change": lambda v: v / v.shift(2) - 1, "share_of_total": lambda v: v / v.sum(),
    "total": lambda v: v * 0 + v.sum(), "group_mean": lambda v: v * 0 + v.mean(),
}  # fmt: skip


@pytest.mark.parametrize("function", WINDOWS)
def test_a_window_function_is_that_of_pandas(function: str) -> None:
    frame = FRAME.assign(i=DRAW.permutation(60), v=DRAW.normal(size=60))
    params: dict[str, Any] = {"group_by": ["g"], "order_by": [{"column": "i", "order": "descending"}]}
    many = {"function": function, "column": "v", "rows": 2, "name": "r"}
    done = values(windowed(Table.from_frame(frame), many, **params), "r")
    ordered = frame.sort_values("i", ascending=False)
    wanted = ordered.groupby("g", dropna=False, group_keys=False)["v"].apply(WINDOWS[function]).sort_index()
    np.testing.assert_allclose(np.array(done, float), wanted.to_numpy(float), rtol=1e-9)


def test_ranks_are_those_of_pandas() -> None:
    for function, method in (("rank", "min"), ("dense_rank", "dense")):
        done = windowed(TABLE, {"function": function}, group_by=["g"], order_by=[{"column": "i"}])
        wanted = FRAME.groupby("g", dropna=False)["i"].rank(method=method)
        assert values(done, FUNCTIONS[function]) == wanted.astype(int).tolist()


def test_a_window_of_long_integers_is_exact_and_keeps_types() -> None:
    table = Table.of(v=[LONG, 1, None], d=[dt.datetime(2020, 1, day) for day in (1, 2, 3)])
    done = windowed(table, {"column": "v"}, {"function": "previous", "column": "d"}, {"column": "v"})
    assert values(done, "Running sum(v)") == [LONG, LONG + 1, LONG + 1]
    assert values(done, "Previous(d)") == [None, dt.datetime(2020, 1, 1), dt.datetime(2020, 1, 2)]
    assert done.names[-1] == "Running sum(v) (2)"
    assert done.column("v") is table.column("v")
    with pytest.raises(ModuleError, match="Running sum needs numbers, but column d is datetime"):
        windowed(table, {"column": "d"})
