"""A person downloads a table."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from modules.files.read import read
from modules.look.exports import export
from modules.sdk.errors import ModuleError
from modules.sdk.values import Table

FRAME = pd.DataFrame(
    {
        "i": pd.array([1, None, -3], dtype="Int64"),
        "f": [1.0, None, 1e-7],
        "s": ['say "hi", you', None, "a\nb"],
        "b": [True, None, False],
        "d": pd.to_datetime(["2024-01-02", None, "2024-01-01T10:00:00.5"], format="ISO8601"),
        "z": pd.to_datetime(["2024-01-02", None, "2024-07-01"], utc=True).tz_convert("Europe/Berlin"),
        "t": pd.to_timedelta(["1 days 02:03:04", None, "0s"]),
        "c": pd.Categorical(["x", None, "y"], ["y", "x"]),
    }
)


def test_csv_as_text(tmp_path: Path) -> None:
    export(Table.from_frame(FRAME.assign(**{"a,b": ["NA", "", " x"]})), "csv", tmp_path / "t.csv")
    assert (tmp_path / "t.csv").read_bytes().decode() == (
        'i,f,s,b,d,z,t,c,"a,b"\n'
        '1,1.0,"say ""hi"", you",true,2024-01-02T00:00:00,2024-01-02T00:00:00Z,1 days 02:03:04,x,"NA"\n'
        ',,,,,,,,""\n'
        '-3,1e-7,"a\nb",false,2024-01-01T10:00:00.5,2024-07-01T00:00:00Z,0 days 00:00:00,y," x"\n'
    )


def test_csv_in_many_pieces(tmp_path: Path) -> None:
    table = Table.of(x=list(range(200_000)), y=[f"n{at}" for at in range(200_000)])
    export(table, "csv", tmp_path / "t.csv")
    back = read("csv", tmp_path / "t.csv", "t.csv")
    assert [a.data.equals(b.data.cast(a.data.type)) for a, b in zip(back, table, strict=True)] == [True, True]


def test_a_single_column_keeps_its_gaps(tmp_path: Path) -> None:
    export(Table.of(x=[1, None, 3]), "csv", tmp_path / "t.csv")
    assert read("csv", tmp_path / "t.csv", "t").column("x").data.to_pylist() == [1, None, 3]


@pytest.mark.parametrize("columns", [{}, {"x": []}])
def test_an_empty_table(columns: dict, tmp_path: Path) -> None:
    for format in ("csv", "csv-guarded", "parquet", "arrow", "xlsx"):
        export(Table.of(**columns), format, tmp_path / format)
        assert (tmp_path / format).stat().st_size


def test_parquet_and_arrow_keep_names_and_types(tmp_path: Path) -> None:
    table = Table.from_frame(FRAME)
    export(table, "parquet", tmp_path / "p")
    export(table, "arrow", tmp_path / "a")
    stored = pq.read_table(tmp_path / "p")
    mapped = pa.ipc.open_file(tmp_path / "a").read_all()
    assert stored.column_names == mapped.column_names == table.names
    for column in table:
        assert mapped[column.name].type == column.data.type
        assert stored[column.name].to_pylist() == mapped[column.name].to_pylist() == column.data.to_pylist()


def test_a_workbook_shows_values_and_runs_no_formula(tmp_path: Path) -> None:
    table = Table.of(
        n=[1, 2**60],
        f=[1.5, None],
        s=["=1+1", "a\x01b"],
        d=[dt.datetime(2024, 1, 2, 3), None],
        old=[dt.datetime(1850, 1, 1), None],
        z=[dt.datetime(2024, 1, 1, tzinfo=dt.UTC), None],
        b=[True, None],
    )
    export(table, "xlsx", tmp_path / "t.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx").active
    assert [[cell.value for cell in row] for row in sheet.rows] == [
        ["n", "f", "s", "d", "old", "z", "b"],
        [1, 1.5, "=1+1", dt.datetime(2024, 1, 2, 3), "1850-01-01T00:00:00", dt.datetime(2024, 1, 1), True],
        [str(2**60), None, "a_x0001_b", None, None, None, None],
    ]
    assert sheet["C2"].data_type == "s"


def test_what_a_workbook_cannot_hold_is_said(tmp_path: Path) -> None:
    with pytest.raises(ModuleError, match="1,048,576 rows and 1 columns; an Excel sheet takes 1,048,575"):
        export(Table.from_arrow(pa.table({"x": pa.nulls(1_048_576, pa.int8())})), "xlsx", tmp_path / "t")
    with pytest.raises(ModuleError, match="column 'x' has a text of 40,000 characters"):
        export(Table.of(x=["a" * 40_000]), "xlsx", tmp_path / "t")


def test_an_unknown_format(tmp_path: Path) -> None:
    with pytest.raises(
        ModuleError,
        match="'pdf' is not a format; there are csv, csv-guarded, xlsx, parquet, arrow, jsonl, tsv",
    ):
        export(Table.of(x=[1]), "pdf", tmp_path / "t")


def test_a_guarded_csv_holds_no_formula(tmp_path: Path) -> None:
    table = Table.from_frame(
        pd.DataFrame(
            {
                "=x": ["=1+1", "@SUM(A1)", "+49", '=HYPERLINK("a","b")', "a=b", None, "\t=1"],
                "n": [-1, 2, 3, 4, 5, 6, 7],
                "c": pd.Categorical(["-a", "b", "b", "b", "b", "b", "-a"]),
            }
        )
    )
    export(table, "csv-guarded", tmp_path / "t.csv")
    assert (tmp_path / "t.csv").read_text() == (
        "'=x,n,c\n'=1+1,-1,'-a\n'@SUM(A1),2,b\n'+49,3,b\n"
        '"\'=HYPERLINK(""a"",""b"")",4,b\na=b,5,b\n,6,b\n\'\t=1,7,\'-a\n'
    )
    export(table, "csv", tmp_path / "plain.csv")
    assert (tmp_path / "plain.csv").read_text().startswith("=x,n,c\n=1+1,-1,-a\n")


def test_json_lines_come_back(tmp_path: Path) -> None:
    table = Table.of(
        i=[1, None, 2**60],
        f=[1.5, None, 1e-7],
        s=['say "hü"\n', None, "x" * 20_000],
        b=[True, None, False],
        d=[dt.datetime(2024, 1, 2, 3, 4, 5, 6), None, dt.datetime(1850, 1, 1)],
    )
    export(table, "jsonl", tmp_path / "t.jsonl")
    back = read("jsonl", tmp_path / "t.jsonl", "t.jsonl")
    for column in table:
        assert back.column(column.name).data.to_pylist() == column.data.to_pylist()
        assert back.column(column.name).type == column.type


def test_json_lines_of_rows_without_columns(tmp_path: Path) -> None:
    export(Table((), 2), "jsonl", tmp_path / "t.jsonl")
    assert (tmp_path / "t.jsonl").read_text() == "{}\n{}\n"
