"""JSON Lines: an object a line. pyarrow reads; what it cannot do without damage, Python does, slower."""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from math import isinf
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.json as pa_json

from modules.files.absent import Absent
from modules.files.infer import infer
from modules.files.mixed import zones_differ
from modules.files.names import header_names
from modules.files.report import Reject, Report
from modules.files.spill import Scratch
from modules.files.text_source import Text, load_text
from modules.sdk.column import Column
from modules.sdk.errors import FileError
from modules.sdk.json_text import json_text
from modules.sdk.objects import from_objects
from modules.sdk.storable import storable
from modules.sdk.values import Table

BLOCK = 8 << 20
HEAD = 1 << 18
"""Bytes that tell which columns are dates, mostly."""
EXACT = float(2**53)
DIGITS = 1000
BATCH = 50_000
"""Lines that are taken at once where Python reads them."""


def read_jsonl(
    path: Path,
    scratch: Scratch | None = None,
    encoding: str | None = None,
    report: Report | None = None,
    absent: Absent | None = None,
) -> Table:
    """The table of a JSON Lines file: a column for each key, missing where a line has it not.

    Strings stay text, but for a column of ISO dates. Lists and objects become JSON text, and so does a
    column of mixed values, with a note.
    """
    text = load_text(path, scratch, encoding)
    found = None if absent else _quickly(text)
    if found is None:
        return _by_line(text, report or Report(), absent or Absent())
    columns = [
        _dated(Column(name, storable(data)), partial(_line_of, text))
        for name, data in zip(header_names(found.column_names), found.columns, strict=True)
    ]
    return Table.from_columns(columns, found.num_rows)


def _quickly(text: Text) -> pa.Table | None:
    """pyarrow's reading; None where it fails, finds nothing, or made floats of too large integers.

    Dates stay text: of one with a zone pyarrow would forget the zone."""
    head = text.data.slice(0, bytes(memoryview(text.data)[:HEAD]).rfind(b"\n") + 1)
    texts, names = pa.schema([]), list[str]()
    try:
        for part in (head, text.data, text.data):
            found = _parsed(part, texts) if part.size else pa.table({})
            names += found.column_names  # those of the schema come first: the first reading tells the order
            known, texts = texts, _as_text(found, texts)
            if part is text.data and texts == known:
                break
    except pa.ArrowException:
        return None
    if not found.num_rows:
        return None
    found = found.select(list(dict.fromkeys(names)))
    for data in found.columns:
        if pa.types.is_floating(data.type) and pc.any(pc.greater_equal(pc.abs(data), EXACT)).as_py():
            return None
        if pa.types.is_nested(data.type):  # pyarrow would add the keys of other lines' objects
            return None
    return found


def _parsed(data: pa.Buffer, texts: pa.Schema) -> pa.Table:
    """The lines, those of `texts` as they are written."""
    return pa_json.read_json(
        pa.BufferReader(data),
        read_options=pa_json.ReadOptions(block_size=BLOCK),
        parse_options=pa_json.ParseOptions(explicit_schema=texts, unexpected_field_behavior="infer"),
    )


def _as_text(found: pa.Table, texts: pa.Schema) -> pa.Schema:
    """`texts`, and what was taken for times."""
    times = [field.name for field in found.schema if pa.types.is_timestamp(field.type)]
    return pa.schema([*texts, *((name, pa.string()) for name in times)])


def _line_of(text: Text, row: int) -> int:
    with text.reader() as stream:
        full = (number for number, line in enumerate(stream, 1) if line.strip())
        return next(islice(full, row, None))


def _dated(column: Column, line: Callable[[int], int | None]) -> Column:
    """A column of ISO dates as such; "NA" is text here. `line`: of a row, to note what keeps it text."""
    data = column.data
    if not pa.types.is_large_string(data.type):
        return column
    typed = infer(data)
    empty = pc.sum(pc.equal(pc.binary_length(data), 0)).as_py() or 0
    if pa.types.is_timestamp(typed.type) and typed.null_count == data.null_count + empty:
        return Column(column.name, typed, note=column.note)
    mixed = zones_differ(data) if column.note is None else None
    return Column(column.name, data, note=mixed.note(line(mixed.row))) if mixed else column


