"""New rows between rows of one class (SMOTE: Chawla, Bowyer, Hall & Kegelmeyer 2002)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa

from modules.sdk.column import Column
from modules.sdk.errors import ModuleError
from modules.sdk.levels import DISCRETE, level_numbers, levels_of
from modules.sdk.numbers import numbers
from modules.sdk.storable import storable
from modules.sdk.values import Table

MOST_ROWS = 100_000_000
MOST_LEVELS = 100
"""Columns of more levels than that are names, which say nothing about a distance."""


def oversample(
    table: Table, members: np.ndarray, label: str, percentage: int, neighbors: int, seed: int
) -> Table:
    """The table with new rows of the class whose rows are `members`."""
    rows = np.flatnonzero(members)
    wanted = len(rows) * percentage // 100
    if len(table) + wanted > MOST_ROWS:
        raise ModuleError(
            f"There would be {len(table) + wanted:,} rows; choose a smaller percentage.",
            param="smote_percentage",
        )
    random = np.random.default_rng(seed)
    first = np.tile(np.arange(len(rows)), wanted // len(rows))
    rest = random.permutation(len(rows))[: wanted - len(first)]
    first = np.concatenate([first, rest])
    near = _nearest([column for column in table if column.name != label], rows, neighbors)
    second = near[first, random.integers(0, near.shape[1], len(first))]
    shares = random.random(len(first))
    one, other = pa.array(rows[first]), pa.array(rows[second])
    columns = [_longer(column, one, other, shares, column.name == label) for column in table]
    return Table.from_columns(columns, len(table) + wanted)


def _nearest(columns: list[Column], rows: np.ndarray, neighbors: int) -> np.ndarray:
    """By row of the class the places of its nearest others in the class."""
    from sklearn.neighbors import NearestNeighbors

    picked = Table.from_columns(columns, 0).columns
    values = [numbers(column)[rows] for column in picked if column.type in ("integer", "float")]
    values = [_filled(one) for one in values]
    penalty = float(np.median([one.std() for one in values])) if values else 1.0
    for column in picked:
        if column.type in DISCRETE and column.type != "integer":
            codes = level_numbers(column, levels_of(column))[rows]
            different = np.unique(codes, return_inverse=True)[1]
            if different.max(initial=0) < MOST_LEVELS:  # two rows that differ lie apart by the penalty
                values += list((np.eye(different.max() + 1)[different] * penalty / np.sqrt(2)).T)
    space = np.column_stack([np.zeros(len(rows)), *values])
    count = min(neighbors, len(rows) - 1)
    if count < neighbors:
        print(f"warning: the rarer class has {len(rows)} rows, so each one has {count} neighbors")
    found = NearestNeighbors(n_neighbors=count).fit(space).kneighbors(return_distance=False)
    return np.asarray(found)


def _filled(values: np.ndarray) -> np.ndarray:
    there = np.isfinite(values)
    return np.where(there, values, values[there].mean() if there.any() else 0.0)


def _longer(column: Column, one: pa.Array, other: pa.Array, shares: np.ndarray, is_label: bool) -> Column:
    data = storable(column.data)
    new = data.take(one)
    if column.type in ("integer", "float") and not is_label:
        new = _between(column, new, data.take(other), shares)
    longer = pa.chunked_array([*data.chunks, *new.cast(data.type).chunks], data.type)
    return replace(column, data=longer, origin=None)


def _between(
    column: Column, new: pa.ChunkedArray, other: pa.ChunkedArray, shares: np.ndarray
) -> pa.ChunkedArray:
    missing = new.is_null().to_numpy()
    apart = missing | other.is_null().to_numpy()
    if pa.types.is_integer(new.type):
        start, end = (part.fill_null(0).to_numpy() for part in (new, other))
        with np.errstate(invalid="ignore"):
            steps = np.rint((end.astype(float) - start.astype(float)) * shares).astype(np.int64)
        made = np.clip(start + steps.astype(start.dtype), np.minimum(start, end), np.maximum(start, end))
        return pa.chunked_array([pa.array(np.where(apart, start, made), new.type, mask=missing)])
    start, end = new.to_numpy(), other.to_numpy()
    with np.errstate(invalid="ignore", over="ignore"):
        values = np.where(apart, start, start + (end - start) * shares)
    return pa.chunked_array([pa.array(values, new.type, from_pandas=True)])
