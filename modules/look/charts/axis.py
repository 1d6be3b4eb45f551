"""What a chart lays along an axis: numbers (times among them), or a few categories."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from modules.look.cells import cells
from modules.look.days import as_days, only_days
from modules.sdk.column import Column
from modules.sdk.errors import ModuleError
from modules.sdk.storable import one_piece, storable

MEASURED = ("integer", "float", "datetime", "timedelta")
OTHER = -2
MISSING = -1


def is_measured(column: Column) -> bool:
    """Whether its values lie on a scale."""
    return column.type in MEASURED


def numbers(column: Column, param: str) -> np.ndarray:
    """float64, NaN where missing or infinite: datetimes in milliseconds since 1970, timedeltas in seconds.

    ModuleError for a column that lies on no scale.
    """
    if not is_measured(column):
        raise ModuleError(
            f"column '{column.name}' is {column.type}: this chart needs numbers, dates or durations here",
            param=param,
        )
    data = storable(column.data)
    if pa.types.is_timestamp(data.type) or pa.types.is_duration(data.type):
        a_second = {"s": 1, "ms": 1e3, "us": 1e6, "ns": 1e9}[data.type.unit]
        unit = a_second / (1e3 if pa.types.is_timestamp(data.type) else 1)
        values = _floats(data.cast(pa.int64())) / unit
    else:
        values = _floats(data)
    values[~np.isfinite(values)] = np.nan
    return values


def _floats(data: pa.ChunkedArray) -> np.ndarray:
    plain = one_piece(data.cast(pa.float64(), safe=False))
    return np.array(pc.fill_null(plain, float("nan")).to_numpy(zero_copy_only=False))


@dataclass(frozen=True)
class Groups:
    """`codes`: each row's place in `labels`, OTHER beyond the most frequent, MISSING where it has none."""

    codes: np.ndarray
    labels: list[object]
    distinct: int


def groups(column: Column, most: int) -> Groups:
    """The `most` frequent values of a column, in falling frequency; categories with an order, and
    booleans, keep theirs."""
    data = storable(column.data)
    if pa.types.is_dictionary(data.type):
        array = one_piece(data)
        ordered = bool(array.type.ordered)
    else:
        array = one_piece(data).dictionary_encode()
        ordered = column.type == "boolean"
    codes = pc.fill_null(array.indices.cast(pa.int64()), MISSING).to_numpy(zero_copy_only=False)
    counts = np.bincount(codes[codes >= 0], minlength=len(array.dictionary))
    used = np.flatnonzero(counts)
    best = used[np.argsort(-counts[used], kind="stable")][:most]
    if ordered:
        best = np.sort(best)
        if column.type == "boolean":
            best = best[np.argsort(array.dictionary.take(pa.array(best)).cast(pa.int8()).to_numpy())]
    places = np.full(len(array.dictionary) + 1, OTHER)
    places[best] = np.arange(len(best))
    places[-1] = MISSING
    labels = cells(pa.chunked_array([array.dictionary.take(pa.array(best, pa.int64()))]))
    labels = as_days(labels) if only_days(pa.chunked_array([array.dictionary])) else labels
    return Groups(places[codes], labels, len(used))


def edges_of(values: np.ndarray, bins: int, log: bool = False) -> np.ndarray:
    """`bins` + 1 edges over values without NaN, of equal width (or ratio). Needs a value."""
    low, high = float(values.min()), float(values.max())
    if low == high:
        half = max(0.5, 4 * float(np.spacing(abs(low))))  # beside 2**60 a half is nothing
        low, high = (low / 2, high * 2) if log else (low - half, high + half)
    if log:
        made = np.geomspace(low, high, bins + 1)
    else:
        made = low * np.linspace(1, 0, bins + 1) + high * np.linspace(0, 1, bins + 1)
    return made if (made[1:] > made[:-1]).all() else np.array([low, high])


def places(values: np.ndarray, edges: np.ndarray) -> np.ndarray:
    """The bin of each value: a bin holds its lower edge, the last one both."""
    return np.clip(np.searchsorted(edges, values, "right") - 1, 0, len(edges) - 2)
