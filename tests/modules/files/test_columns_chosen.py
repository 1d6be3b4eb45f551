"""What a person chose for single columns, and rows that do not fit it."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from modules.files.read import read
from modules.files.reading import Reading
from modules.files.report import Report
from modules.sdk.errors import FileError
from modules.sdk.values import Table


def upload(content: str, folder: Path, kind: str = "csv", **said: Any) -> tuple[Table, Report]:
    (folder / "a.csv").write_text(content)
    report = Report()
    table = read(kind, folder / "a.csv", "a.csv", reading=Reading.model_validate(said), report=report)
    assert isinstance(table, Table)
    return table, report


CHOSEN: list[tuple[str, list[str], list[Any]]] = [
    ("integer", ["007", "+3", "2.0", " 5", ""], [7, 3, 2, 5, None]),
    ("float", ["1", "+1.5", "0010", "inf"], [1.0, 1.5, 10.0, float("inf")]),
    ("boolean", ["Yes", "0", "T", "NA"], [True, False, True, None]),
    ("string", ["1", "NA", "2"], ["1", None, "2"]),
    ("categorical", ["b", "a", "b"], ["b", "a", "b"]),
    (
        "datetime",
        ["2024-12-31", "2024-12-31 10:00"],
        [dt.datetime(2024, 12, 31), dt.datetime(2024, 12, 31, 10)],
    ),
    (
        "day-first",
        ["1/2/2024", "31.12.2024 10:05"],
        [dt.datetime(2024, 2, 1), dt.datetime(2024, 12, 31, 10, 5)],
    ),
    ("month-first", ["1/2/2024", "12-31-2024"], [dt.datetime(2024, 1, 2), dt.datetime(2024, 12, 31)]),
    ("day-first", ["1.2.24", "31.12.69 10:05"], [dt.datetime(2024, 2, 1), dt.datetime(1969, 12, 31, 10, 5)]),
    ("year-first", ["2024/2/1", "24-12-31"], [dt.datetime(2024, 2, 1), dt.datetime(2024, 12, 31)]),
    ("grouped-number", ["1,234.5", "12", "-1,000,000"], [1234.5, 12.0, -1e6]),
    ("comma-number", ["1.234,5", "0,5", "12"], [1234.5, 0.5, 12.0]),
    ("timedelta", ["1 days 02:00:00", "P1D"], [dt.timedelta(days=1, hours=2), dt.timedelta(days=1)]),
]


@pytest.mark.parametrize(("choice", "cells", "expected"), CHOSEN)
def test_a_column_is_what_a_person_says(
    choice: str, cells: list[str], expected: list, tmp_path: Path
) -> None:
    content = "x;k\n" + "".join(f"{cell};1\n" for cell in cells)
    table, _ = upload(content, tmp_path, columns={"x": {"type": choice, "name": "Named"}})
    assert table.names == ["Named", "k"]
    assert table.column("Named").data.to_pylist() == expected
    names = {
        "grouped-number": "float",
        "comma-number": "float",
        "day-first": "datetime",
        "month-first": "datetime",
        "year-first": "datetime",
    }
    assert table.column("Named").type == names.get(choice, choice)


def test_missing_in_one_column_only(tmp_path: Path) -> None:
    table, _ = upload("a,b\n-9,-9\n1,2\n", tmp_path, columns={"a": {"missing": ["-9"]}})
    assert [column.data.to_pylist() for column in table] == [[None, 1], [-9, 2]]


RAGGED = 'id,age\n1,30\n2,x\n3\n\n4,"40"\n5,50,x\n6,"4\n0"\n7,70\n'


@pytest.mark.parametrize("city", ["Windhoek", '5" pipe'])
def test_na_is_a_country_where_somebody_says_so(city: str, tmp_path: Path) -> None:
    table, _ = upload(
        f"city,iso,n\n{city},NA,NA\n,,1\nUlm,DE,2\n", tmp_path, columns={"iso": {"literal": True}}
    )
    assert [column.data.to_pylist() for column in table] == [
        [city, None, "Ulm"],
        ["NA", None, "DE"],
        [None, 1, 2],
    ]


@pytest.mark.parametrize(
    "said", [{"missing": ["NA", "-9"]}, {"columns": {"n": {"missing": ["NA", "-9"]}}}], ids=["all", "one"]
)
@pytest.mark.parametrize("kind", ["jsonl", "json", "xlsx"])
def test_what_is_missing_may_be_said_of_every_format(kind: str, said: dict[str, Any], tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [{"n": 1}, {"n": "NA"}, {"n": -9}, {"n": 4}]
    if kind == "xlsx":
        book = openpyxl.Workbook()
        for row in ["n"], *([one["n"]] for one in rows):
            book.active.append(row)
        book.save(tmp_path / "a.csv")
    else:
        text = json.dumps(rows) if kind == "json" else "".join(json.dumps(row) + "\n" for row in rows)
        (tmp_path / "a.csv").write_text(text)
    plain = read(kind, tmp_path / "a.csv", "a.csv", reading=Reading(columns={"n": {"literal": True}}))
    assert plain.column("n").data.to_pylist() == ["1", "NA", "-9", "4"]
    table = read(kind, tmp_path / "a.csv", "a.csv", reading=Reading.model_validate(said))
    assert (table.column("n").type, table.column("n").data.to_pylist()) == ("integer", [1, None, None, 4])


def test_what_is_missing_may_be_said_of_typed_columns(tmp_path: Path) -> None:
    values = {"s": ["NA", "x"], "n": [-9, 1], "k": pa.array(["NA", "x"]).dictionary_encode()}
    pq.write_table(pa.table(values), tmp_path / "a.csv")
    plain = read("parquet", tmp_path / "a.csv", "a.csv", reading=Reading(columns={"s": {"literal": True}}))
    assert plain.column("s").data.to_pylist() == ["NA", "x"]
    table = read("parquet", tmp_path / "a.csv", "a.csv", reading=Reading(missing=["NA", "-9"]))
    assert [column.data.to_pylist() for column in table] == [[None, "x"], [None, 1], [None, "x"]]
    assert [column.type for column in table] == ["string", "integer", "categorical"]


def test_dates_with_a_zone_and_without_are_told_apart(tmp_path: Path) -> None:
    content = "t,k\n,0\n2020-01-01T00:30:00+02:00,1\n2020-01-02T00:30:00,2\n"
    reason = "t is '2020-01-02T00:30:00', which has no time zone where dates before it have one"
    with pytest.raises(FileError, match=f"Line 4: {reason}"):
        upload(content, tmp_path, columns={"t": {"type": "datetime"}})
    table, report = upload(content, tmp_path, columns={"t": {"type": "datetime"}}, bad_rows="apart")
    assert table.column("t").data.to_pylist()[1] == dt.datetime(2019, 12, 31, 22, 30, tzinfo=dt.UTC)
    assert [(row.line, row.reason) for row in report.rejects] == [(4, reason)]


def test_the_first_row_that_breaks_a_rule_refuses_the_file(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="Line 3: age is 'x', which is not an integer") as caught:
        upload("id,age\n1,30\n2,x\n", tmp_path, columns={"age": {"type": "integer"}})
    assert (caught.value.line, caught.value.column) == (3, 2)


def test_rows_that_break_a_rule_are_set_apart_with_their_lines(tmp_path: Path) -> None:
    table, report = upload(RAGGED, tmp_path, columns={"age": {"type": "integer"}}, bad_rows="apart")
    assert [column.data.to_pylist() for column in table] == [[1, 4, 7], [30, 40, 70]]
    rejects = report.table()
    assert rejects.column("line").data.to_pylist() == [3, 4, 7, 8]
    assert rejects.column("text").data.to_pylist() == ["2,x", "3", "5,50,x", '6,"4\n0"']
    assert rejects.column("reason").data.to_pylist() == [
        "age is 'x', which is not an integer",
        "it has 1 value, but the first line has 2",
        "it has 3 values, but the first line has 2",
        "age is '4\\n0', which is not an integer",
    ]


def test_set_apart_without_any_is_nothing(tmp_path: Path) -> None:
    table, report = upload("a\n1\n2\n", tmp_path, bad_rows="apart")
    assert (len(table), report.rejects) == (2, [])


def test_a_note_counts_lines_that_were_set_apart(tmp_path: Path) -> None:
    content = "n,m\n1\n" + "1,2\n" * 5 + "x,2\n"
    table, _ = upload(content, tmp_path, bad_rows="apart")
    assert "line 8" in (table.column("n").note or "")


def test_days_that_no_calendar_has_are_found_among_many(tmp_path: Path) -> None:
    rows = ["2024-02-28"] * 5000
    rows[17] = rows[4000] = "2023-02-29"
    table, report = upload(
        "d\n" + "\n".join(rows), tmp_path, columns={"d": {"type": "datetime"}}, bad_rows="apart"
    )
    assert (len(table), [row.line for row in report.rejects]) == (4998, [19, 4002])


def test_lines_of_json_that_are_none_are_set_apart(tmp_path: Path) -> None:
    table, report = upload('{"a": 1}\n{"a": \n[1]\n{"a": 4}\n', tmp_path, "jsonl", bad_rows="apart")
    assert table.column("a").data.to_pylist() == [1, 4]
    assert [row.line for row in report.rejects] == [2, 3]


def test_cells_of_a_workbook_are_held_to_what_was_chosen(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["a", "b"], [1, "007"], [2, "x"], [3.5, 3]):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    report = Report()
    said = Reading.model_validate({"columns": {"b": {"type": "integer", "name": "B"}}, "bad_rows": "apart"})
    table = read("xlsx", tmp_path / "a.xlsx", "a.xlsx", reading=said, report=report)
    assert isinstance(table, Table)
    assert [column.data.to_pylist() for column in table] == [[1.0, 3.5], [7, 3]]
    assert [(row.line, row.text) for row in report.rejects] == [(3, "2.0\tx")]


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        ({"c": {"name": "x"}}, "no column 'c'; it has a, b"),
        ({"a": {"name": "b"}}, "Two columns would be named 'b'"),
    ],
)
def test_what_does_not_fit_the_file_is_refused(columns: dict, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(FileError, match=sentence):
        upload("a,b\n1,2\n", tmp_path, columns=columns)


def test_an_encoding_nobody_would_guess(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("имя\nЖук\n".encode("koi8-r"))
    table = read("csv", tmp_path / "a.csv", "a.csv", reading=Reading(encoding="koi8-r"))
    assert isinstance(table, Table)
    assert (table.names, table.columns[0].data.to_pylist()) == (["имя"], ["Жук"])
    with pytest.raises(FileError, match="chosen encoding is UTF-8, but its bytes in line 1 are not"):
        read("csv", tmp_path / "a.csv", "a.csv", reading=Reading(encoding="utf-8"))
