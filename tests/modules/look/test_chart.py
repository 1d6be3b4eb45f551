"""A person draws a chart: its figures are those of all rows."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import numpy as np
import pandas as pd
import pytest

from modules.look.charts import chart
from modules.sdk.errors import ModuleError
from modules.sdk.values import Table

RANDOM = np.random.default_rng(0)
N = 20_000
FRAME = pd.DataFrame(
    {
        "n": RANDOM.normal(size=N),
        "city": pd.Categorical(RANDOM.choice(["Oslo", "Rome"], N, p=[0.7, 0.3])),
        "yes": RANDOM.random(N) < 0.25,
        "day": pd.Timestamp("2024-01-01") + pd.to_timedelta(np.arange(N), "min"),
        "word": [f"w{i % 100}" for i in range(N)],
        "flat": 1.0,
    }
).assign(twice=lambda frame: frame["n"] * 2, gaps=lambda frame: frame["n"].where(frame["n"] > 0))
TABLE = Table.from_frame(FRAME)


def drawn(**asked: Any) -> dict[str, Any]:
    found = chart(TABLE, asked)
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    return found


def test_a_histogram_is_numpy_s() -> None:
    found = drawn(kind="histogram", x="gaps", bins=25)
    counts, edges = np.histogram(FRAME["gaps"].dropna(), 25)
    assert found["counts"] == counts.tolist()
    assert found["edges"] == pytest.approx(edges.tolist())
    assert found["missing"] == FRAME["gaps"].isna().sum()


def test_a_log_scale_says_what_it_leaves_out() -> None:
    found = drawn(kind="histogram", x="n", bins=10, log=True)
    assert found["left_out"] == (FRAME["n"] <= 0).sum()
    assert sum(found["counts"]) == (FRAME["n"] > 0).sum()
    ratios = np.divide(found["edges"][1:], found["edges"][:-1])
    assert ratios == pytest.approx(ratios[0])


def test_a_box_for_each_category() -> None:
    found = drawn(kind="box", x="city", y="n")["boxes"]
    assert [box["label"] for box in found] == ["Oslo", "Rome"]
    of_oslo = FRAME.loc[FRAME["city"] == "Oslo", "n"]
    q1, median, q3 = of_oslo.quantile([0.25, 0.5, 0.75])
    assert (found[0]["q1"], found[0]["median"], found[0]["q3"]) == pytest.approx((q1, median, q3))
    inside = of_oslo[(of_oslo >= q1 - 1.5 * (q3 - q1)) & (of_oslo <= q3 + 1.5 * (q3 - q1))]
    assert (found[0]["low"], found[0]["high"]) == pytest.approx((inside.min(), inside.max()))
    assert found[0]["beyond"] == len(of_oslo) - len(inside)
    assert drawn(kind="box", x="n", y="city")["boxes"] == found


def test_few_rows_are_points_and_many_a_density() -> None:
    few = drawn(kind="scatter", x="n", y="twice", filter=[{"column": "n", "op": "gt", "value": 2}])
    assert len(few["points"]) == few["count"] == (FRAME["n"] > 2).sum()
    many = drawn(kind="scatter", x="n", y="twice")
    assert sum(cell[2] for cell in many["density"]["cells"]) == N
    assert many["correlation"] == pytest.approx(1)
    assert drawn(kind="scatter", x="n", y="flat")["correlation"] is None


def test_bars_count_and_measure() -> None:
    found = drawn(kind="bar", x="city", y="n", measure="mean")["bars"]
    expected = FRAME.groupby("city", observed=True)["n"].mean()
    assert {bar["label"]: bar["value"] for bar in found} == pytest.approx(expected.to_dict())
    words = drawn(kind="bar", x="word")
    assert (len(words["bars"]), words["distinct"], words["other"]) == (30, 100, N * 70 // 100)
    assert [bar["label"] for bar in drawn(kind="bar", x="yes")["bars"]] == [False, True]


def test_a_line_over_time() -> None:
    found = drawn(kind="line", x="day", y="n", bins=20)["bins"]
    assert [part["count"] for part in found] == [N // 20] * 20
    assert found[0]["mean"] == pytest.approx(FRAME["n"][: N // 20].mean())
    assert found[0]["from"] == pd.Timestamp("2024-01-01").timestamp() * 1000


def test_a_cross_table() -> None:
    found = drawn(kind="cross", x="city", y="yes")
    expected = pd.crosstab(FRAME["yes"], FRAME["city"])
    assert found["x_labels"] == ["Oslo", "Rome"]
    assert found["counts"] == expected[["Oslo", "Rome"]].to_numpy().tolist()


def test_correlations_take_each_pair_s_own_rows() -> None:
    found = drawn(kind="correlation")
    expected = FRAME[found["columns"]].corr()
    assert found["columns"] == ["n", "flat", "twice", "gaps"]
    for row, name in zip(found["matrix"], found["columns"], strict=True):
        for value, other in zip(row, found["columns"], strict=True):
            if "flat" in (name, other):
                assert value is None
            else:
                assert value == pytest.approx(expected.loc[name, other], abs=1e-9)


@pytest.mark.parametrize("kind", ["histogram", "box", "line", "bar"])
def test_nothing_to_draw_is_no_error(kind: str) -> None:
    nothing = [{"column": "n", "op": "gt", "value": 99}]
    assert drawn(kind=kind, x="n" if kind != "bar" else "city", filter=nothing)["rows"] == 0


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"kind": "pie"}, "is not a chart"),
        ({"kind": "histogram", "x": "gone"}, "no column 'gone'"),
        ({"kind": "histogram", "x": "city"}, "needs numbers"),
        ({"kind": "scatter", "x": "n"}, "needs a column y"),
    ],
)
def test_what_cannot_be_drawn_is_said(asked: dict[str, Any], said: str) -> None:
    with pytest.raises(ModuleError, match=said):
        chart(TABLE, asked)


@pytest.mark.parametrize("value", [2**60, 2**64 - 1, 1e300, 0.0, -(2**62)])
def test_one_value_alone_is_drawn_however_large(value: float) -> None:
    table = Table.from_frame(pd.DataFrame({"x": [value] * 3, "y": [1.0, 2.0, 3.0]}))
    assert sum(chart(table, {"kind": "histogram", "x": "x"})["counts"]) == 3
    assert [bin["count"] for bin in chart(table, {"kind": "line", "x": "x", "y": "y"})["bins"]] == [3]


def test_bars_of_days_have_no_midnights_and_dates_have_no_sum() -> None:
    days = [dt.datetime(2024, 1, 1), dt.datetime(2024, 1, 1), dt.datetime(2024, 1, 2)]
    table = Table.of(day=days, k=["a", "b", "b"])
    assert [bar["label"] for bar in chart(table, {"kind": "bar", "x": "day"})["bars"]] == [
        "2024-01-01",
        "2024-01-02",
    ]
    mean = chart(table, {"kind": "bar", "x": "k", "y": "day", "measure": "mean"})["bars"]
    assert {bar["label"]: bar["value"] for bar in mean} == {"a": 1704067200000, "b": 1704110400000}
    with pytest.raises(ModuleError, match="dates have no sum"):
        chart(table, {"kind": "bar", "x": "k", "y": "day", "measure": "sum"})
