"""Arrow IPC files and streams, and Feather, by pyarrow: compressed or not."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
from pyarrow import feather

from modules.files.names import pandas_names
from modules.files.pandas_types import column_of
from modules.files.parquet import hints
from modules.sdk.errors import FileError
from modules.sdk.values import Table


def read_arrow(path: Path, most: int | None = None) -> Table:
    """The table of an Arrow or Feather file, or `most` of its rows; lists and structs become JSON text."""
    if not path.stat().st_size:
        raise FileError("the file is empty")
    try:
        found = _read(path)
        found = found if most is None else found[:most]
        found.validate(full=True)  # offsets of a damaged file would lead anywhere
    except (pa.ArrowException, OSError, ValueError) as error:
        raise FileError(
            f"it is not an Arrow or Feather file, or it is damaged or cut off ({error})"
        ) from error
    nullable = hints(found.schema)
    columns = [
        column_of(name, field, data, nullable.get(field.name))
        for name, field, data in zip(
            pandas_names(found.column_names), found.schema, found.columns, strict=True
        )
    ]
    return Table.from_columns(columns, found.num_rows)


def _read(path: Path) -> pa.Table:
    with path.open("rb") as file:
        magic = file.read(6)
    if magic == b"ARROW1" or magic.startswith(b"FEA1"):
        found = feather.read_table(path, memory_map=True)
    else:
        with pa.memory_map(str(path)) as source, pa.ipc.open_stream(source) as stream:
            found = stream.read_all()
    return found
