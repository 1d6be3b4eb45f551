"""Summarize Data

Describes each column of a table in one row: counts, extremes, averages, spread, shape, percentiles.

What comes out has a row for each column that went in, named in *Feature*. *Count* counts the
values present. Text, categories, dates and the like have only the counts. For numbers and
booleans, missing values are left out of every figure; *Mean Deviation* is the mean distance from
the mean; *Mode* is the most frequent value, the smallest of several; variance, deviation, skewness
and kurtosis are those of a sample; percentiles are interpolated between neighbors.

>>> done = summarize_data(Table.of(x=[1, 2, 3, None])).results_dataset
>>> [done.column(name).data.to_pylist() for name in ("Feature", "Count", "Mean")]
[['x'], [3], [2.0]]
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from modules.sdk.column import Column
from modules.sdk.declare import module, port
from modules.sdk.storable import storable
from modules.sdk.values import Table

FIGURES: dict[str, Callable[[pd.Series], float]] = {
    "Min": lambda x: x.min(),
    "Max": lambda x: x.max(),
    "Mean": lambda x: x.mean(),
    "Mean Deviation": lambda x: (x - x.mean()).abs().mean(),
    "1st Quartile": lambda x: x.quantile(0.25),
    "Median": lambda x: x.median(),
    "3rd Quartile": lambda x: x.quantile(0.75),
    "Mode": lambda x: x.mode().min(),
    "Range": lambda x: x.max() - x.min(),
    "Sample Variance": lambda x: x.var(),
    "Sample Standard Deviation": lambda x: x.std(),
    "Sample Skewness": lambda x: x.skew(),
    "Sample Kurtosis": lambda x: x.kurt(),
    "P0.5": lambda x: x.quantile(0.005),
    "P1": lambda x: x.quantile(0.01),
    "P5": lambda x: x.quantile(0.05),
    "P95": lambda x: x.quantile(0.95),
    "P99.5": lambda x: x.quantile(0.995),
}


class Summary(NamedTuple):
    results_dataset: Annotated[Table, port("Results dataset")]


@module(
    version=1,
    synonyms=("compute elementary statistics", "describe", "descriptive statistics", "mean", "percentile"),
)
def summarize_data(dataset: Annotated[Table, port("Dataset")]) -> Summary:
    data = [storable(column.data) for column in dataset]
    counted = {
        "Feature": pa.array(dataset.names, pa.large_string()),
        "Count": pa.array([len(values) - values.null_count for values in data], pa.int64()),
        "Unique Value Count": pa.array([_unique(values) for values in data], pa.int64()),
        "Missing Value Count": pa.array([values.null_count for values in data], pa.int64()),
    }
    numbers = [_numbers(column, values) for column, values in zip(dataset, data, strict=True)]
    figures = {name: _figures(figure, numbers) for name, figure in FIGURES.items()}
    return Summary(Table.from_arrow(pa.table({**counted, **figures})))


def _figures(figure: Callable[[pd.Series], float], columns: list[pd.Series | None]) -> pa.Array:
    with np.errstate(invalid="ignore"):  # infinity less infinity is missing, and nothing to warn of
        values = [None if column is None else float(figure(column)) for column in columns]
    return pa.array(values, pa.float64(), from_pandas=True)


def _unique(values: pa.ChunkedArray) -> int:
    if pa.types.is_dictionary(values.type):
        values = values.cast(values.type.value_type)
    return int(pc.count_distinct(values).as_py())


def _numbers(column: Column, values: pa.ChunkedArray) -> pd.Series | None:
    """The values present as floats; None where the column has no numbers."""
    if column.type not in ("integer", "float", "boolean") or values.null_count == len(values):
        return None
    if pa.types.is_boolean(values.type):
        values = values.cast(pa.int8())
    return pd.Series(values.drop_null().cast(pa.float64(), safe=False).to_numpy())
