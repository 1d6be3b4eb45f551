"""A sheet of an Excel workbook, by calamine: by default the first with something on it that is not hidden.

Its first row is the header. A text cell stays text, also "007" and "NA": an empty one is missing. Excel has
floats only: a column of whole ones is integer.
"""

from __future__ import annotations

import datetime as dt
import mmap
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from modules.files.absent import Absent
from modules.files.formulas import uncomputed
from modules.files.mixed import Mixed
from modules.files.names import header_names
from modules.files.report import Report
from modules.files.titles import title_rows
from modules.sdk.column import Column
from modules.sdk.errors import FileError
from modules.sdk.objects import from_objects
from modules.sdk.values import Table

EXACT = 2**53
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
PROTECTED = "EncryptedPackage".encode("utf-16-le")


def read_xlsx(
    path: Path,
    sheet: str | None = None,
    skip: int | None = None,
    report: Report | None = None,
    absent: Absent | None = None,
) -> Table:
    """The table on a sheet of a workbook, below `skip` rows above its header; where that is not said, below
    what looks like a title. FileError where it is damaged, encrypted or empty, or has no such sheet."""
    absent = absent or Absent()
    if not path.stat().st_size:
        raise FileError("the file is empty")
    _refuse_protected(path)
    try:
        book = CalamineWorkbook.from_path(str(path))
        if sheet is not None and sheet not in book.sheet_names:
            raise FileError(f"it has no sheet '{sheet}'; there are {', '.join(book.sheet_names)}")
        names = _shown_first(book) if sheet is None else [sheet]
        sheets = (book.get_sheet_by_name(name) for name in names)
        found = next((sheet for sheet in sheets if sheet.start), None)
        if found is None:
            where = "no sheet of the workbook has" if sheet is None else f"the sheet '{sheet}' has not"
            raise FileError(f"{where} anything on it")
        rows = found.to_python(skip_empty_area=True)
        first_row, first_column = found.start or (0, 0)
    except (CalamineError, OSError, ValueError) as error:
        raise FileError(f"it is not an Excel workbook, or it is damaged ({error})") from error
    if skip is None:
        skip = title_rows(rows)
    if skip >= len(rows):
        raise FileError(f"it has only the {skip} rows that are to be skipped")
    first_row += skip
    if report:
        report.found |= {"sheet": found.name, "sheets": book.sheet_names, "skip": skip}
        report.line = lambda row: first_row + 2 + row
    names = header_names(_title(cell) for cell in rows[skip])
    body = rows[skip + 1 :]
    while body and all(cell == "" for cell in body[-1]):
        body.pop()
    columns = [
        _column(name, absent.without(name, _values([row[at] for row in body])), first_row + 2)
        for at, name in enumerate(names)
    ]
    if any(column.data.null_count for column in columns):
        lacking, ranges = uncomputed(path, found.name), found.merged_cell_ranges or []
        columns = [
            _noted(column, lacking.get(place, 0), _merged(ranges, place, first_row + 1))
            for place, column in enumerate(columns, first_column)
        ]
    return Table.from_columns(columns, len(body))


def _refuse_protected(path: Path) -> None:
    """A workbook with a password is no zip, but an old Office document that holds the encrypted one."""
    with path.open("rb") as file:
        if file.read(len(OLE)) != OLE:
            return
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as whole:
            protected = whole.find(PROTECTED) >= 0
    if protected:
        raise FileError(
            "it is encrypted: a password protects it; open it in Excel, remove the password (File, Info, "
            "Protect Workbook, Encrypt with Password) and save it again"
        )


def _shown_first(book: CalamineWorkbook) -> list[str]:
    """The names of the sheets, those that nobody sees last."""
    hidden = {sheet.name for sheet in book.sheets_metadata if sheet.visible is not SheetVisibleEnum.Visible}
    return sorted(book.sheet_names, key=hidden.__contains__)


def _values(cells: list[Any]) -> np.ndarray:
    values = np.empty(len(cells), dtype=object)
    values[:] = [None if cell == "" else _whole(cell) for cell in cells]
    return values


def _column(name: str, values: np.ndarray, first_line: int) -> Column:
    present = values[~pd.isna(values)]
    if not len(present):
        empty = pa.nulls(len(values), pa.float64() if len(values) else pa.large_string())
        return Column(name, pa.chunked_array([empty]))
    column = from_objects(name, values)
    if column.note is None:
        return column
    numbers = [isinstance(value, (int, float)) and not isinstance(value, bool) for value in values]
    if 2 * sum(numbers) <= len(present):
        return column
    row = next(at for at, value in enumerate(values) if value is not None and not numbers[at])
    odd = Mixed("numbers", len(present) - sum(numbers), len(present), str(values[row]), row)
    return Column(name, column.data, note=odd.note(first_line + row))


def _merged(ranges: list[tuple[tuple[int, int], tuple[int, int]]], column: int, row: int) -> int:
    """How many merged cells leave places of a column empty, from that row on."""
    return sum(
        left <= column <= right and bottom >= row and (column > left or bottom > max(top, row - 1))
        for (top, left), (bottom, right) in ranges
    )


def _noted(column: Column, lacking: int, merged: int) -> Column:
    """The column, telling why some of it is missing."""
    notes = [column.note] if column.note else []
    if lacking:
        them = "1 formula has" if lacking == 1 else f"{lacking:,} formulas have"
        notes.append(
            f"{them} no result in the file: open it in a spreadsheet, which computes it, and save it again"
        )
    if merged:
        notes.append(
            "1 merged cell has its value in its first row and column only"
            if merged == 1
            else f"{merged:,} merged cells have their values in their first rows and columns only"
        )
    return replace(column, note="; ".join(notes) or None)


def _title(cell: Any) -> str:
    """A head as it is read: the year 2019, not 2019.0; a day without midnight."""
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date().isoformat()
    return str(_whole(cell))


def _whole(cell: Any) -> Any:
    return int(cell) if isinstance(cell, float) and cell.is_integer() and abs(cell) < EXACT else cell
