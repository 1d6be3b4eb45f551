"""A person pages through a table, sorts it and filters it."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from modules.look.look_memory import LookMemory
from modules.look.pages import page
from modules.look.summaries import summary
from modules.sdk.errors import ModuleError
from modules.sdk.values import Table

INF = float("inf")
SIZES = pd.CategoricalDtype(["small", "mid", "large"], ordered=True)
TABLE = Table.from_frame(
    pd.DataFrame(
        {
            "i": pd.array([3, None, 1, 2**60], dtype="Int64"),
            "f": [1.5, None, INF, -INF],
            "s": ["b", "Ä", None, "a"],
            "b": [True, None, False, True],
            "d": pd.to_datetime(
                ["2024-01-02", None, "2024-01-01T10:00:00.5", "1800-05-06"], format="ISO8601"
            ),
            "z": pd.to_datetime(
                ["2024-01-02T12:00:00+02:00", None, "2024-01-01T00:00Z", "2023-01-01T00:00Z"],
                format="ISO8601",
                utc=True,
            ),
            "t": pd.to_timedelta(["1 days 02:03:04", None, "-1s", "0s"]),
            "c": pd.Categorical(["mid", None, "large", "small"], dtype=SIZES),
            "x": [b"\x00\xff", None, bytes(40), b""],
        }
    )
)


def column(name: str, **options) -> list:
    """One column of the page."""
    return [row[0] for row in page(TABLE.select([name]), 0, 10, **options)["rows"]]


def passing(name: str, op: str, value: object = None) -> list:
    found = page(TABLE, 0, 10, filters=[{"column": name, "op": op, "value": value}])
    at = TABLE.names.index(name)
    assert found["total"] == len(found["rows"])
    return [row[at] for row in found["rows"]]


def test_a_page_is_json() -> None:
    found = page(TABLE, 0, 2)
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    assert found["total"] == 4
    assert found["columns"][:2] == [{"name": "i", "type": "integer"}, {"name": "f", "type": "float"}]
    assert found["rows"][1] == [None, None, "Ä", *[None] * 6]


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("i", [3, None, 1, 2**60]),
        ("f", [1.5, None, "Infinity", "-Infinity"]),
        ("s", ["b", "Ä", None, "a"]),
        ("b", [True, None, False, True]),
        ("d", ["2024-01-02T00:00:00", None, "2024-01-01T10:00:00.500000", "1800-05-06T00:00:00"]),
        ("z", ["2024-01-02T10:00:00Z", None, "2024-01-01T00:00:00Z", "2023-01-01T00:00:00Z"]),
        ("t", ["1 days 02:03:04", None, "-1 days +23:59:59", "0 days 00:00:00"]),
        ("c", ["mid", None, "large", "small"]),
        ("x", ["0x00ff", None, "0x" + "00" * 32 + "… (40 bytes)", "0x"]),
    ],
)
def test_values_as_json_has_them(name: str, values: list) -> None:
    assert column(name) == values


def test_small_floats_show_their_own_digits_and_long_text_is_cut() -> None:
    table = Table.from_arrow(pa.table({"f": pa.array([0.1], pa.float32()), "s": ["x" * 20_000]}))
    assert page(table, 0, 1)["rows"] == [[0.1, "x" * 10_000 + "… (20,000 characters)"]]


@pytest.mark.parametrize(
    ("offset", "limit", "values"),
    [(0, 2, [0, 1]), (8, 5, [8, 9]), (10, 5, []), (99, 5, []), (3, 0, [])],
)
def test_pages(offset: int, limit: int, values: list) -> None:
    found = page(Table.of(x=list(range(10))), offset, limit)
    assert ([row[0] for row in found["rows"]], found["total"]) == (values, 10)
    ordered = page(Table.of(x=list(range(10))), offset, limit, "x")
    assert [row[0] for row in ordered["rows"]] == values


def test_a_table_without_columns_still_has_rows() -> None:
    assert page(Table((), 3), 1, 10) == {"columns": [], "rows": [[], []], "total": 3}


@pytest.mark.parametrize(
    ("name", "up", "down"),
    [
        ("i", [1, 3, 2**60, None], [2**60, 3, 1, None]),
        ("f", ["-Infinity", 1.5, "Infinity", None], None),
        ("s", ["a", "b", "Ä", None], ["Ä", "b", "a", None]),
        ("b", [False, True, True, None], None),
        ("t", ["-1 days +23:59:59", "0 days 00:00:00", "1 days 02:03:04", None], None),
        ("c", ["small", "mid", "large", None], ["large", "mid", "small", None]),
        ("x", ["0x", "0x" + "00" * 32 + "… (40 bytes)", "0x00ff", None], None),
    ],
)
def test_sorting_up_and_down_missing_last(name: str, up: list, down: list | None) -> None:
    assert column(name, sort=name) == up
    assert column(name, sort=f"-{name}") == (down or [*up[-2::-1], None])


def test_categories_without_an_order_sort_by_their_text() -> None:
    table = Table.from_frame(pd.DataFrame({"c": pd.Categorical(["b", "a", None, "b"], ["b", "a"])}))
    assert [row[0] for row in page(table, 0, 9, "c")["rows"]] == ["a", "b", "b", None]


def test_a_column_may_be_called_minus() -> None:
    assert page(Table.of(**{"-x": [2, 1]}), 0, 9, "-x")["rows"] == [[1], [2]]


@pytest.mark.parametrize(
    ("name", "op", "value", "expected"),
    [
        ("i", "eq", 3, [3]),
        ("i", "eq", "3", [3]),
        ("i", "ne", 3, [1, 2**60]),
        ("i", "lt", 2.5, [1]),
        ("i", "ge", 2**60, [2**60]),
        ("i", "gt", 2**60, []),
        ("i", "in", [1, "3"], [3, 1]),
        ("i", "lt", 10**30, [3, 1, 2**60]),
        ("i", "contains", 1, [1, 2**60]),
        ("i", "in", [], []),
        ("i", "ge", 2.5, [3, 2**60]),
        ("i", "eq", 2.5, []),
        ("i", "ne", 2.5, [3, 1, 2**60]),
        ("i", "gt", "-inf", [3, 1, 2**60]),
        ("i", "ge", "inf", []),
        ("i", "lt", 2.0**62, [3, 1, 2**60]),
        ("f", "gt", 1, [1.5, "Infinity"]),
        ("f", "eq", "inf", ["Infinity"]),
        ("f", "le", "1.5", [1.5, "-Infinity"]),
        ("s", "eq", "a", ["a"]),
        ("s", "contains", "ä", ["Ä"]),
        ("s", "gt", "a", ["b", "Ä"]),
        ("s", "missing", None, [None]),
        ("s", "present", None, ["b", "Ä", "a"]),
        ("s", "contains", ".", []),
        ("b", "eq", True, [True, True]),
        ("b", "eq", "false", [False]),
        ("b", "contains", "tr", [True, True]),
        ("d", "ge", "2024-01-01", ["2024-01-02T00:00:00", "2024-01-01T10:00:00.500000"]),
        ("d", "lt", "2024-01-02T01:00:00+02:00", ["2024-01-01T10:00:00.500000", "1800-05-06T00:00:00"]),
        ("d", "contains", "2024", ["2024-01-02T00:00:00", "2024-01-01T10:00:00.500000"]),
        ("z", "eq", "2024-01-02T10:00:00", ["2024-01-02T10:00:00Z"]),
        ("z", "gt", "2024-01-02T11:00:00+02:00", ["2024-01-02T10:00:00Z"]),
        ("t", "gt", "0 days", ["1 days 02:03:04"]),
        ("t", "le", "-00:00:01", ["-1 days +23:59:59"]),
        ("c", "gt", "small", ["mid", "large"]),
        ("c", "eq", "mid", ["mid"]),
        ("c", "eq", "huge", []),
        ("c", "in", ["mid", "small"], ["mid", "small"]),
        ("c", "contains", "MI", ["mid"]),
        ("x", "eq", "0x00ff", ["0x00ff"]),
    ],
)
def test_filters(name: str, op: str, value: object, expected: list) -> None:
    assert passing(name, op, value) == expected


def test_filters_add_up_and_go_with_sorting_and_paging() -> None:
    table = Table.of(x=list(range(100)), even=[x % 2 == 0 for x in range(100)])
    rules = [{"column": "even", "op": "eq", "value": True}, {"column": "x", "op": "ge", "value": 50}]
    found = page(table, 1, 2, "-x", rules)
    assert (found["rows"], found["total"]) == ([[96, True], [94, True]], 25)


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ({"column": "q", "op": "eq", "value": 1}, "There is no column 'q' in this table"),
        ({"column": "i", "op": "like", "value": 1}, "'like' is not a filter; there are eq, ne, lt"),
        (
            {"column": "i", "op": "gt", "value": "abc"},
            "column 'i' is integer: 'gt' needs a number, not 'abc'",
        ),
        ({"column": "i", "op": "eq"}, "'eq' needs a value; use \"missing\""),
        ({"column": "i", "op": "in", "value": 3}, "'in' needs a list of values, not 3"),
        ({"column": "b", "op": "eq", "value": "maybe"}, "needs true or false, not 'maybe'"),
        ({"column": "d", "op": "eq", "value": "soon"}, "needs a date or time like 2024-05-31"),
        ({"column": "t", "op": "eq", "value": "long"}, "needs a duration like"),
        ({"column": "c", "op": "gt", "value": "huge"}, "needs one of its categories: small, mid, large"),
        ({"op": "eq"}, 'a filter needs "column" and "op"'),
        ("x", 'a filter needs "column" and "op"'),
    ],
)
def test_a_filter_that_does_not_fit_says_what_would(rule: Any, sentence: str) -> None:
    with pytest.raises(ModuleError) as caught:
        page(TABLE, 0, 10, filters=[rule])
    assert sentence.lower() in caught.value.message.lower()


def test_an_unknown_sort_column_is_named() -> None:
    with pytest.raises(ModuleError, match="no column 'q'"):
        page(TABLE, 0, 10, "-q")


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.none() | st.integers(0, 5), max_size=40),
    st.booleans(),
    st.integers(0, 10),
    st.integers(0, 10),
)
def test_sorting_is_stable_on_every_page(values: list, down: bool, offset: int, limit: int) -> None:
    table = Table.from_arrow(pa.table({"x": pa.array(values, pa.int64()), "at": list(range(len(values)))}))
    present = [(value, at) for at, value in enumerate(values) if value is not None]
    present.sort(key=lambda pair: -pair[0] if down else pair[0])
    expected = present + [(None, at) for at, value in enumerate(values) if value is None]
    found = page(table, offset, limit, "-x" if down else "x")
    assert found["rows"] == [list(pair) for pair in expected[offset : offset + limit]]


def test_times_beyond_pandas_are_shown() -> None:
    table = Table.from_arrow(pa.table({"d": pa.array([dt.datetime(9999, 12, 31)], pa.timestamp("s"))}))
    assert page(table, 0, 1)["rows"] == [["9999-12-31T00:00:00"]]


@pytest.mark.parametrize("down", [False, True])
@pytest.mark.parametrize(
    "values", [["b", None, "a", "Ä"], [2, None, -(2**63), 2**63 - 1], [0.5, None, INF, -INF]]
)
def test_a_page_far_down_keeps_equal_rows_in_their_order(values: list, down: bool) -> None:
    many = (values * 4000)[:-1]
    table = Table.of(x=pd.array(many) if isinstance(values[0], int) else many, row=range(len(many)))
    rows = page(table, len(many) - 6000, 10, "-x" if down else "x")["rows"]
    frame = pd.DataFrame({"x": table.frame()["x"], "row": range(len(many))})
    expected = frame.sort_values("x", kind="stable", ascending=not down)["row"].tolist()
    assert [row[1] for row in rows] == expected[len(many) - 6000 :][:10]


def test_what_is_kept_of_a_page_serves_the_next_one_only_where_it_fits() -> None:
    table, kept = Table.of(x=[3, 1, 2] * 100, t=["a", "b", "c"] * 100), LookMemory()
    for query in (
        {"sort": "x"},
        {"sort": "x", "offset": 290},
        {"sort": "-x", "offset": 290},
        {"sort": "-x", "search": "b"},
        {"search": "b"},
        {"filters": [{"column": "x", "op": "eq", "value": 2}], "search": "b"},
        {"filters": [{"column": "x", "op": "eq", "value": 2}]},
        {},
    ):
        asked = {"offset": 0, "limit": 5} | query
        assert page(table, **asked, kept=kept) == page(table, **asked)


def test_a_short_float_is_found_by_what_its_cell_shows() -> None:
    table = Table.from_frame(pd.DataFrame({"f": np.array([0.1, 0.2, 3.4e38], "float32")}))
    found = page(table, 0, 10, filters=[{"column": "f", "op": "eq", "value": 0.1}])
    assert found["rows"] == [[0.1]]
    assert page(table, 0, 10, filters=[{"column": "f", "op": "lt", "value": 1e300}])["total"] == 3


def test_a_column_is_sorted_by_whatever_its_name() -> None:
    table = Table.from_frame(pd.DataFrame({"x": [1, 2, 3], "-x": [1, 3, 2], "": [2, 1, 3]}))

    def firsts(**asked: object) -> list:
        return [row[0] for row in page(table, 0, 10, **asked)["rows"]]

    assert firsts(sort="-x") == [1, 3, 2]
    assert firsts(sort="x", descending=True) == [3, 2, 1]
    assert firsts(sort="-x", descending=True) == [2, 3, 1]
    assert firsts(sort="", descending=False) == [2, 1, 3]


def test_columns_of_days_are_named() -> None:
    midnight, later = dt.datetime(2024, 1, 1), dt.datetime(2024, 1, 2, 8)
    zoned = pa.array([0, None, 86_400_000], pa.timestamp("ms", "Europe/Oslo"))
    table = Table.from_arrow(
        pa.table({
            "day": [midnight, None, midnight], "time": [midnight, None, later], "zoned": zoned,
            "none": pa.nulls(3, pa.timestamp("us")), "n": [1, 2, 3],
        })
    )  # fmt: skip
    assert page(table, 0, 1)["days"] == ["day", "zoned"]
    assert "days" not in page(table.select(["time", "n"]), 0, 3)
    days = {column["name"]: column.get("days") for column in summary(table)["columns"]}
    assert days == {"day": True, "time": None, "zoned": True, "none": None, "n": None}


def test_a_time_far_down_is_seen() -> None:
    counts = np.zeros(200_000, np.int64)
    counts[-1] = 1
    table = Table.from_arrow(pa.table({"t": pa.array(counts, pa.timestamp("us"))}))
    assert "days" not in page(table, 0, 1)
