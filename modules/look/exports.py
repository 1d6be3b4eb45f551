"""A whole table as a file: csv, parquet, arrow, xlsx."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from modules.look.csv_text import write_csv
from modules.look.workbook import write_xlsx
from modules.sdk.errors import ModuleError
from modules.sdk.storable import storable
from modules.sdk.values import Table

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
    "arrow": "application/vnd.apache.arrow.file",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def export(table: Table, format: str, target: Path) -> None:
    """Writes the table. Names and types survive in parquet and arrow, values in all four.

    ModuleError for a format that is none, and where the table does not fit the format.
    """
    if format not in WRITERS:
        raise ModuleError(f"'{format}' is no format; there are {', '.join(WRITERS)}", param="format")
    WRITERS[format](table, target)


def _arrow_table(table: Table) -> pa.Table:
    return pa.Table.from_arrays([storable(column.data) for column in table], names=table.names)


def _write_parquet(table: Table, target: Path) -> None:
    pq.write_table(_arrow_table(table), target)


def _write_arrow(table: Table, target: Path) -> None:
    whole = _arrow_table(table).unify_dictionaries()
    with pa.OSFile(str(target), "wb") as sink, pa.ipc.new_file(sink, whole.schema) as writer:
        writer.write_table(whole)


WRITERS: dict[str, Callable[[Table, Path], None]] = {
    "csv": write_csv,
    "parquet": _write_parquet,
    "arrow": _write_arrow,
    "xlsx": write_xlsx,
}
