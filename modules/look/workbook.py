"""An Excel workbook of one sheet, written row by row."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ERROR_CODES

from modules.look.cells import cells
from modules.sdk.errors import ModuleError
from modules.sdk.storable import storable
from modules.sdk.values import Table

MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384
MOST_CHARACTERS = 32_767
EXACT = 10**15
FIRST_DAY = dt.datetime(1900, 3, 1)  # before it Excel counts a day that never was
ESCAPED = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
"""What a workbook writes as _x000D_: letters that XML has not or changes, and texts that look so already."""
ROWS = 10_000


def write_xlsx(table: Table, target: Path) -> None:
    """The table with a header row. Text stays text, also where it begins with `=`.

    Integers beyond 15 digits, datetimes before March 1900, timedeltas and the infinite are text,
    since Excel has no such values. ModuleError where the table is
    larger than a sheet.
    """
    if len(table) >= MOST_ROWS or len(table.columns) > MOST_COLUMNS:
        raise ModuleError(
            f"the table has {len(table):,} rows and {len(table.columns):,} columns; an Excel sheet takes "
            f"{MOST_ROWS - 1:,} and {MOST_COLUMNS:,}. Download it as CSV or Parquet instead",
            param="format",
        )
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Sheet1")
    try:
        for row in _rows(sheet, table):
            sheet.append(row)
    except ModuleError:
        sheet.close()  # else the half written sheet complains when it is thrown away
        raise
    book.save(target)


def _rows(sheet: Any, table: Table) -> Iterator[Sequence[Any]]:
    """The header, then each row as cells. ModuleError if a cell does not take its value."""
    yield [_cell(sheet, name, name) for name in table.names]
    columns = [(column.name, storable(column.data)) for column in table]
    for start in range(0, len(table), ROWS):
        parts = [
            [_cell(sheet, value, name) for value in _values(data.slice(start, ROWS))]
            for name, data in columns
        ]
        yield from zip(*parts, strict=True)


def _values(data: pa.ChunkedArray) -> list[Any]:
    if pa.types.is_timestamp(data.type):
        try:
            naive = data.cast(pa.timestamp("us"), safe=False).to_pylist()
            shown = cells(data)
            return [
                value if value is None or value >= FIRST_DAY else text
                for value, text in zip(naive, shown, strict=True)
            ]
        except (ValueError, OverflowError):
            return cells(data)
    if pa.types.is_large_string(data.type):
        return data.to_pylist()
    return cells(data)


def _cell(sheet: Any, value: Any, name: str) -> Any:
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= EXACT:
        value = str(value)
    if isinstance(value, float) and float(f"{value:.16g}") != value:  # openpyxl writes no more digits
        return _of_type("n", sheet, repr(value))
    if not isinstance(value, str):
        return value
    if len(value) > MOST_CHARACTERS:
        raise ModuleError(
            f"column '{name}' has a text of {len(value):,} characters; an Excel cell takes "
            f"{MOST_CHARACTERS:,}. Download it as CSV or Parquet instead",
            param="format",
        )
    value = ESCAPED.sub(_escape, value)
    if value.isspace():  # openpyxl does not mark it as text whose spaces count
        value = re.sub("^.", _escape, value)
    if not value.startswith("=") and value not in ERROR_CODES:  # text, no formula and no error
        return value
    return _of_type("s", sheet, value)


def _of_type(kind: str, sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = kind
    return cell


def _escape(letter: re.Match[str]) -> str:
    return f"_x{ord(letter[0]):04X}_"
