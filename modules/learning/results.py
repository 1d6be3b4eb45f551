"""Metrics as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from modules.sdk.column import Column
from modules.sdk.values import Table


def metrics_table(rows: Sequence[Mapping[str, Any]]) -> Table:
    """A row each, with the columns of the first; a number that does not exist is missing."""
    names = list(rows[0]) if rows else []
    columns = [_column(name, [row[name] for row in rows]) for name in names]
    return Table.from_columns(columns, len(rows))


def _column(name: str, values: list[Any]) -> Column:
    if all(isinstance(value, str) for value in values):
        return Column(name, pa.chunked_array([pa.array(values, pa.large_string())]))
    if all(isinstance(value, int | np.integer) for value in values):
        return Column(name, pa.chunked_array([pa.array([int(value) for value in values], pa.int64())]))
    floats = [np.nan if value is None else float(value) for value in values]
    return Column(name, pa.chunked_array([pa.array(floats, pa.float64(), from_pandas=True)]))
