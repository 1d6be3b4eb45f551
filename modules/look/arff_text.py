"""ARFF, the text files of Weka: a header that names and types the columns, then lines of values.

Integers are INTEGER, floats NUMERIC, text STRING, categories and Booleans nominal, datetimes DATE; time
spans, bytes and times finer than milliseconds, which ARFF does not know, become text. Missing is `?`.
"""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from modules.look.cells import times
from modules.look.csv_text import bytes_of
from modules.sdk.storable import one_piece, storable
from modules.sdk.values import Table

ROWS = 1 << 16
STRING = pa.large_string()
ESCAPES = (("\\", "\\\\"), ("'", "\\'"), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t"))
SECONDS, FINER = "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.SSS"


def write_arff(table: Table, target: Path) -> None:
    """The table as ARFF, some 65,000 rows at a time."""
    columns = [_known_to_arff(storable(column.data)) for column in table]
    types = [_type(data) for data in columns]
    with target.open("wb") as file:
        named = [f"@attribute {quoted(n)} {t}" for n, t in zip(table.names, types, strict=True)]
        file.write("\n".join(["@relation dataset", "", *named, "", "@data", ""]).encode())
        for start in range(0, len(table) if columns else 0, ROWS):
            parts = [_cells(column.slice(start, ROWS)) for column in columns]
            lines = pc.binary_join_element_wise(*parts, pa.scalar(",", STRING))
            ended = pc.binary_join_element_wise(lines, pa.scalar("", STRING), pa.scalar("\n", STRING))
            file.write(bytes_of(ended))


def quoted(text: str) -> str:
    """
    >>> print(quoted("it's"))
    'it\\'s'
    """
    for raw, escaped in ESCAPES:
        text = text.replace(raw, escaped)
    return f"'{text}'"


def _known_to_arff(data: pa.ChunkedArray) -> pa.ChunkedArray:
    """Numbers, Booleans, text, categories of text, datetimes in seconds or milliseconds; others as text."""
    arrow = data.type
    if pa.types.is_dictionary(arrow):
        array = one_piece(data)
        values = one_piece(_text(pa.chunked_array([array.dictionary])))
        return pa.chunked_array([pa.DictionaryArray.from_arrays(array.indices, values)])
    if pa.types.is_timestamp(arrow) and not _beyond_dates(data):
        for unit in ("s", "ms"):
            try:
                return data.cast(pa.timestamp(unit))
            except pa.ArrowInvalid:  # it has finer times
                continue
    if pa.types.is_integer(arrow) or pa.types.is_floating(arrow) or pa.types.is_boolean(arrow):
        return data
    return _text(data)


def _text(data: pa.ChunkedArray) -> pa.ChunkedArray:
    arrow = data.type
    if pa.types.is_timestamp(arrow) or pa.types.is_duration(arrow):
        return pa.chunked_array([pa.array(times(data), STRING)])
    if pa.types.is_large_binary(arrow):
        hexes = [None if value is None else value.hex() for value in data.to_pylist()]
        return pa.chunked_array([pa.array(hexes, STRING)])
    return data.cast(STRING)


def _beyond_dates(data: pa.ChunkedArray) -> bool:
    """Datetimes of a zone, or of years that ARFF's patterns do not reach: they are text."""
    if data.type.tz is not None:
        return True
    years = pc.year(data)
    return bool(pc.any(pc.or_(pc.less(years, 1), pc.greater(years, 9999)), min_count=0).as_py())


def _type(data: pa.ChunkedArray) -> str:
    arrow = data.type
    if pa.types.is_dictionary(arrow):
        return "{" + ",".join(map(quoted, one_piece(data).dictionary.to_pylist())) + "}"
    if pa.types.is_boolean(arrow):
        return "{'false','true'}"
    if pa.types.is_integer(arrow):
        return "INTEGER"
    if pa.types.is_floating(arrow):
        return "NUMERIC"
    if pa.types.is_timestamp(arrow):
        return f'DATE "{SECONDS if arrow.unit == "s" else FINER}"'
    return "STRING"


def _cells(data: pa.ChunkedArray) -> pa.Array:
    arrow = data.type
    if pa.types.is_dictionary(arrow):
        data = data.cast(arrow.value_type)
    if pa.types.is_timestamp(arrow):
        data = _quoted(pc.strftime(data, "%Y-%m-%dT%H:%M:%S").cast(STRING))
    elif pa.types.is_large_string(data.type):
        data = _quoted(data)
    return pc.fill_null(one_piece(data.cast(STRING)), pa.scalar("?", STRING))


def _quoted(text: pa.ChunkedArray) -> pa.ChunkedArray:
    for raw, escaped in ESCAPES:
        text = pc.replace_substring(text, raw, escaped)
    quote = pa.scalar("'", STRING)
    return pc.binary_join_element_wise(quote, text, quote, pa.scalar("", STRING))
