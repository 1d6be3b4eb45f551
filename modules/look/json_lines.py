"""JSON Lines: an object a row; missing is null. What `modules.files` reads is what was written.

Datetimes are ISO 8601 text, timedeltas as in CSV, binary is hexadecimal, infinite numbers are text.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow as pa

from modules.look.cells import cells
from modules.sdk.storable import storable
from modules.sdk.values import Table

ROWS = 1 << 14


def write_jsonl(table: Table, target: Path) -> None:
    """The table as JSON Lines, some 16,000 rows at a time."""
    columns = [storable(column.data) for column in table]
    encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
    names = [encode(name) for name in table.names]
    with target.open("w", encoding="utf-8", newline="\n") as file:
        for start in range(0, len(table), ROWS):
            count = min(ROWS, len(table) - start)
            fields = [
                [f"{name}: {encode(value)}" for value in _whole(data.slice(start, count))]
                for name, data in zip(names, columns, strict=True)
            ]
            rows = zip(*fields, strict=True) if fields else [()] * count
            file.writelines(f"{{{', '.join(row)}}}\n" for row in rows)


def _whole(data: pa.ChunkedArray) -> list[Any]:
    """As a page shows them, but long text and binary uncut."""
    if pa.types.is_large_string(data.type):
        return data.to_pylist()
    if pa.types.is_large_binary(data.type):
        return [None if value is None else value.hex() for value in data.to_pylist()]
    return cells(data)
