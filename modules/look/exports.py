"""A whole table as a file, and the formats there are: the only list of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from modules.look.arff_text import write_arff
from modules.look.csv_text import write_csv, write_guarded_csv, write_tsv
from modules.look.json_lines import write_jsonl
from modules.look.searching import places_wanted
from modules.look.svmlight_text import write_svmlight
from modules.sdk.errors import ModuleError
from modules.sdk.storable import storable
from modules.sdk.values import Table


@dataclass(frozen=True)
class ExportFormat:
    """`label`: its name on the page; `ending` of the file's name; `write` writes one to a file; `streams`:
    it does so from front to back, so that the file can be sent while it is written."""

    label: str
    ending: str
    media_type: str
    write: Callable[[Table, Path], None]
    streams: bool = True


def export(
    table: Table,
    format: str,
    target: Path,
    filters: Iterable[Mapping[str, Any]] = (),
    search: str | None = None,
) -> None:
    """Writes the rows that pass every filter and hold what is searched for: without both, the whole table.
    Names and types survive in parquet and arrow, values in all but csv-guarded.

    Raises ModuleError if there is no such format, the table does not fit it, or a filter does not.
    """
    if format not in EXPORTS:
        raise ModuleError(f"'{format}' is not a format; there are {', '.join(EXPORTS)}", param="format")
    places = places_wanted(table, list(filters), search)
    EXPORTS[format].write(table if places is None else table.take(places), target)


def _arrow_table(table: Table) -> pa.Table:
    return pa.Table.from_arrays([storable(column.data) for column in table], names=table.names)


def _write_parquet(table: Table, target: Path) -> None:
    pq.write_table(_arrow_table(table), target)


def _write_arrow(table: Table, target: Path) -> None:
    whole = _arrow_table(table).unify_dictionaries()
    with pa.OSFile(str(target), "wb") as sink, pa.ipc.new_file(sink, whole.schema) as writer:
        writer.write_table(whole)


def _write_xlsx(table: Table, target: Path) -> None:
    from modules.look.workbook import write_xlsx  # openpyxl: no process starts with it

    write_xlsx(table, target)


EXPORTS: Mapping[str, ExportFormat] = {
    "csv": ExportFormat("CSV", "csv", "text/csv; charset=utf-8", write_csv),
    "csv-guarded": ExportFormat(
        "CSV, formulas disabled", "csv", "text/csv; charset=utf-8", write_guarded_csv
    ),
    "xlsx": ExportFormat(
        "Excel workbook",
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _write_xlsx,
        streams=False,
    ),
    "parquet": ExportFormat("Parquet", "parquet", "application/vnd.apache.parquet", _write_parquet),
    "arrow": ExportFormat("Arrow", "arrow", "application/vnd.apache.arrow.file", _write_arrow),
    "jsonl": ExportFormat("JSON lines", "jsonl", "application/x-ndjson", write_jsonl),
    "tsv": ExportFormat("TSV", "tsv", "text/tab-separated-values; charset=utf-8", write_tsv),
    "arff": ExportFormat("ARFF, for Weka", "arff", "text/plain; charset=utf-8", write_arff),
    "svmlight": ExportFormat("SVMlight", "svmlight", "text/plain; charset=utf-8", write_svmlight),
}
"""By name, in the order in which the page offers them."""
