"""JSON Lines: an object a line. pyarrow reads; what it cannot do without damage, Python does, slower."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.json as pa_json

from modules.files.infer import infer
from modules.files.names import header_names
from modules.files.spill import Scratch
from modules.files.text_source import Text, load_text
from modules.sdk.errors import FileError
from modules.sdk.objects import from_objects
from modules.sdk.storable import storable
from modules.sdk.values import Column, Table

BLOCK = 8 << 20
EXACT = float(2**53)


def read_jsonl(path: Path, scratch: Scratch | None = None) -> Table:
    """The table of a JSON Lines file: a column for each key, missing where a line has it not.

    Strings stay text, but for a column of ISO dates. Lists and objects become JSON text, and so does a
    column of mixed values, with a note.
    """
    text = load_text(path, scratch)
    found = _quickly(text)
    if found is None:
        return _by_line(text)
    columns = [
        Column(name, _dated(storable(data)))
        for name, data in zip(header_names(found.column_names), found.columns, strict=True)
    ]
    return Table.from_columns(columns, found.num_rows)


def _quickly(text: Text) -> pa.Table | None:
    """pyarrow's reading; None where it fails, finds nothing, or made floats of too large integers."""
    try:
        found = pa_json.read_json(
            pa.BufferReader(text.data), read_options=pa_json.ReadOptions(block_size=BLOCK)
        )
    except pa.ArrowException:
        return None
    if not found.num_rows:
        return None
    for data in found.columns:
        if pa.types.is_floating(data.type) and pc.any(pc.greater_equal(pc.abs(data), EXACT)).as_py():
            return None
        if pa.types.is_nested(data.type):  # pyarrow would add the keys of other lines' objects
            return None
    return found


def _dated(data: pa.ChunkedArray) -> pa.ChunkedArray:
    if not pa.types.is_large_string(data.type):
        return data.cast(pa.timestamp("us", data.type.tz)) if pa.types.is_timestamp(data.type) else data
    typed = infer(data)
    return typed if pa.types.is_timestamp(typed.type) else data


def _by_line(text: Text) -> Table:
    rows: list[dict[str, Any]] = []
    with text.reader() as stream:
        for number, line in enumerate(stream, 1):
            if line.strip():
                rows.append(_row(line, number))
    if not rows:
        raise FileError("the file has no lines, only empty ones")
    return records_table(rows)


def records_table(rows: list[dict[str, Any]]) -> Table:
    """A column for each key, in the order they turn up; missing where a row has it not."""
    keys = list(dict.fromkeys(key for row in rows for key in row))
    columns = []
    for name, key in zip(header_names(keys), keys, strict=True):
        values = np.empty(len(rows), dtype=object)
        values[:] = [_plain(row.get(key)) for row in rows]
        column = from_objects(name, values)
        columns.append(Column(name, _dated(column.data), note=column.note))
    return Table.from_columns(columns, len(rows))


def _row(line: str, number: int) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise FileError(
            f"line {number} is not JSON: {error.msg} at column {error.colno}", line=number, column=error.colno
        ) from error
    except RecursionError as error:
        raise FileError(f"line {number} is nested too deeply", line=number) from error
    if not isinstance(row, dict):
        raise FileError(f"line {number} is no JSON object: each line must be one, in braces", line=number)
    return row


def _plain(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (list, dict)) else value
