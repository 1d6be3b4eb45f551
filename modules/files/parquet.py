"""Parquet, by pyarrow. Nullable pandas dtypes come back where pandas wrote the file."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from modules.files.names import pandas_names
from modules.files.pandas_types import column_of
from modules.sdk.errors import FileError
from modules.sdk.values import Table

NULLABLE = {
    *(f"{sign}Int{bits}" for sign in ("", "U") for bits in (8, 16, 32, 64)),
    "Float32",
    "Float64",
    "boolean",
}


def read_parquet(path: Path, most: int | None = None) -> Table:
    """The table of a Parquet file, or `most` of its rows; lists and structs become JSON text."""
    if not path.stat().st_size:
        raise FileError("the file is empty")
    try:
        file = pq.ParquetFile(path)
        found = file.read() if most is None else _first(file, most)
    except (pa.ArrowException, OSError) as error:
        raise FileError(f"it is not a Parquet file, or it is damaged ({error})") from error
    nullable = hints(found.schema)
    columns = [
        column_of(name, field, data, nullable.get(field.name))
        for name, field, data in zip(
            pandas_names(found.column_names), found.schema, found.columns, strict=True
        )
    ]
    return Table.from_columns(columns, found.num_rows)


def _first(file: pq.ParquetFile, rows: int) -> pa.Table:
    some = next(file.iter_batches(rows), None)
    return file.schema_arrow.empty_table() if some is None else pa.Table.from_batches([some])


def hints(schema: pa.Schema) -> dict[str, str]:
    """The nullable pandas dtypes that the writer had, by column."""
    described = (schema.pandas_metadata or {}).get("columns", [])
    return {
        str(column["field_name"]): column["numpy_type"]
        for column in described
        if isinstance(column, dict) and column.get("numpy_type") in NULLABLE
    }
