"""A script gets a frame and returns one: what it was given comes back as it was."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from modules.sdk.column import Column
from modules.sdk.columns import open_column, private_values, write_column
from modules.sdk.values import Table

NAT = pd.NaT
CATEGORY = pd.CategoricalDtype(["low", "mid", "high"], ordered=True)
INT_CATEGORY = pd.CategoricalDtype(pd.Index([3, 1, 2], dtype="int8"))
STAMPS = ["2024-01-01T10:00:00", "1969-12-31T23:59:59", "2300-06-05T00:00:00"]

DTYPES = [
    *(
        pytest.param(pd.Series([1, 0, 100], dtype=t), t, id=t)
        for t in ("int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64")
    ),
    *(pytest.param(pd.Series([1.5, None, -0.0], dtype=t), t, id=t) for t in ("float32", "float64")),
    pytest.param(pd.Series([1.5, np.inf, -np.inf]), "float64", id="infinite"),
    *(
        pytest.param(pd.Series([1, None, 100], dtype=t), t, id=f"{t} with missing")
        for t in ("Int8", "Int16", "Int32", "Int64", "UInt8", "UInt32", "UInt64", "Float32", "Float64")
    ),
    *(pytest.param(pd.Series([1, 2, 100], dtype=t), t, id=f"{t} complete") for t in ("Int64", "Float64")),
    pytest.param(pd.Series([2**63 - 1, -(2**63), None], dtype="Int64"), "Int64", id="huge Int64"),
    pytest.param(pd.Series([True, False, True]), "bool", id="bool"),
    pytest.param(pd.Series([True, None, False], dtype=object), "object", id="bool with missing"),
    pytest.param(pd.Series([True, None, False], dtype="boolean"), "boolean", id="boolean"),
    pytest.param(pd.Series(["a", None, "süß 🎈"]), "str", id="str"),
    pytest.param(pd.Series(["", "\x00", "a\nb"]), "str", id="odd str"),
    pytest.param(pd.Series(["a", None, ""], dtype="string"), "string", id="string"),
    *(
        pytest.param(pd.Series(STAMPS).astype(f"M8[{u}]"), f"datetime64[{u}]", id=f"datetime {u}")
        for u in ("s", "ms", "us")
    ),
    pytest.param(
        pd.Series(["2024-01-01", None, "1969-01-01"]).astype("M8[ns]"),
        "datetime64[ns]",
        id="datetime with missing",
    ),
    pytest.param(
        pd.Series(pd.to_datetime(["2024-01-01", None], utc=True)).astype("M8[us, UTC]"),
        "datetime64[us, UTC]",
        id="UTC with missing",
    ),
    pytest.param(
        pd.Series(pd.to_datetime(["2024-07-01", "2024-01-01"]))
        .astype("M8[ms]")
        .dt.tz_localize("Europe/Berlin"),
        "datetime64[ms, Europe/Berlin]",
        id="zone",
    ),
    pytest.param(
        pd.Series(pd.to_timedelta(["1 day", None, "-3s"])).astype("m8[ms]"),
        "timedelta64[ms]",
        id="timedelta with missing",
    ),
    pytest.param(
        pd.Series(pd.to_timedelta(["1 day", "5us"])).astype("m8[ns]"), "timedelta64[ns]", id="timedelta"
    ),
    pytest.param(pd.Series(["mid", None, "low"], dtype=CATEGORY), CATEGORY, id="ordered categories"),
    pytest.param(pd.Series([1, 3, None], dtype=INT_CATEGORY), INT_CATEGORY, id="integer categories"),
    pytest.param(pd.Series([b"\x00\xff", None, b""]), "object", id="binary"),
    pytest.param(pd.Series([1, None], dtype="int64[pyarrow]"), "int64[pyarrow]", id="pyarrow integer"),
    pytest.param(pd.Series(["a", None], dtype="string[pyarrow]"), "string", id="pyarrow string"),
]


def there_and_back(frame: pd.DataFrame, like: list[Table] = []) -> pd.DataFrame:  # noqa: B006
    return Table.from_frame(frame, like).frame()


def stored(table: Table, folder: Path) -> Table:
    """The table as a node finds it: each column in a file, known by an origin."""
    columns = []
    for at, column in enumerate(table):
        write_column(column.data, folder / str(at))
        columns.append(Column(column.name, open_column(folder / str(at)), column.pandas, f"origin {at}"))
    return Table.from_columns(columns, table.rows)


@pytest.mark.parametrize(("series", "dtype"), DTYPES)
def test_a_dtype_survives(series: pd.Series, dtype: object, tmp_path: Path) -> None:
    table = stored(Table.from_frame(series.to_frame("x")), tmp_path)
    back = table.frame()["x"]
    pd.testing.assert_series_equal(back, series, check_names=False, check_freq=False)
    assert back.dtype == dtype
    again = Table.from_frame(table.frame(), [table])
    assert again.column("x") is table.column("x")


@pytest.mark.parametrize(("series", "dtype"), DTYPES)
def test_a_dtype_survives_without_rows(series: pd.Series, dtype: object) -> None:
    back = there_and_back(series.iloc[:0].to_frame("x"))
    if dtype != "object":
        assert back["x"].dtype == series.dtype
    assert back.shape == (0, 1)


@pytest.mark.parametrize(("series", "dtype"), DTYPES)
def test_a_column_can_be_changed_in_place(series: pd.Series, dtype: object, tmp_path: Path) -> None:
    table = stored(Table.from_frame(series.to_frame("x")), tmp_path)
    frame = table.frame()
    frame.loc[0, "x"] = series[1] if series[1] is not None else pd.NA
    back = Table.from_frame(frame, [table])
    assert table.frame()["x"].equals(series)
    if not series[:1].reset_index(drop=True).equals(series[1:2].reset_index(drop=True)):
        assert back.column("x").origin is None


@pytest.mark.parametrize("dtype", ["int64", "int8", "float64", "float32", "M8[us]", "m8[ns]"])
def test_a_large_column_is_changed_without_touching_its_file(dtype: str, tmp_path: Path) -> None:
    values = (np.arange(600_000) % 100).astype("int64").astype(dtype)
    table = stored(Table.from_frame(pd.DataFrame({"x": values, "y": values})), tmp_path)
    before = (tmp_path / "0").read_bytes()
    frame, other = table.frame(), table.frame()
    frame.loc[599_999, "x"] = values[7]
    assert Table.from_frame(frame, [table]).column("x").origin is None
    assert Table.from_frame(frame, [table]).column("y") is table.column("y")
    assert Table.from_frame(frame, [table]).frame()["x"].iloc[-1] == pd.Series(values)[7]
    assert other["x"].iloc[-1] == pd.Series(values).iloc[-1] != pd.Series(values)[7]
    assert (tmp_path / "0").read_bytes() == before
    frame.loc[599_999, "x"] = values[-1]  # changed back: equal again
    assert Table.from_frame(frame, [table]).column("x") is table.column("x")


def test_a_large_column_is_not_copied(tmp_path: Path) -> None:
    table = stored(Table.from_frame(pd.DataFrame({"x": np.arange(600_000.0)})), tmp_path)
    part = table.column("x").data.slice(100, 50)
    mine = private_values(part, np.dtype("f8"))
    assert mine is not None
    assert mine.tolist() == part.to_pylist()
    assert mine.flags.writeable


def test_reordered_and_cut_columns_are_new_ones(tmp_path: Path) -> None:
    table = stored(Table.from_frame(pd.DataFrame({"x": np.arange(600_000.0)})), tmp_path)
    frame = table.frame()
    assert Table.from_frame(frame.iloc[::-1], [table]).column("x").origin is None
    assert Table.from_frame(frame.iloc[:500_000], [table]).column("x").origin is None
    assert Table.from_frame(frame.copy(), [table]).column("x") is table.column("x")


def test_minus_zero_is_not_zero() -> None:
    table = Table.of(x=[0.0, 1.0])
    back = Table.from_frame(pd.DataFrame({"x": [-0.0, 1.0]}), [table])
    assert back.column("x") is not table.column("x")


@pytest.mark.parametrize(
    ("values", "dtype"),
    [
        ([1, None], "float64"),
        ([2**53, None], "float64"),
        ([2**53 + 1, None], "Int64"),
        ([-(2**53) - 1, None], "Int64"),
        ([None, None], "float64"),
        ([1, 2], "int64"),
    ],
)
def test_integers_with_missing_values_arrive_as_pandas_has_them(values: list, dtype: str) -> None:
    table = Table.from_arrow(pa.table({"x": pa.array(values, pa.int64())}))
    frame = table.frame()
    assert frame["x"].dtype == dtype
    back = Table.from_frame(frame.rename(columns={"x": "x"}), [table]).column("x")
    assert back.data.to_pylist() == values
    assert back.data.type == pa.int64()


@pytest.mark.parametrize(
    ("change", "expected", "type"),
    [
        (lambda x: x.fillna(0), [1, 0, 3], "integer"),
        (lambda x: x + 0.5, [1.5, None, 3.5], "float"),
        (lambda x: x * 200, [200, None, 600], "integer"),
        (lambda x: x * 1e300, [1e300, None, 3e300], "float"),
        (lambda x: x[:1], [1], "integer"),
    ],
)
def test_an_integer_column_that_was_a_float_for_its_gaps_is_one_again(change, expected, type) -> None:
    table = Table.from_arrow(pa.table({"x": pa.array([1, None, 3], pa.int8())}))
    back = Table.from_frame(change(table.frame()["x"]).to_frame(), [table]).column("x")
    assert (back.data.to_pylist(), back.type) == (expected, type)


class Rude:
    def __str__(self) -> str:
        raise RuntimeError("no")

    __repr__ = __str__


BERLIN = dt.timezone(dt.timedelta(hours=1))
OBJECTS = [
    ([True, None], "boolean", [True, None], None),
    ([1, None, 2], "integer", [1, None, 2], None),
    ([2**70, 1], "string", [str(2**70), "1"], "64 bits"),
    ([1, 2.5, None], "float", [1, 2.5, None], None),
    ([Decimal("1.5"), None], "float", [1.5, None], None),
    ([Decimal("3"), None], "integer", [3, None], None),
    ([Decimal("1.10"), 2, 2.5, np.int8(4)], "float", [1.1, 2, 2.5, 4], None),
    ([Decimal("12345678901234567890.12"), None], "string", ["12345678901234567890.12", None], "digits"),
    ([Decimal("0.1234567890123456789"), 1], "string", ["0.1234567890123456789", "1"], "digits"),
    ([Decimal("1.5"), Decimal("Infinity"), Decimal("NaN")], "float", [1.5, float("inf"), None], None),
    ([Decimal("1e-90"), Decimal("1e90")], "string", ["1E-90", "1E+90"], "Decimal"),
    ([Decimal("1.5"), "a"], "string", ["1.5", "a"], "1 Decimal, 1 str"),
    ([Fraction(1, 3), 1], "string", ["1/3", "1"], "1 Fraction, 1 int"),
    ([2**64 - 1, None], "integer", [2**64 - 1, None], None),
    (["a", None], "string", ["a", None], None),
    (["\ud800"], "string", ["?"], "invalid characters"),
    ([b"a", None], "binary", [b"a", None], None),
    ([dt.date(2024, 1, 2), None], "datetime", [dt.datetime(2024, 1, 2), None], None),
    (
        [dt.datetime(2024, 1, 2), dt.date(2024, 1, 3)],
        "datetime",
        [dt.datetime(2024, 1, 2), dt.datetime(2024, 1, 3)],
        None,
    ),
    (
        [dt.datetime(2024, 1, 2, tzinfo=dt.UTC), dt.datetime(2024, 1, 2, tzinfo=BERLIN)],
        "datetime",
        [dt.datetime(2024, 1, 2, tzinfo=dt.UTC), dt.datetime(2024, 1, 1, 23, tzinfo=dt.UTC)],
        None,
    ),
    (
        [dt.datetime(2024, 1, 2, tzinfo=dt.UTC), dt.datetime(2024, 1, 2)],
        "string",
        ["2024-01-02 00:00:00+00:00", "2024-01-02 00:00:00"],
        "with and without a time zone",
    ),
    ([[pd.NA, pd.NaT, 1]], "string", ["[null, null, 1]"], "JSON"),
    ([dt.timedelta(days=1), None], "timedelta", [dt.timedelta(days=1), None], None),
    ([1, "a", None], "string", ["1", "a", None], "1 int, 1 str"),
    ([True, 1], "string", ["True", "1"], "mixed"),
    ([[1, 2], {"a": 1}], "string", ["[1, 2]", '{"a": 1}'], "mixed"),
    ([{"a": [1, np.nan], "é": (True, None)}], "string", ['{"a": [1, null], "é": [true, null]}'], "JSON"),
    ([np.array([1.5, 2]), np.array([])], "string", ["[1.5, 2.0]", "[]"], "JSON"),
    ([(dt.date(2024, 1, 2), Decimal("1.5"), np.int64(3))], "string", ['["2024-01-02", "1.5", 3]'], "JSON"),
    ([Rude(), 1], "string", ["<Rude that cannot be shown>", "1"], "mixed"),
    ([dt.time(1, 2)], "string", ["01:02:00"], "type time"),
    (["a", pd.NaT, pd.NA, np.nan], "string", ["a", None, None, None], None),
    ([1, pd.NaT], "integer", [1, None], None),
    ([None, None], "string", [None, None], None),
    ([], "string", [], None),
]


@pytest.mark.parametrize(("values", "type", "expected", "note"), OBJECTS, ids=lambda v: str(type(v)))
def test_a_column_of_objects_becomes_what_all_of_them_are(values, type, expected, note) -> None:
    frame = pd.DataFrame({"x": pd.Series(values, dtype=object)})
    column = Table.from_frame(frame).column("x")
    assert column.type == type
    assert column.data.to_pylist() == expected
    assert (note is None and column.note is None) or note in (column.note or "")


OTHER = [
    (pd.Series(pd.period_range("2024-01", periods=2, freq="M")), "string", ["2024-01", "2024-02"]),
    (pd.Series(pd.interval_range(0, 2)), "string", ["(0, 1]", "(1, 2]"]),
    (pd.cut(pd.Series([1, 5]), [0, 2, 9]), "categorical", ["(0, 2]", "(2, 9]"]),
    (pd.Series([1 + 2j, complex("nan")]), "string", ["(1+2j)", None]),
    (pd.Series([0.0, 1.0], dtype="Sparse[float64]"), "float", [0, 1]),
    (pd.Series([1.5], dtype="float16"), "float", [1.5]),
    (pd.Series(np.array([1.5], dtype="longdouble")), "float", [1.5]),
    (pd.Series(np.array([1, 2], dtype=">i4")), "integer", [1, 2]),
    (pd.Series([Decimal("1.5")], dtype=pd.ArrowDtype(pa.decimal128(5, 2))), "float", [1.5]),
    (pd.Series([[1]], dtype=pd.ArrowDtype(pa.list_(pa.int64()))), "string", ["[1]"]),
    (pd.Series(pd.Categorical([1, "1", 1])), "categorical", ["1", "1", "1"]),
]


@pytest.mark.parametrize(("series", "type", "expected"), OTHER, ids=lambda v: str(getattr(v, "dtype", "")))
def test_dtypes_that_tables_do_not_have_become_the_nearest_one(series, type, expected, tmp_path) -> None:
    table = Table.from_frame(series.to_frame("x"))
    assert table.column("x").type == type
    assert table.column("x").data.to_pylist() == expected
    assert stored(table, tmp_path).frame().shape == (len(series), 1)


@pytest.mark.parametrize(
    ("labels", "names"),
    [
        ([1, 2.5, None], ["1", "2.5", "None"]),
        (["x", "x", "x"], ["x", "x (2)", "x (3)"]),
        (["x", "x", "x (2)"], ["x", "x (3)", "x (2)"]),
        (["x (2)", "x", "x", "x"], ["x (2)", "x", "x (3)", "x (4)"]),
        ([1, "1", True], ["1", "1 (2)", "True"]),
        ([dt.date(2024, 1, 1), ""], ["2024-01-01", ""]),
        ([Rude(), "\ud800"], ["<Rude that cannot be shown>", "?"]),
    ],
)
def test_names_become_text_and_each_its_own(labels: list, names: list[str]) -> None:
    frame = pd.DataFrame([range(len(labels))])
    frame.columns = pd.Index(labels, dtype=object)
    table = Table.from_frame(frame)
    assert table.names == names
    assert table.frame().columns.tolist() == names


def test_labels_that_are_tuples_are_shown_as_such_and_the_index_is_dropped() -> None:
    frame = pd.DataFrame({"g": [1, 1, 2], "v": [1.0, 2.0, 3.0]}).groupby("g").agg({"v": ["mean", "max"]})
    table = Table.from_frame(frame)
    assert table.names == ["('v', 'mean')", "('v', 'max')"]
    assert Table.from_frame(frame.reset_index()).names == ["('g', '')", "('v', 'mean')", "('v', 'max')"]
    assert isinstance(table.frame().index, pd.RangeIndex)
    years = pd.DataFrame([[1]], columns=pd.MultiIndex.from_arrays([np.array([2024]), ["a"]]))
    assert Table.from_frame(years).names == ["(2024, 'a')"]


def test_frames_without_columns_keep_their_rows() -> None:
    assert there_and_back(pd.DataFrame(index=range(3))).shape == (3, 0)
    assert there_and_back(pd.DataFrame()).shape == (0, 0)
    assert len(Table((), 3).frame()) == 3


def test_a_boolean_column_emptied_stays_boolean() -> None:
    table = Table.of(x=[True, None])
    frame = table.frame()
    frame["x"] = None
    assert Table.from_frame(frame, [table]).column("x").type == "boolean"


YEARS = dt.timedelta(days=100_000)
CELLS = {
    "Int64": st.none() | st.integers(-(2**63), 2**63 - 1),
    "float64": st.none() | st.floats(),
    "float32": st.none() | st.floats(width=32),
    "boolean": st.none() | st.booleans(),
    "category": st.none() | st.sampled_from([3, 1, 2]),
    "str": st.none() | st.text(st.characters(exclude_categories=["Cs"])),
    "datetime64[us]": st.none() | st.datetimes(),
    "timedelta64[us]": st.none() | st.timedeltas(-YEARS, YEARS),
}


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_frame_comes_back_as_it_went(data: st.DataObject) -> None:
    rows = data.draw(st.integers(0, 6))
    frame = pd.DataFrame(
        {
            dtype: pd.Series(
                data.draw(st.lists(cell, min_size=rows, max_size=rows)),
                dtype=INT_CATEGORY if dtype == "category" else dtype,
            )
            for dtype, cell in CELLS.items()
        }
    )
    table = Table.from_frame(frame)
    pd.testing.assert_frame_equal(table.frame(), frame, check_index_type=False)
    again = Table.from_frame(table.frame(), [table])
    assert all(mine is theirs for mine, theirs in zip(again, table, strict=True))
