"""What a person chose for the columns of a table that has its types already."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from modules.files.absent import Absent
from modules.files.column_wishes import ColumnWishes
from modules.files.read_as import fit
from modules.files.report import Reject, Report
from modules.files.spill import without
from modules.sdk.column import Column, type_name
from modules.sdk.errors import FileError
from modules.sdk.storable import one_piece
from modules.sdk.values import Table


def shape(
    table: Table, columns: Mapping[str, Mapping[str, Any]], report: Report, absent: Absent | None = None
) -> Table:
    """The table with its columns as asked, and without what is said to be absent. A row with a value that is
    no such thing goes to the report."""
    asked, absent = ColumnWishes.of(table.names, columns), absent or Absent()
    made, misfits = [], dict[int, int]()
    for at, (name, column) in enumerate(zip(asked.names, table, strict=True)):
        data = _present(column, absent.within(column.name))
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


def _present(column: Column, markers: Collection[str]) -> pa.ChunkedArray:
    """The values without what stands for missing in the column; bytes have no text to compare."""
    if not markers or column.type == "binary":
        return column.data
    gone = pc.is_in(_text(column.name, column.data), pa.array(sorted(markers), pa.large_string()))
    if not pc.any(gone, min_count=0).as_py():
        return column.data
    if not pa.types.is_dictionary(column.data.type):
        return pc.if_else(gone, pa.scalar(None, column.data.type), column.data)
    array = one_piece(column.data)
    codes = pc.if_else(gone.combine_chunks(), pa.scalar(None, array.indices.type), array.indices)
    ordered = array.type.ordered
    return pa.chunked_array([pa.DictionaryArray.from_arrays(codes, array.dictionary, ordered=ordered)])


def _text(name: str, data: pa.ChunkedArray) -> pa.ChunkedArray:
    try:
        return data.cast(pa.large_string())
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise FileError(
            f"column '{name}' is {type_name(data.type)} and cannot be read as anything else"
        ) from error


def _cells(table: Table, row: int) -> list[Any]:
    return [column.data[row].as_py() for column in table]
