"""Parquet, Feather and Arrow files keep their types."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyarrow import feather

from modules.files.read import read
from modules.sdk.errors import FileError
from tests.modules.files.uploads import shown


def test_decimals_are_exact_or_text(tmp_path: Path) -> None:
    table = pa.table(
        {
            "price": pa.array([Decimal("2.55"), None], pa.decimal128(10, 2)),
            "wide": pa.array([Decimal("0.1"), Decimal("123456.789")], pa.decimal128(38, 18)),
            "exact": pa.array([Decimal("12345678901234567890.123"), None], pa.decimal128(38, 3)),
        }
    )
    pq.write_table(table, tmp_path / "p")
    assert shown(read("parquet", tmp_path / "p", "p")) == {
        "price": ("float", [2.55, None]),
        "wide": ("float", [0.1, 123456.789]),
        "exact": ("string", ["12345678901234567890.123", None]),
    }


def test_parquet_keeps_its_types(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {
            "i": pd.array([1, None], dtype="Int64"),
            "small": pd.array([1, 2], dtype="int8"),
            "c": pd.Categorical(["a", "b"], ["b", "a"], ordered=True),
            "when": pd.to_datetime(["2024-01-01", None], utc=True),
        }
    )
    frame.to_parquet(tmp_path / "p")
    pd.testing.assert_frame_equal(read("parquet", tmp_path / "p", "p").frame(), frame)
    pq.write_table(pa.table({"l": [[1], None], "s": [{"k": 1}, None]}), tmp_path / "p")
    assert shown(read("parquet", tmp_path / "p", "p")) == {
        "l": ("string", ["[1]", None]),
        "s": ("string", ['{"k": 1}', None]),
    }


FRAME = {"n": [1, None, 3], "t": ["a", "ü", None], "b": [True, False, None]}


@pytest.mark.parametrize("compression", ["uncompressed", "lz4", "zstd"])
def test_feather_keeps_its_types(compression: str, tmp_path: Path) -> None:
    feather.write_feather(pa.table(FRAME), tmp_path / "x.feather", compression=compression)
    table = read("arrow", tmp_path / "x.feather", "x.feather")
    assert {column.name: column.data.to_pylist() for column in table} == FRAME
    assert [column.type for column in table] == ["integer", "string", "boolean"]


def test_an_arrow_stream_is_read_too(tmp_path: Path) -> None:
    with (
        pa.OSFile(str(tmp_path / "x"), "wb") as sink,
        pa.ipc.new_stream(sink, pa.table(FRAME).schema) as stream,
    ):
        stream.write_table(pa.table(FRAME))
    assert read("arrow", tmp_path / "x", "x.arrow").names == ["n", "t", "b"]


def test_a_damaged_arrow_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"ARROW1\0\0" + b"junk" * 50)
    with pytest.raises(FileError, match="not an Arrow or Feather file, or it is damaged"):
        read("arrow", tmp_path / "x", "x.arrow")


def test_an_index_that_pandas_wrote_has_a_name(tmp_path: Path) -> None:
    pd.DataFrame({"x": [1, 2]}, index=["a", "b"]).to_parquet(tmp_path / "x")
    assert shown(read("parquet", tmp_path / "x", "x")) == {
        "x": ("integer", [1, 2]),
        "index": ("string", ["a", "b"]),
    }


@pytest.mark.parametrize("kind", ["parquet", "arrow"])
def test_periods_and_intervals_are_the_text_that_pandas_shows(tmp_path: Path, kind: str) -> None:
    frame = pd.DataFrame(
        {
            "month": pd.PeriodIndex(["2020-01", None, "1969-12"], freq="M"),
            "quarter": pd.PeriodIndex(["2020Q1", "2020Q2", None], freq="Q-JUN"),
            "bin": pd.arrays.IntervalArray.from_breaks([0, 1, 2, 3], closed="left"),
            "span": pd.array([pd.Interval(0.5, 1.5), None, pd.Interval(2, 3)], "interval[float64, right]"),
        }
    )
    path = tmp_path / "p"
    (frame.to_parquet if kind == "parquet" else frame.to_feather)(path)
    table = read(kind, path, "p")
    assert shown(table) == {
        "month": ("string", ["2020-01", None, "1969-12"]),
        "quarter": ("string", ["2020Q1", "2020Q2", None]),
        "bin": ("string", ["[0, 1)", "[1, 2)", "[2, 3)"]),
        "span": ("string", ["(0.5, 1.5]", None, "(2.0, 3.0]"]),
    }
    assert table.column("month").note == "periods become text"


def test_a_period_of_no_kind_that_pandas_has_stays_what_it_is(tmp_path: Path) -> None:
    said = {b"ARROW:extension:name": b"pandas.period", b"ARROW:extension:metadata": b"{}"}
    field = pa.field("p", pa.int64(), metadata=said)
    pq.write_table(pa.Table.from_arrays([pa.array([600])], schema=pa.schema([field])), tmp_path / "p")
    try:
        found = shown(read("parquet", tmp_path / "p", "p"))
    except FileError:  # where pandas has told Arrow of its types, it refuses such a file
        return
    assert found == {"p": ("integer", [600])}


@pytest.mark.parametrize("type_", [pa.time32("s"), pa.time32("ms"), pa.time64("us"), pa.time64("ns")])
def test_a_time_of_day_is_written_as_python_writes_it(tmp_path: Path, type_: pa.DataType) -> None:
    pq.write_table(pa.table({"t": pa.array([dt.time(7, 30), None], type_)}), tmp_path / "p")
    assert shown(read("parquet", tmp_path / "p", "p")) == {"t": ("string", ["07:30:00", None])}
