"""Columns of text: chosen, read as Python texts, and new columns of what was made of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pyarrow as pa

from modules.sdk.column import Column
from modules.sdk.errors import ModuleError
from modules.sdk.selection import ColumnSelection, Rule
from modules.sdk.storable import storable
from modules.sdk.values import Table

ALL_TEXT = ColumnSelection(rules=(Rule(by="types", values=("string",)),))
"""The default of a param that picks columns of text."""

MOST_COLUMNS, MOST_BYTES = 150_000, 1 << 30


def words_of(written: str) -> frozenset[str]:
    """The words of a text, to write long lists of them."""
    return frozenset(written.split())


def text_columns(table: Table, selection: ColumnSelection, param: str) -> list[Column]:
    """The columns chosen, at least one; ModuleError where one of them holds no text."""
    names = list(dict.fromkeys(selection.names(table)))
    if not names:
        why = "none is chosen" if selection != ALL_TEXT else "the table has none"
        raise ModuleError(f"A column of text is needed, and {why}.", param=param)
    chosen = [table.column(name) for name in names]
    for column in chosen:
        if column.type not in ("string", "categorical") or not _is_text(column):
            raise ModuleError(
                f"Column {column.name} is {column.type}, not text. Choose another one, or make it text in "
                "Edit "
                "Metadata.",
                param=param,
            )
    return chosen


def one_text_column(table: Table, selection: ColumnSelection, param: str) -> Column:
    """The only column chosen, which holds text."""
    chosen = text_columns(table, selection, param)
    if len(chosen) > 1:
        names = ", ".join(column.name for column in chosen[:10])
        raise ModuleError(f"One column of text is needed, but there are {len(chosen)}: {names}.", param=param)
    return chosen[0]


def texts(column: Column) -> list[str | None]:
    """The values of a column of text; None where one is missing."""
    return _plain(column).to_pylist()


def joined(columns: Sequence[Column], rows: int) -> list[str]:
    """The text of each row: that of all columns, with a space between; missing values are empty."""
    parts = [[text or "" for text in texts(column)] for column in columns]
    return [" ".join(row) for row in zip(*parts, strict=True)] if parts else [""] * rows


def text_column(name: str, values: Iterable[str | None]) -> Column:
    return Column(name, pa.chunked_array([pa.array(list(values), pa.large_string())]))


def check_width(rows: int, width: int, size: int, what: str, param: str) -> None:
    """ModuleError if so many columns of so many rows, whose values take `size` bytes, are more than a table
    here should have."""
    if width > MOST_COLUMNS or rows * width * size > MOST_BYTES:
        raise ModuleError(
            f"{what} would make {width:,} columns of {rows:,} rows. That is more than a table can be here "
            f"({MOST_COLUMNS:,} columns, {MOST_BYTES >> 20:,} MB): choose a smaller number.",
            param=param,
        )


def _plain(column: Column) -> pa.ChunkedArray:
    data = storable(column.data)
    return data.cast(data.type.value_type) if pa.types.is_dictionary(data.type) else data


def _is_text(column: Column) -> bool:
    kind = _plain(column).type
    return pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_null(kind)
