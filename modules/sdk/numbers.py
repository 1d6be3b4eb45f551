"""Columns of numbers as arrays for computing, and back."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pyarrow as pa

from modules.sdk.column import Column
from modules.sdk.errors import ModuleError
from modules.sdk.fits import needed
from modules.sdk.selection import ColumnSelection, Rule
from modules.sdk.storable import storable
from modules.sdk.values import Table

NUMBERS = ("integer", "float", "boolean")
EXACT = 1 << 53
ALL_NUMBERS = ColumnSelection(rules=(Rule(by="types", values=("numeric",)),))
"""The default of a param that picks columns of numbers."""


def number_columns(table: Table, names: Iterable[str]) -> list[Column]:
    """The columns of these names; ModuleError names those that are absent, or hold no numbers."""
    columns = needed(table, dict.fromkeys(names))
    others = [f"{column.name} ({column.type})" for column in columns if column.type not in NUMBERS]
    if others:
        raise ModuleError(
            f"Numbers are needed, and these columns hold none: {', '.join(others[:20])}. Leave them out, or "
            "change their type in Edit Metadata."
        )
    return columns


def numbers(column: Column, base: int = 0) -> np.ndarray:
    """A column of numbers or Booleans less `base`, as floats; NaN where a value is missing. The difference is
    exact where it is small, however large the integers are.

    >>> numbers(Column("id", pa.chunked_array([[2**60 + 1, None]])), base=2**60)
    array([ 1., nan])
    """
    data = storable(column.data)
    if pa.types.is_boolean(data.type):
        data = data.cast(pa.int8())
    if not base or not pa.types.is_integer(data.type):
        return data.cast(pa.float64(), safe=False).to_numpy() - float(base)
    whole = data.fill_null(0).to_numpy().astype(data.type.to_pandas_dtype(), copy=False)
    above = whole.astype(np.uint64) - np.uint64(base % (1 << 64))  # right but for multiples of 2**64
    difference = np.where(whole >= base, above.astype(float), -(-above).astype(float))
    return np.where(data.is_null().to_numpy(), np.nan, difference)


def base_of(column: Column) -> int:
    """What to take from an integer column before its values become floats: its least value if one of them
    has more digits than a float; 0 for all others."""
    data = storable(column.data)
    if not pa.types.is_integer(data.type) or data.null_count == len(data):
        return 0
    values = data.drop_null().to_numpy()
    least, most = int(values.min()), int(values.max())
    return least if max(-least, most) > EXACT else 0


def matrix(columns: Iterable[Column], rows: int) -> np.ndarray:
    """Rows × columns of float64; NaN where a value is missing or infinite."""
    made = np.column_stack([np.empty((rows, 0)), *(numbers(column) for column in columns)])
    made[np.isinf(made)] = np.nan
    return made


def float_column(name: str, values: np.ndarray) -> Column:
    """A column of floats; NaN is missing."""
    return Column(name, pa.chunked_array([pa.array(values, pa.float64(), from_pandas=True)]))
