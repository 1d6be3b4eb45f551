"""A named column, and the contract's names for what it may hold."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import pyarrow as pa

ColumnType = Literal[
    "integer", "float", "string", "boolean", "datetime", "timedelta", "categorical", "binary"
]


def type_name(arrow: pa.DataType) -> str:
    """The contract's name for an Arrow type: one of its eight column types.

    >>> type_name(pa.int8()), type_name(pa.timestamp("us", "UTC"))
    ('integer', 'datetime')
    """
    if pa.types.is_dictionary(arrow):
        return "categorical"
    if pa.types.is_integer(arrow):
        return "integer"
    if pa.types.is_floating(arrow) or pa.types.is_decimal(arrow):
        return "float"
    if pa.types.is_boolean(arrow):
        return "boolean"
    if pa.types.is_timestamp(arrow) or pa.types.is_date(arrow):
        return "datetime"
    if pa.types.is_duration(arrow):
        return "timedelta"
    if pa.types.is_binary(arrow) or pa.types.is_large_binary(arrow):
        return "binary"
    return "string"


@dataclass(frozen=True)
class Column:
    """One named column.

    `origin` is the content name of the stored object this column is, untouched; a column made by a node has
    none. `pandas` names the nullable dtype the column came with ("Int64", "boolean"), where Arrow's own type
    would not bring it back. `note` is a sentence about the column that the user should see ("3 values are no
    numbers, so it is text"). `role` says what a module has made it for, where another module must know: the
    label of a model, or what a model has scored (`modules.learning.roles`). `gaps`, of a piece of a column:
    something is missing in the whole, which decides how pandas has it."""

    name: str
    data: pa.ChunkedArray
    pandas: str | None = None
    origin: str | None = None
    note: str | None = None
    role: str | None = None
    gaps: bool = False

    @property
    def type(self) -> str:
        return type_name(self.data.type)

    def renamed(self, name: str) -> Column:
        """The same column under another name; it is still the same stored object."""
        return self if name == self.name else replace(self, name=name)
