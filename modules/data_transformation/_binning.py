"""Bins columns by edges: plain numbers, so that they can be kept, shown and used again."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Literal, Self

import numpy as np
import pyarrow as pa

from modules.sdk.column import Column
from modules.sdk.fits import Fitted
from modules.sdk.frames import unique_names
from modules.sdk.numbers import number_columns, numbers
from modules.sdk.storable import storable
from modules.sdk.values import Table


class Edges(Fitted):
    """The edges between bins, ascending: a value falls into the bin after all edges that it is above."""

    column: str
    edges: list[int | float]

    @classmethod
    def of(cls, column: Column, inner: np.ndarray, base: int) -> Self:
        """Of edges counted from `base`. Those of large integers are integers, which are exact."""
        if base:
            return cls(column=column.name, edges=sorted({base + math.floor(edge) for edge in inner.tolist()}))
        return cls(column=column.name, edges=inner.tolist())


class Binning(Fitted):
    columns: list[Edges]
    written: Literal["percent", "p_quantile", "quantile_index"]
    output_mode: Literal["append", "inplace", "result_only"]
    categorical: bool


def quantiles(values: np.ndarray, bins: int) -> np.ndarray:
    """The edges between so many bins of equally many values; fewer where values are equal. No bin is empty.

    >>> quantiles(np.array([1.0, 1.0, 1.0, 2.0]), 4).tolist()
    [1.0]
    """
    inner = np.unique(np.quantile(values, np.arange(1, bins) / bins))
    inner = inner[inner < values.max()]
    rows = np.bincount(np.searchsorted(inner, values, side="left"), minlength=len(inner) + 1)
    return np.asarray(inner[rows[:-1] > 0])


def steps(first: float, last: float, width: float) -> list[float]:
    """Edges from the first to the last one, which is there however the width fits.

    >>> steps(0.0, 1.0, 0.4)
    [0.0, 0.4, 0.8, 1.0]
    """
    count = math.floor((Fraction(str(last)) - Fraction(str(first))) / Fraction(str(width)))
    edges = [float(Fraction(str(first)) + n * Fraction(str(width))) for n in range(count + 1)]
    return edges if edges[-1] == last else [*edges, last]


def bin_columns(table: Table, binning: Binning) -> Table:
    """The table with the numbers of bins in place of numbers, beside them, or alone."""
    chosen = number_columns(table, [one.column for one in binning.columns])
    made = [_binned(column, one.edges, binning) for column, one in zip(chosen, binning.columns, strict=True)]
    if binning.output_mode == "inplace":
        changed = {column.name: column for column in made}
        return Table.from_columns((changed.get(column.name, column) for column in table), len(table))
    new = [column.renamed(f"{column.name}quantized") for column in made]
    every = new if binning.output_mode == "result_only" else [*table, *new]
    names = unique_names(column.name for column in every)
    return Table.from_columns((c.renamed(name) for c, name in zip(every, names, strict=True)), len(table))


def _binned(column: Column, edges: list[int | float], binning: Binning) -> Column:
    places, missing = _places(column, edges)
    count = len(edges) + 1
    written: np.ndarray = np.arange(1, count + 1)
    if binning.written != "quantile_index":
        written = written / count * (100 if binning.written == "percent" else 1)
    if binning.categorical:
        codes = pa.array(places, pa.int32(), mask=missing)
        made = pa.DictionaryArray.from_arrays(codes, pa.array(written), ordered=True)
        return Column(column.name, pa.chunked_array([made]))
    return Column(column.name, pa.chunked_array([pa.array(written[places], mask=missing)]))


def _places(column: Column, edges: list[int | float]) -> tuple[np.ndarray, np.ndarray]:
    """By row the place of its bin, from 0, and whether its value is missing."""
    data = storable(column.data)
    missing = data.is_null().to_numpy()
    if not pa.types.is_integer(data.type):
        values = numbers(column)
        return np.searchsorted(np.array(edges, float), np.where(missing, 0.0, values), side="left"), missing
    whole = data.fill_null(0).to_numpy()
    info = np.iinfo(whole.dtype)
    below = [math.floor(edge) for edge in edges]  # above 2.5 is above 2
    least = sum(edge < info.min for edge in below)
    limits = np.array([edge for edge in below if info.min <= edge <= info.max], whole.dtype)
    return least + np.searchsorted(limits, whole, side="left"), missing
