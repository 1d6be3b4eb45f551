"""CSV as RFC 4180 has it: UTF-8, a header, quotes only where they are needed; missing is empty. TSV is the
same with tabs.

What `modules.files` reads is what was written: an integer column stays one, floats keep all their
digits and a point, datetimes are ISO 8601 (UTC with Z), timedeltas `1 days 02:03:04`, binary is
hexadecimal. Text that would be taken for missing ("NA") is quoted.

Guarded, a text that a spreadsheet would run as a formula gets a ' in front (OWASP, "CSV injection"): it
begins with = + - @, a tab or a line end. That changes the text, so it is done by choice only.
"""

from __future__ import annotations

import csv
import io
import os
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from modules.files.conversions import MISSING
from modules.look.cells import times
from modules.sdk.storable import one_piece, storable
from modules.sdk.values import Table

ROWS = 1 << 16
STRING = pa.large_string()
NEEDS_QUOTES = r'["{separator}\r\n]|^\s|\s$'
FORMULA = r"^[=+\-@\t\r\n\x{FF1D}\x{FF0B}\x{FF0D}\x{FF20}]"


def write_guarded_csv(table: Table, target: Path) -> None:
    """The table as CSV in which no text is a formula to a spreadsheet."""
    write_csv(table, target, guarded=True)


def write_tsv(table: Table, target: Path) -> None:
    """The table with tabs in place of commas."""
    write_csv(table, target, separator="\t")


def write_csv(table: Table, target: Path, *, guarded: bool = False, separator: str = ",") -> None:
    """The table as CSV, some 65,000 rows at a time."""
    columns = [storable(column.data) for column in table]
    with target.open("wb") as file, ThreadPoolExecutor(os.cpu_count()) as threads:
        header = io.StringIO()
        names = _harmless(pa.chunked_array([pa.array(table.names, STRING)])).to_pylist()
        csv.writer(header, delimiter=separator, lineterminator="\n").writerow(
            names if guarded else table.names
        )
        file.write(header.getvalue().encode())
        if not columns:
            return
        for start in range(0, len(table), ROWS):
            parts = [column.slice(start, ROWS) for column in columns]
            texts = threads.map(
                partial(_fields, alone=len(columns) == 1, guarded=guarded, separator=separator), parts
            )
            lines = _joined(*texts, separator=separator)
            file.write(bytes_of(_joined(lines, "\n")))


def _fields(data: pa.ChunkedArray, alone: bool, guarded: bool, separator: str) -> pa.Array:
    """A column's values as they stand in the file; an empty value standing alone gets its quotes."""
    fields = one_piece(_texts(_guarded(data) if guarded else data, separator))
    return pc.fill_null(fields, pa.scalar('""' if alone else "", STRING))


def _guarded(data: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_dictionary(data.type):
        array = one_piece(data)
        texts = one_piece(_guarded(pa.chunked_array([array.dictionary])))
        return pa.chunked_array([pa.DictionaryArray.from_arrays(array.indices, texts)])
    return _harmless(data) if pa.types.is_large_string(data.type) else data


def _harmless(text: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.if_else(pc.match_substring_regex(text, FORMULA), _joined("'", text), text)


def _texts(data: pa.ChunkedArray, separator: str) -> pa.ChunkedArray:
    arrow = data.type
    if pa.types.is_dictionary(arrow):
        array = one_piece(data)
        return pa.chunked_array(
            [one_piece(_texts(pa.chunked_array([array.dictionary]), separator)).take(array.indices)]
        )
    if pa.types.is_timestamp(arrow) or pa.types.is_duration(arrow):
        return _times(data)
    if pa.types.is_large_binary(arrow):
        texts = [None if value is None else value.hex() for value in data.to_pylist()]
        return pa.chunked_array([pa.array(texts, STRING)])
    text = data.cast(STRING)
    if pa.types.is_floating(arrow):
        whole = pc.match_substring_regex(text, "^-?[0-9]+$")
        return pc.if_else(whole, _joined(text, ".0"), text)
    return text if not pa.types.is_large_string(arrow) else _quoted(text, separator)


def _times(data: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_duration(data.type):
        return pa.chunked_array([pa.array(times(data), STRING)])
    try:
        text = data.cast(pa.timestamp(data.type.unit, data.type.tz and "UTC")).cast(STRING)
    except pa.ArrowException:  # years of more than four digits
        return pa.chunked_array([pa.array(times(data), STRING)])
    text = pc.replace_substring(text, " ", "T")
    text = pc.replace_substring_regex(text, r"[.]0+(Z?)$", r"\1")
    return pc.replace_substring_regex(text, r"([.][0-9]*[1-9])0+(Z?)$", r"\1\2")


def _quoted(text: pa.ChunkedArray, separator: str) -> pa.ChunkedArray:
    needed = pc.or_(
        pc.match_substring_regex(text, NEEDS_QUOTES.replace("{separator}", separator)),
        pc.is_in(text, pa.array(MISSING, text.type)),
    )
    if not pc.any(needed, min_count=0).as_py():
        return text
    doubled = pc.replace_substring(text, '"', '""')
    return pc.if_else(needed, _joined('"', doubled, '"'), text)


def _joined(*parts: Any, separator: str = "") -> Any:
    """The parts of each row one after the other; a part may be one text for all rows."""
    typed = [pa.scalar(part, STRING) if isinstance(part, str) else part for part in parts]
    return pc.binary_join_element_wise(*typed, pa.scalar(separator, STRING))


def bytes_of(lines: pa.Array) -> memoryview:
    """The text of all values, one after the other, as it lies in memory."""
    _, offsets, characters = lines.buffers()
    ends = np.frombuffer(offsets, dtype=np.int64)[lines.offset : lines.offset + len(lines) + 1]
    return memoryview(characters)[ends[0] : ends[-1]]
