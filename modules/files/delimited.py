"""Comma- and tab-separated text, with a header or without: pyarrow reads, `infer` finds the types.

Values that stand for missing (see `infer.MISSING`) are missing where they are not in quotes; in
quotes they are text, as R and others write them. An empty value is missing either way. Empty
lines are skipped.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pc_csv

from modules.files.infer import MISSING, Inferred, infer
from modules.files.names import header_names, numbered_names
from modules.files.records import check_quotes, find_fault, lines_of, records
from modules.files.text_source import Text, load_text
from modules.sdk.errors import FileError
from modules.sdk.values import Column, Table

BLOCK = 4 << 20
SNIFFED = 50


def read_delimited(path: Path, *, delimiter: str | None, header: bool) -> Table:
    """The table of a delimited file; without a `delimiter` it is found: one of , ; tab |."""
    text = load_text(path)
    delimiter = delimiter or sniff(text)
    if text.quotes % 2:
        check_quotes(text, delimiter)
    line, first = next(records(text, delimiter), (0, []))
    if not line:
        raise FileError("the file has no rows and no header, only empty lines")
    names = header_names(first) if header else numbered_names(len(first))
    columns = _read(text, delimiter, len(names), skip=1 if header else 0)
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        inferred = list(threads.map(infer, columns))
    notes = _notes(text, delimiter, inferred, skipped=1 if header else 0)
    made = [
        Column(name, column.data, note=note)
        for name, column, note in zip(names, inferred, notes, strict=True)
    ]
    return Table.from_columns(made, len(columns[0]))


def sniff(text: Text) -> str:
    """The separator that cuts the first lines into the same number of fields, several of them."""
    best, score = ",", (0.0, 1)
    with text.reader() as stream:
        head = list(islice(stream, SNIFFED))
    for delimiter in (",", ";", "\t", "|"):
        widths = [len(fields) for fields in csv.reader(head, delimiter=delimiter) if fields]
        if not widths or widths[0] < 2:
            continue
        mine = (sum(width == widths[0] for width in widths) / len(widths), widths[0])
        if mine[0] > score[0] or (mine[0] == score[0] and mine[1] > score[1] and best != ","):
            best, score = delimiter, mine
    return best


def _read(text: Text, delimiter: str, width: int, skip: int) -> Sequence[pa.ChunkedArray]:
    """All values as text, column by column."""
    names = [str(at) for at in range(width)]
    data = text.data.slice(_empty_lines(text.data))
    block = BLOCK
    while True:
        try:
            return pc_csv.read_csv(
                pa.BufferReader(data),
                read_options=pc_csv.ReadOptions(
                    column_names=names, skip_rows_after_names=skip, block_size=block
                ),
                parse_options=pc_csv.ParseOptions(delimiter=delimiter, newlines_in_values=text.quotes > 0),
                convert_options=pc_csv.ConvertOptions(
                    column_types=dict.fromkeys(names, pa.string()),
                    strings_can_be_null=True,
                    quoted_strings_can_be_null=False,
                    null_values=MISSING,
                ),
            ).columns
        except pa.ArrowInvalid as error:
            if "straddling" in str(error) and block < min(text.data.size, 1 << 30):
                block *= 16  # one value longer than a block
                continue
            fault = find_fault(text, delimiter, width)
            raise fault or FileError(f"the file could not be read: {error}") from error


def _empty_lines(data: pa.Buffer) -> int:
    """The length of the empty lines at the start: pyarrow would take the first for the header."""
    at = 0
    while at < data.size and data[at] in b"\r\n":
        at += 1
    return at


def _notes(text: Text, delimiter: str, columns: Sequence[Inferred], skipped: int) -> list[str | None]:
    rows = [column.mixed.row + skipped for column in columns if column.mixed]
    lines = lines_of(text, delimiter, rows, len(columns[0].data) + skipped) if rows else {}
    return [c.mixed.note(lines.get(c.mixed.row + skipped)) if c.mixed else None for c in columns]
