"""What a person chose for the columns of a table that has its types already."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from modules.files.asked import Asked
from modules.files.chosen import fit
from modules.files.report import Reject, Report
from modules.files.spill import without
from modules.sdk.column import Column, type_name
from modules.sdk.errors import FileError
from modules.sdk.values import Table


def shape(table: Table, columns: Mapping[str, Mapping[str, Any]], report: Report) -> Table:
    """The table with its columns as asked. A row with a value that is no such thing goes to the report."""
    asked = Asked.of(table.names, columns)
    made, misfits = [], dict[int, int]()
    for at, (name, column) in enumerate(zip(asked.names, table, strict=True)):
        data = _present(column, asked.missing.get(at))
        choice = asked.choices.get(at)
        if choice is None or choice == type_name(data.type):
            made.append(Column(name, data, column.pandas, note=column.note))
            continue
        typed, bad = fit(choice, _text(column.name, data))
        for row in bad:
            misfits.setdefault(row, at)
        made.append(Column(name, pc.dictionary_encode(typed) if choice == "categorical" else typed))
    for row, at in sorted(misfits.items()):
        value = str(table.columns[at].data[row].as_py())
        shown = "\t".join("" if cell is None else str(cell) for cell in _cells(table, row))
        report.reject(Reject(report.line(row), asked.why(at, value), shown, at + 1))
    kept = [Column(c.name, without(c.data, misfits, None), c.pandas, note=c.note) for c in made]
    return Table.from_columns(kept, table.rows - len(misfits))


def _present(column: Column, markers: list[str] | None) -> pa.ChunkedArray:
    """The values without what stands for missing in the column."""
    if not markers:
        return column.data
    absent = pc.is_in(_text(column.name, column.data), pa.array(markers, pa.large_string()))
    return pc.if_else(absent, pa.scalar(None, column.data.type), column.data)


def _text(name: str, data: pa.ChunkedArray) -> pa.ChunkedArray:
    try:
        return data.cast(pa.large_string())
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise FileError(
            f"column '{name}' is {type_name(data.type)} and cannot be read as anything else"
        ) from error


def _cells(table: Table, row: int) -> list[Any]:
    return [column.data[row].as_py() for column in table]
