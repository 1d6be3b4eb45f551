"""Clips columns at thresholds: fitted to plain numbers, applied with Arrow.

Dates and time spans are counted in nanoseconds, whatever the unit of their column.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from modules.sdk.column import Column
from modules.sdk.errors import ModuleError
from modules.sdk.exact import exact_sum, floats
from modules.sdk.fits import Fitted, needed
from modules.sdk.frames import unique_names
from modules.sdk.storable import storable
from modules.sdk.values import Table

NANOSECONDS = {"s": 10**9, "ms": 10**6, "us": 10**3, "ns": 1}


class End(NamedTuple):
    """What a node's params say of one threshold."""

    threshold: str
    constant: float
    percentile: int
    substitute: str


class Side(Fitted):
    """Values beyond `limit` become `substitute`; None: missing."""

    limit: int | float
    substitute: int | float | None


class Bounds(Fitted):
    column: str
    upper: Side | None
    lower: Side | None


class Clipping(Fitted):
    overwrite: bool
    indicators: bool
    columns: list[Bounds]


def spans(column: Column) -> bool:
    """Whether it holds dates or time spans."""
    return column.type in ("datetime", "timedelta")


def fit_end(column: Column, end: End) -> Side | None:
    """A threshold in the column's numbers; None where it has none to learn from."""
    values, factor = _values(column)
    values = values[np.isfinite(values)] if values.dtype.kind == "f" else values
    needs = end.threshold == "percentile" or end.substitute in ("mean", "median")
    if needs and not len(values):
        return None
    limit: int | float = end.constant
    if end.threshold == "percentile":
        limit = _plain(_quantile(values, Fraction(end.percentile, 100)) * factor)
    elif float(limit).is_integer():
        limit = int(limit)
    substitute: int | float | None = limit
    if end.substitute == "mean":
        substitute = _plain(_mean(values) * factor)
    elif end.substitute == "median":
        substitute = _plain(_quantile(values, Fraction(1, 2)) * factor)
    elif end.substitute == "missing":
        substitute = None
    if spans(column):  # no fraction of a nanosecond is kept
        limit = round(limit)
        substitute = None if substitute is None else round(substitute)
    return Side(limit=limit, substitute=substitute)


def _values(column: Column) -> tuple[np.ndarray, int]:
    """The values that are present, and how many nanoseconds one is (1 for numbers)."""
    data = storable(column.data).drop_null()
    if spans(column):
        return data.cast(pa.int64()).to_numpy(), NANOSECONDS[data.type.unit]
    return data.to_numpy(), 1


def _quantile(values: np.ndarray, share: Fraction) -> Fraction | float:
    """The value below which that share lies, between two of them linearly; of integers exactly."""
    place = share * (len(values) - 1)
    low, high = math.floor(place), math.ceil(place)
    ends = np.partition(values, sorted({low, high}))
    if values.dtype.kind == "f":
        return float(ends[low] + (ends[high] - ends[low]) * float(place - low))
    return int(ends[low]) + (int(ends[high]) - int(ends[low])) * (place - low)


def _mean(values: np.ndarray) -> Fraction | float:
    if values.dtype.kind == "f":
        with np.errstate(over="ignore"):
            return float(values.mean())
    return Fraction(exact_sum(values), len(values))


def _plain(value: Fraction | float) -> int | float:
    if isinstance(value, Fraction) and value.denominator == 1:
        return int(value)
    return float(value)


def clip(table: Table, clipping: Clipping) -> Table:
    """The table with the columns of `clipping` clipped, or with clipped columns beside them."""
    columns: list[Column] = list(table)
    beside: list[Column] = []
    for column, bounds in zip(
        needed(table, [one.column for one in clipping.columns]), clipping.columns, strict=True
    ):
        made, beyond = _clipped(column, bounds)
        if clipping.overwrite:
            columns[table.names.index(column.name)] = made
        else:
            beside.append(made.renamed(f"{column.name}_clipped"))
        if clipping.indicators:
            beside.append(Column(f"{column.name}_IsClipped", beyond))
    every = [*columns, *beside]
    names = unique_names(column.name for column in every)
    return Table.from_columns((c.renamed(name) for c, name in zip(every, names, strict=True)), len(table))


def _clipped(column: Column, bounds: Bounds) -> tuple[Column, pa.ChunkedArray]:
    """The column, and where its values were replaced."""
    data = storable(column.data)
    if data.null_count == len(data):
        return column, pa.chunked_array([pa.array(np.zeros(len(data), bool))])
    plain, factor = data, 1
    if spans(column):
        plain, factor = data.cast(pa.int64()), NANOSECONDS[data.type.unit]
    elif column.type not in ("integer", "float"):
        raise ModuleError(f"Column {column.name} is {column.type}, and was not when its thresholds were set.")
    sides = [(bounds.upper, True), (bounds.lower, False)]
    marks = [_beyond(plain, side.limit, factor, upper) for side, upper in sides if side]
    values = [side.substitute for side, _ in sides if side]
    beyond = marks[0] if len(marks) == 1 else pc.or_(*marks)
    if pa.types.is_integer(plain.type) and any(isinstance(value, float) for value in values):
        plain = _fractions(column, pc.if_else(beyond, pa.scalar(None, plain.type), plain))
    for mark, value in zip(marks, values, strict=True):
        plain = pc.if_else(mark, _scalar(plain, value, factor), plain)
    made = plain.cast(data.type) if spans(column) else plain
    same = made.type == data.type
    return Column(column.name, made, column.pandas if same else None), beyond


def _beyond(data: pa.ChunkedArray, limit: int | float, factor: int, upper: bool) -> pa.ChunkedArray:
    if not pa.types.is_integer(data.type):
        mark = pc.greater(data, float(limit)) if upper else pc.less(data, float(limit))
        return pc.fill_null(mark, False)
    exact = Fraction(limit) / factor
    edge = math.floor(exact) if upper else math.ceil(exact)  # above 2.5 is above 2
    info = np.iinfo(data.type.to_pandas_dtype())
    if edge > info.max or edge < info.min:
        everything = edge < info.min if upper else edge > info.max
        return pc.and_(data.is_valid(), pa.scalar(everything))
    scalar = pa.scalar(edge, data.type)
    return pc.fill_null(pc.greater(data, scalar) if upper else pc.less(data, scalar), False)


def _scalar(data: pa.ChunkedArray, value: int | float | None, factor: int) -> pa.Scalar:
    if value is None:
        return pa.scalar(None, data.type)
    if not pa.types.is_integer(data.type):
        return pa.scalar(float(value), data.type)
    info = np.iinfo(data.type.to_pandas_dtype())
    return pa.scalar(min(max(round(Fraction(value) / factor), info.min), info.max), data.type)


def _fractions(column: Column, data: pa.ChunkedArray) -> pa.ChunkedArray:
    made = floats(data)
    if made is None:
        raise ModuleError(
            f"Column {column.name} has whole numbers that no floating point number is equal to, so that it "
            "cannot hold a fraction as the substitute. Choose a whole threshold, or Missing."
        )
    return made