def _by_line(text: Text, report: Report, absent: Absent) -> Table:
    """In batches, each typed at once. Columns that are not of one type in all of them are read once more."""
    lines, grown = array("q"), dict[str, _Grown]()
    numbered = _rows(text, report)
    while batch := list(islice(numbered, BATCH)):
        rows = [row for _, row in batch]
        for key in dict.fromkeys(key for row in rows for key in row):
            values = absent.without(key, _values(rows, key))
            grown.setdefault(key, _Grown()).add(len(lines), from_objects(key, values))
        lines.extend(number for number, _ in batch)
    if not lines:
        raise FileError("the file has no lines, only empty ones")
    report.line = lines.__getitem__
    odd = [key for key, column in grown.items() if column.odd]
    whole = _objects(text, odd, len(lines)) if odd else {}
    columns = []
    for name, (key, column) in zip(header_names(grown), grown.items(), strict=True):
        made = Column(name, column.finish(len(lines))) if key not in whole else None
        made = made or _column(name, absent.without(key, whole.pop(key)))
        columns.append(_dated(made, lines.__getitem__))
    return Table.from_columns(columns, len(lines))


class _Grown:
    """A column that comes in batches; `odd` where it is not of one type in all of them, or says something."""

    def __init__(self) -> None:
        self.pieces: list[tuple[int, pa.ChunkedArray]] = []
        self.type: pa.DataType | None = None
        self.mixed = False

    @property
    def odd(self) -> bool:
        return self.mixed or self.type is None

    def add(self, first: int, column: Column) -> None:
        """Its values from row `first` on."""
        data = column.data
        if self.mixed or data.null_count == len(data):
            return
        self.type = self.type or data.type
        if column.note or data.type != self.type:
            self.mixed = True
            self.pieces.clear()
            return
        self.pieces.append((first, data))

    def finish(self, rows: int) -> pa.ChunkedArray:
        """The column, missing where no batch had it."""
        chunks, reached = [], 0
        for first, data in self.pieces:
            chunks += [pa.nulls(first - reached, self.type), *data.chunks]
            reached = first + len(data)
        return pa.chunked_array([*chunks, pa.nulls(rows - reached, self.type)], self.type)


def _rows(text: Text, report: Report) -> Iterator[tuple[int, dict[str, Any]]]:
    """Each object, with its line."""
    with text.reader() as stream:
        for number, line in enumerate(stream, 1):
            if not line.strip():
                continue
            try:
                yield number, _row(line, number)
            except FileError as error:
                if not report.apart:
                    raise
                report.reject(Reject(number, error.message, line.rstrip("\r\n"), error.column))


def _objects(text: Text, keys: list[str], rows: int) -> dict[str, np.ndarray]:
    """The values of some columns as they are in the lines."""
    found = {key: np.empty(rows, dtype=object) for key in keys}
    for at, (_, row) in enumerate(_rows(text, Report(apart=True))):
        for key in keys:
            found[key][at] = _plain(row.get(key))
    return found


def _values(rows: list[dict[str, Any]], key: str) -> np.ndarray:
    values = np.empty(len(rows), dtype=object)
    values[:] = [_plain(row.get(key)) for row in rows]
    return values


def records_table(rows: list[dict[str, Any]], absent: Absent) -> Table:
    """A column for each key, in the order they turn up; missing where a row has it not."""
    keys = list(dict.fromkeys(key for row in rows for key in row))
    columns = []
    for name, key in zip(header_names(keys), keys, strict=True):
        column = _column(name, absent.without(key, _values(rows, key)))
        columns.append(_dated(column, lambda row: None))
    return Table.from_columns(columns, len(rows))


def _column(name: str, values: np.ndarray) -> Column:
    """As `from_objects`; true and false that become text are spelt as JSON has them."""
    made = from_objects(name, values)
    if made.type != "string" or not any(isinstance(value, bool) for value in values):
        return made
    spelt = values.copy()
    spelt[:] = [json.dumps(value) if isinstance(value, bool) else value for value in values]
    return Column(name, from_objects(name, spelt).data, note=made.note)


def _row(line: str, number: int) -> dict[str, Any]:
    try:
        row = json.loads(line, parse_int=whole, parse_float=fraction)
    except json.JSONDecodeError as error:
        raise FileError(
            f"line {number} is not JSON: {error.msg} at column {error.colno}", line=number, column=error.colno
        ) from error
    except RecursionError as error:
        raise FileError(f"line {number} is nested too deeply", line=number) from error
    if not isinstance(row, dict):
        raise FileError(f"line {number} is not a JSON object: each line must be one, in braces", line=number)
    return row


def whole(digits: str) -> int | str:
    """A number of thousands of digits stays text: Python would refuse it, and no column could hold it."""
    return int(digits) if len(digits) <= DIGITS else digits


def fraction(digits: str) -> float | str:
    """A number beyond floats stays text; 1e400 would be infinite."""
    number = float(digits)
    return digits if isinf(number) else number


def _plain(value: Any) -> Any:
    return json_text(value) if isinstance(value, (list, dict)) else value
