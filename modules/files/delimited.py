"""Comma- and tab-separated text, with a header or without: pyarrow cuts it into values, `Growing` types them.

The file is read in segments, so that memory does not grow with it. All values are read as text first,
which costs no more than guessing, and each segment is typed at once; only a column whose type turns out
too narrow is read again. Values that stand for missing (see `conversions.MISSING`) are missing where they
are not in quotes; in quotes they are text, as R and others write them. An empty value is missing
either way. Empty lines are skipped.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pc_csv

from modules.files.conversions import MISSING, TEXT
from modules.files.growing import Growing
from modules.files.mixed import mixed
from modules.files.names import header_names, numbered_names
from modules.files.records import check_quotes, find_fault, lines_of, records
from modules.files.segments import OutOfStep, segments
from modules.files.sniff import sniff
from modules.files.spill import Scratch
from modules.files.text_source import Text, load_text
from modules.sdk.errors import FileError
from modules.sdk.values import Column, Table

BLOCK = 4 << 20
IN_MEMORY = 256 << 20
"""Text up to this size is typed in memory; the columns of a larger one grow on disk."""


def read_delimited(
    path: Path,
    *,
    delimiter: str | None,
    header: bool,
    missing: Sequence[str] = (),
    text: Sequence[str] = (),
    scratch: Scratch | None = None,
) -> Table:
    """The table of a delimited file; without a `delimiter` it is found (see `sniff`). More in `Reading`."""
    scratch = scratch or Scratch()
    whole = load_text(path, scratch)
    delimiter = delimiter or sniff(whole)
    line, first = next(records(whole, delimiter), (0, []))
    if not line:
        raise FileError("the file has no rows and no header, only empty lines")
    names = header_names(first) if header else numbered_names(len(first))
    if unknown := [name for name in text if name not in names]:
        raise FileError(
            f"it has no column '{unknown[0]}' that could stay text; it has {', '.join(names[:20])}"
        )
    texts = {str(at) for at, name in enumerate(names) if name in text}
    source = _Source(whole, delimiter, len(names), skip=1 if header else 0, missing=missing, texts=texts)
    kept = scratch if whole.data.size > IN_MEMORY else None
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        columns = source.columns(kept, threads)
        strings = [data if pa.types.is_large_string(data.type) else None for data in columns]
        odd = [mixed(data, threads) if data is not None else None for data in strings]
    rows = [found.row + source.skip for found in odd if found]
    lines = lines_of(whole, delimiter, rows) if rows else {}
    notes = [found.note(lines.get(found.row + source.skip)) if found else None for found in odd]
    made = [Column(name, data, note=note) for name, data, note in zip(names, columns, notes, strict=True)]
    return Table.from_columns(made, len(columns[0]))


class _Source:
    """A text and how to read it: `width` values a record, the first `skip` records being the header."""

    def __init__(
        self, text: Text, delimiter: str, width: int, skip: int, missing: Sequence[str], texts: set[str]
    ) -> None:
        self.text, self.delimiter, self.width, self.skip = text, delimiter, width, skip
        self.missing, self.texts = [*MISSING, *missing], texts
        self.data = text.data.slice(_empty_lines(text.data))
        self.names = [str(at) for at in range(width)]
        self.serial = False

    def columns(self, scratch: Scratch | None, threads: ThreadPoolExecutor) -> list[pa.ChunkedArray]:
        """Every column in its type."""
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
        return [column.finish() for column in growing.values()]

    def _fresh(self, scratch: Scratch | None) -> dict[str, Growing]:
        return {name: Growing(scratch, TEXT if name in self.texts else None) for name in self.names}

    def _grow(self, growing: dict[str, Growing], threads: ThreadPoolExecutor) -> None:
        names = list(growing)
        pieces = self._in_one_go(names) if self.serial else self._in_segments(names)
        with ThreadPoolExecutor(1) as ahead:
            coming = ahead.submit(next, pieces, None)
            while (piece := coming.result()) is not None:
                coming = ahead.submit(next, pieces, None)
                list(threads.map(lambda name, piece=piece: growing[name].add(piece[name]), names))

    def _in_segments(self, names: list[str]) -> Iterator[pa.Table]:
        skip = self.skip
        for segment in segments(self.data, quoted=self.text.quoted):
            yield self._read(segment, names, skip)
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
        return (
            pc_csv.ReadOptions(column_names=self.names, skip_rows_after_names=skip, block_size=block),
            pc_csv.ParseOptions(delimiter=self.delimiter, newlines_in_values=self.text.quoted),
            pc_csv.ConvertOptions(
                column_types=dict.fromkeys(self.names, pa.string()),
                include_columns=names,
                strings_can_be_null=True,
                quoted_strings_can_be_null=False,
                null_values=self.missing,
                check_utf8=False,  # known already
            ),
        )

    def _fault(self, error: Exception) -> FileError:
        found = find_fault(self.text, self.delimiter, self.width)
        return found or FileError(f"the file could not be read: {error}")


def _empty_lines(data: pa.Buffer) -> int:
    """The length of the empty lines at the start: pyarrow would take the first for the header."""
    at = 0
    while at < data.size and data[at] in b"\r\n":
        at += 1
    return at
