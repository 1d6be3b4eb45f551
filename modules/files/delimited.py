"""Comma- and tab-separated text, with a header or without: pyarrow cuts it into values, and
`GrowingColumn` types them.

The file is read in segments, so that memory does not grow with it. All values are read as text first,
which costs no more than guessing, and each segment is typed at once; only a column whose type turns out
too narrow is read again. Values that stand for missing (see `conversions.MISSING`) are missing where they
are not in quotes; in quotes they are text, as R and others write them. An empty value is missing
either way. Empty lines are skipped.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pc_csv

from modules.files.codes import Codes
from modules.files.column_wishes import ColumnWishes
from modules.files.conversions import MISSING
from modules.files.growing_column import GrowingColumn, WishedColumn
from modules.files.mixed import mixed
from modules.files.names import header_names, numbered_names
from modules.files.records import check_quotes, ended_rows, find_fault, lines_of, records, rejects
from modules.files.report import Report
from modules.files.segments import OutOfStep, segments, whole_records
from modules.files.sniff import said_separator, sniff
from modules.files.spill import Scratch, without
from modules.files.text_source import Text, load_text, with_single_blanks
from modules.sdk.column import Column
from modules.sdk.errors import FileError
from modules.sdk.values import Table

BLOCK = 4 << 20
LOTS = 64
LONGEST_NAME = 100_000
IN_MEMORY = 256 << 20
"""Text up to this size is typed in memory; the columns of a larger one grow on disk."""


def read_delimited(
    path: Path,
    *,
    delimiter: str | None,
    header: bool,
    missing: Sequence[str] = (),
    text: Sequence[str] = (),
    columns: Mapping[str, Mapping[str, Any]] | None = None,
    encoding: str | None = None,
    skip: int = 0,
    report: Report | None = None,
    scratch: Scratch | None = None,
    cut_off: bool = False,
) -> Table:
    """The table of a delimited file; without a `delimiter` it is found (see `sniff`). More in `Reading`.
    `cut_off`: it is the beginning of a file only, and its last record may not be whole."""
    scratch, report = scratch or Scratch(), report or Report()
    whole = load_text(path, scratch, encoding)
    if cut_off:
        whole = whole_records(whole)
    whole = whole.after(skip)
    if said := said_separator(whole):
        whole, delimiter = whole.after(1), delimiter or said
    delimiter = delimiter or sniff(whole)
    if delimiter == " ":
        whole = with_single_blanks(whole, scratch)
    if not delimiter.isascii():
        raise FileError(f"'{delimiter}' cannot be the separator: only letters and signs of ASCII can")
    report.found |= {"delimiter": delimiter, "encoding": whole.encoding}
    line, first = next(records(whole, delimiter), (0, []))
    if not line:
        raise FileError("the file has no rows and no header, only empty lines")
    if header and (longest := max(map(len, first))) > LONGEST_NAME:
        raise FileError(
            f"line {line}, the header, has a name of {longest:,} characters; choose the type without a "
            "header, or another",
            line=line,
        )
    names = header_names(first) if header else numbered_names(len(first))
    if unknown := [name for name in text if name not in names]:
        raise FileError(
            f"it has no column '{unknown[0]}' that could stay text; it has {', '.join(names[:20])}"
        )
    asked = ColumnWishes.of(names, columns or {}, text)
    if header and (data := ended_rows(whole, delimiter, len(names))):
        ended = asked._replace(names=[*asked.names, ""], literal=asked.literal | {len(names)})
        try:
            found = _table(data, delimiter, 0, missing, ended, report, scratch)
        except FileError:
            if ended_rows(whole, delimiter, len(names), None):
                raise
            found = None
        if found is not None and found.rows and found.columns[-1].data.null_count == found.rows:
            return Table.from_columns(found.columns[:-1], found.rows)
        report.rejects.clear()  # what is at fault is told as of any other file
    return _table(whole, delimiter, 1 if header else 0, missing, asked, report, scratch)


def _table(
    text: Text,
    delimiter: str,
    skip: int,
    missing: Sequence[str],
    asked: ColumnWishes,
    report: Report,
    scratch: Scratch,
) -> Table:
    """The records behind the first `skip` as columns of the names that are `asked`."""
    width = len(asked.names)
    source = _Source(text, delimiter, width, skip, missing, asked, report.apart)
    kept = scratch if text.data.size > IN_MEMORY else None
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        made, misfits, codes = source.columns(kept, threads)
        strings = [data if pa.types.is_large_string(data.type) else None for data in made]
        odd = [mixed(data, threads) if data is not None else None for data in strings]
    telling = [one or (code.first if code.doubtful else None) for one, code in zip(odd, codes, strict=True)]
    rows = [found.row + skip for found in telling if found]
    uneven = width if source.uneven else None
    lines = lines_of(text, delimiter, rows, uneven) if rows else {}
    notes = [found.note(lines.get(found.row + skip)) if found else None for found in telling]
    if misfits or source.uneven:
        for row in rejects(text, delimiter, width, skip, misfits, asked.why):
            report.reject(row)
        made = [without(data, misfits, kept) for data in made]
    table = [Column(name, data, note=note) for name, data, note in zip(asked.names, made, notes, strict=True)]
    return Table.from_columns(table, len(made[0]))


class _Source:
    """A text and how to read it: `width` values a record, the first `skip` records being the header. Records
    of another width are an error, or, `apart`, left out; then `uneven` says that there were some."""

    def __init__(
        self,
        text: Text,
        delimiter: str,
        width: int,
        skip: int,
        missing: Sequence[str],
        asked: ColumnWishes,
        apart: bool,
    ) -> None:
        self.text, self.delimiter, self.width, self.skip = text, delimiter, width, skip
        self.missing, self.asked, self.apart, self.uneven = [*MISSING, *missing], asked, apart, False
        self.data = text.data.slice(_empty_lines(text.data))
        self.names = [str(at) for at in range(width)]
        self.serial = False

    def columns(
        self, scratch: Scratch | None, threads: ThreadPoolExecutor
    ) -> tuple[list[pa.ChunkedArray], dict[int, int], list[Codes]]:
        """Every column in its type; the rows in which a value is not what was chosen, each with the place of
        that value's column; and what in each column of numbers may be codes."""
        growing = self._fresh(scratch)
        try:
            self._grow(growing, threads)
        except (OutOfStep, pa.ArrowInvalid) as error:
            if not self.text.quoted:
                raise self._fault(error) from error
            check_quotes(self.text, self.delimiter)
            self.serial = True
            growing = self._fresh(scratch)
            try:
                self._grow(growing, threads)
            except pa.ArrowInvalid as again:
                raise self._fault(again) from again
        while broken := {name: column.again() for name, column in growing.items() if column.broken}:
            self._grow(broken, threads)
            growing |= broken
        misfits: dict[int, int] = {}
        for at, column in enumerate(growing.values()):
            for row in column.bad:
                misfits.setdefault(row, at)
        columns = list(growing.values())
        return [column.finish() for column in columns], misfits, [column.codes for column in columns]

    def _fresh(self, scratch: Scratch | None) -> dict[str, GrowingColumn]:
        chosen = self.asked.choices
        return {
            name: WishedColumn(scratch, choice) if (choice := chosen.get(at)) else GrowingColumn(scratch)
            for at, name in enumerate(self.names)
        }

    def _grow(self, growing: dict[str, GrowingColumn], threads: ThreadPoolExecutor) -> None:
        names = list(growing)
        pieces = self._pieces(names)
        with ThreadPoolExecutor(1) as ahead:
            coming = ahead.submit(next, pieces, None)
            while (piece := coming.result()) is not None:
                coming = ahead.submit(next, pieces, None)
                add = partial(self._add, growing, piece)
                list(threads.map(add, _shares(names)))

    def _add(self, growing: dict[str, GrowingColumn], piece: pa.Table, names: list[str]) -> None:
        for name in names:
            growing[name].add(self._present(piece, name))

    def _present(self, piece: pa.Table, name: str) -> pa.ChunkedArray:
        """A column's values without what stands for missing in it alone."""
        data, markers = piece[name], self.asked.missing.get(int(name))
        if not markers:
            return data
        absent = pc.is_in(pc.ascii_trim_whitespace(data), pa.array(markers, data.type))
        return pc.if_else(absent, pa.scalar(None, data.type), data)

    def _pieces(self, names: list[str]) -> Iterator[pa.Table]:
        """The values as text. Columns in which NA is a value are read beside the others."""
        literal = [name for name in names if int(name) in self.asked.literal]
        usual = [name for name in names if name not in literal] if literal else names
        read = self._in_one_go if self.serial else self._in_segments
        parts = [read(group) for group in (usual, literal) if group]
        for pieces in zip(*parts, strict=True):
            yield pa.table({name: piece[name] for piece in pieces for name in piece.column_names})

    def _in_segments(self, names: list[str]) -> Iterator[pa.Table]:
        skip = self.skip
        for segment in segments(self.data, quoted=self.text.quoted):
            yield self._read(_ended(segment) if skip else segment, names, skip)
            skip = 0

    def _read(self, segment: pa.Buffer, names: list[str], skip: int) -> pa.Table:
        block = BLOCK
        while True:
            try:
                return pc_csv.read_csv(pa.BufferReader(segment), *self._options(names, skip, block))
            except pa.ArrowInvalid as error:
                if "straddling" not in str(error) or block > segment.size:
                    raise
                block *= 16  # one value is longer than a block

    def _in_one_go(self, names: list[str]) -> Iterator[pa.Table]:
        block = 4 * BLOCK
        with pc_csv.open_csv(pa.BufferReader(self.data), *self._options(names, self.skip, block)) as batches:
            for batch in batches:
                yield pa.table(batch)

    def _options(
        self, names: list[str], skip: int, block: int
    ) -> tuple[pc_csv.ReadOptions, pc_csv.ParseOptions, pc_csv.ConvertOptions]:
        literal = int(names[0]) in self.asked.literal
        return (
            pc_csv.ReadOptions(column_names=self.names, skip_rows_after_names=skip, block_size=block),
            pc_csv.ParseOptions(
                delimiter=self.delimiter,
                newlines_in_values=self.text.quoted,
                invalid_row_handler=self._leave_out if self.apart else None,
            ),
            pc_csv.ConvertOptions(
                column_types=dict.fromkeys(self.names, pa.string()),
                include_columns=names,
                strings_can_be_null=True,
                quoted_strings_can_be_null=False,
                null_values=[""] if literal else self.missing,
                check_utf8=False,  # known already
            ),
        )

    def _leave_out(self, row: pc_csv.InvalidRow) -> str:
        self.uneven = True
        return "skip"

    def _fault(self, error: Exception) -> FileError:
        found = find_fault(self.text, self.delimiter, self.width)
        return found or FileError(f"the file could not be read: {error}")


def _shares(names: list[str]) -> Iterator[list[str]]:
    """The columns in lots: each costs a thread something, and there may be 100,000."""
    size = max(1, len(names) // LOTS)
    return (names[at : at + size] for at in range(0, len(names), size))


def _ended(segment: pa.Buffer) -> pa.Buffer:
    """A small segment with a line end: pyarrow cannot skip a header that has none."""
    if segment.size > BLOCK or segment[segment.size - 1] in b"\r\n":
        return segment
    return pa.py_buffer(segment.to_pybytes() + b"\n")


def _empty_lines(data: pa.Buffer) -> int:
    """The length of the empty lines at the start: pyarrow would take the first for the header."""
    at = 0
    while at < data.size and data[at] in b"\r\n":
        at += 1
    return at
