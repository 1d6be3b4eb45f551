"""What a person says of a file counts more than what is found in it."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from modules.files.read import read
from modules.files.reading import ColumnReading, Reading
from modules.files.report import Report
from modules.sdk.errors import FileError, ModuleError
from modules.sdk.values import Table


def upload(content: str, folder: Path, **said: object) -> Table:
    (folder / "a.csv").write_text(content)
    table = read("csv", folder / "a.csv", "a.csv", reading=Reading.model_validate(said))
    assert isinstance(table, Table)
    return table


def test_a_separator_that_would_not_be_found(tmp_path: Path) -> None:
    table = upload("a b,c d\n1 2,3 4\n", tmp_path, delimiter=" ")
    assert table.names == ["a", "b,c", "d"]


def test_a_marker_for_missing_of_one_s_own(tmp_path: Path) -> None:
    column = upload("x\n1\n-999\nNA\n", tmp_path, missing=["-999"]).column("x")
    assert (column.type, column.data.to_pylist()) == ("integer", [1, None, None])


def test_a_column_that_stays_text(tmp_path: Path) -> None:
    table = upload("code,n\n1,1\n2,2\n", tmp_path, text=["code"])
    assert [column.type for column in table] == ["string", "integer"]
    with pytest.raises(FileError, match="no column 'kode' that could stay text; it has code, n"):
        upload("code,n\n1,1\n", tmp_path, text=["kode"])


def test_a_sheet_by_its_name(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["first"])
    book.create_sheet("2024").append(["second"])
    book.create_sheet("blank")
    file = tmp_path / "book.xlsx"
    book.save(file)
    assert read("xlsx", file, "book.xlsx", reading=Reading(sheet="2024")).names == ["second"]
    with pytest.raises(FileError, match="It has no sheet '2025'; there are Sheet, 2024, blank"):
        read("xlsx", file, "book.xlsx", reading=Reading(sheet="2025"))
    with pytest.raises(FileError, match="The sheet 'blank' has not anything on it"):
        read("xlsx", file, "book.xlsx", reading=Reading(sheet="blank"))


def test_a_workbook_with_a_title_and_a_sheet_nobody_sees(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["secret"])
    book.active.sheet_state = "hidden"
    sheet = book.create_sheet("Sales")
    for row in (["Sales of 2024"], [], ["city", "sold"], ["Ulm", 3], ["Bonn", "x"]):
        sheet.append(row)
    file, report = tmp_path / "book.xlsx", Report()
    book.save(file)
    reading = Reading(skip=2, bad_rows="apart", columns={"sold": ColumnReading(type="integer")})
    table = read("xlsx", file, "book.xlsx", reading=reading, report=report)
    assert table.arrow().to_pylist() == [{"city": "Ulm", "sold": 3}]
    assert [row.line for row in report.rejects] == [5]
    with pytest.raises(FileError, match="only the 9 rows"):
        read("xlsx", file, "book.xlsx", reading=Reading(skip=9))


def test_what_makes_no_sense_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModuleError, match="sheet says nothing about a file of type csv"):
        upload("x\n1\n", tmp_path, sheet="2024")


def test_a_workbook_with_nothing_but_a_header(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["a", "b"])
    book.save(tmp_path / "book.xlsx")
    table = read("xlsx", tmp_path / "book.xlsx", "book.xlsx")
    assert isinstance(table, Table)
    assert (table.names, len(table)) == (["a", "b"], 0)
