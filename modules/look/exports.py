"""A whole table as a file: csv, guarded or not, parquet, arrow, jsonl, xlsx."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from modules.look.csv_text import write_csv, write_guarded_csv
from modules.look.json_lines import write_jsonl
from modules.look.workbook import write_xlsx
from modules.sdk.errors import ModuleError
from modules.sdk.storable import storable
from modules.sdk.values import Table


def export(table: Table, format: str, target: Path) -> None:
    """Writes the table. Names and types survive in parquet and arrow, values in all but csv-guarded.

    ModuleError for a format that is none, and where the table does not fit the format.
    """
    if format not in WRITERS:
        raise ModuleError(f"'{format}' is not a format; there are {', '.join(WRITERS)}", param="format")
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
    "csv-guarded": write_guarded_csv,
    "parquet": _write_parquet,
    "arrow": _write_arrow,
    "jsonl": write_jsonl,
    "xlsx": write_xlsx,
}
