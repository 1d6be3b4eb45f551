"""Workbooks: a typed cell keeps its type."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from modules.files.read import read
from modules.files.reading import Reading
from modules.files.report import Report
from modules.look.exports import export
from tests.modules.files.uploads import shown


def test_a_workbook(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.create_sheet("the data")
    for row in (
        ["n", "n", None, "day", "code", "mixed", "flag"],
        [1, 1.5, "x", dt.date(2024, 1, 1), "007", 1, True],
        [None, None, "y", dt.datetime(2024, 1, 2, 3), "8", "oops", None],
        [3, 2, None, None, None, 3, False],
    ):
        book["the data"].append(row)
    book.save(tmp_path / "book")
    table = read("xlsx", tmp_path / "book", "book.xlsx")
    assert shown(table) == {
        "n": ("integer", [1, None, 3]),
        "n (2)": ("float", [1.5, None, 2]),
        "Col3": ("string", ["x", "y", None]),
        "day": ("datetime", [dt.datetime(2024, 1, 1), dt.datetime(2024, 1, 2, 3), None]),
        "code": ("string", ["007", "8", None]),
        "mixed": ("string", ["1", "oops", "3"]),
        "flag": ("boolean", [True, None, False]),
    }
    assert (
        table.column("mixed").note == "1 of 3 values is not a number (it is 'oops' in line 3), so it is text"
    )


WORDS = ["NA", "nan", "None", "n/a", "null", "#N/A", "007", "x"]


def test_text_cells_stay_text(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for at, word in enumerate(["words", *WORDS]):
        book.active.append([None, at or "among"])
        book.active.cell(at + 1, 1, word).data_type = "s"
    book.active["B3"], book.active["B4"] = "NA", None
    book.save(tmp_path / "book")
    table = read("xlsx", tmp_path / "book", "book.xlsx")
    assert shown(table) == {
        "words": ("string", WORDS),
        "among": ("string", ["1", "NA", None, "4", "5", "6", "7", "8"]),
    }
    assert table.column("among").note == "1 of 7 values is not a number (it is 'NA' in line 3), so it is text"
    export(table, "xlsx", tmp_path / "again")
    assert shown(read("xlsx", tmp_path / "again", "again.xlsx")) == shown(table)


def test_an_error_in_a_cell_is_missing(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["n"], [1], ["#DIV/0!"], [3]):
        book.active.append(row)
    book.save(tmp_path / "book")
    assert shown(read("xlsx", tmp_path / "book", "book.xlsx")) == {"n": ("integer", [1, None, 3])}


def test_formulas_without_results_are_missing_and_say_so(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (
        [None, "a", "b", "c"],
        [None, 1, "=B2+1", None],
        [None, 2, "=B3+1", "x"],
        [None, 3, 5, "=C2"],
    ):
        book.active.append(row)
    book.save(tmp_path / "book")  # openpyxl writes formulas, and does not compute them
    table = read("xlsx", tmp_path / "book", "book.xlsx")
    assert shown(table) == {
        "a": ("integer", [1, 2, 3]),
        "b": ("integer", [None, None, 5]),
        "c": ("string", [None, "x", None]),
    }
    advice = "no result in the file: open it in a spreadsheet, which computes it, and save it again"
    assert [column.note for column in table] == [None, f"2 formulas have {advice}", f"1 formula has {advice}"]


def test_merged_cells_say_where_their_value_is(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["a", "b", "c"], [1, 2, 3], [None, 4, None], [5, None, 6], [7, 8, 9]):
        book.active.append(row)
    for merged in ("A2:A3", "A4:B4", "C1:C1"):
        book.active.merge_cells(merged)
    book.save(tmp_path / "book")
    table = read("xlsx", tmp_path / "book", "book.xlsx")
    told = "1 merged cell has its value in its first row and column only"
    assert [column.note for column in table] == [told, told, None]


def test_heads_of_a_workbook_are_as_they_are_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in ([2019, 0.5, dt.date(2020, 1, 31), "x"], [1, 2, 3, 4]):
        book.active.append(row)
    book.save(tmp_path / "book")
    assert read("xlsx", tmp_path / "book", "book.xlsx").names == ["2019", "0.5", "2020-01-31", "x"]


def with_rows(path: Path, *rows: list[object]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


@pytest.mark.parametrize(
    "above",
    [
        [["Extract of May"]],
        [["Extract of May"], []],
        [["Extract of May"], ["as of 31 May"], [], []],
    ],
)
def test_a_title_above_the_header_is_no_header(tmp_path: Path, above: list[list[object]]) -> None:
    path = with_rows(tmp_path / "book", *above, ["day", "sold"], ["Monday", 3], ["Tuesday", None])
    report = Report()
    table = read("xlsx", path, "book.xlsx", report=report)
    assert shown(table) == {"day": ("string", ["Monday", "Tuesday"]), "sold": ("integer", [3, None])}
    assert report.found["skip"] == len(above)
    said = read("xlsx", path, "book.xlsx", reading=Reading(skip=0))
    assert said.names[0] == "Extract of May", "a person's word counts"


@pytest.mark.parametrize(
    "rows",
    [
        [["name"], ["Ann", "x"], ["Bob", "y"]],
        [["name"], ["Ann", 3], ["Bob", 4]],
        [["name", "age"], ["Ann", 3]],
        [[2024], ["a", "b"], [1, 2]],
        [["Title"], ["a", "a"], [1, 2]],
    ],
)
def test_what_may_be_data_is_not_taken_for_a_header(tmp_path: Path, rows: list[list[object]]) -> None:
    report = Report()
    table = read("xlsx", with_rows(tmp_path / "book", *rows), "book.xlsx", report=report)
    assert (report.found["skip"], len(table)) == (0, len(rows) - 1)
