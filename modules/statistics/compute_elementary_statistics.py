"""Compute Elementary Statistics

Computes one figure, such as the median or the sum, of each chosen column.

What comes out has one row; its columns are called by the figure and the column: `Mean(x)`. Missing values are
left out; a column without any value has no figure. The sum, the product, the extremes, the range and the mode
of integers are integers, every digit of them, as long as 64 bits hold them.

**Method**: *Deviation squared* is the sum of the squared distances from the mean. *K-th central moment* is
the mean of these distances to the power of *Order*. *Interquartile distance* is the third quartile less the
first. *Mean deviation* and *Median deviation* are the mean distance from the mean and the median distance
from the median. *Mode* is the most frequent value, the smallest of several. *Geometric mean* and *Harmonic
mean* need positive numbers and are missing otherwise. Kurtosis is the excess over that of a normal
distribution.

Summarize Data gives all the usual figures at once; Group and Aggregate gives them by group.

>>> params = StatisticParams(method="sum", column_set="x")
>>> compute_elementary_statistics(Table.of(x=[1, 2, None]), params).results_dataset.arrow().to_pydict()
{'Sum(x)': [3]}
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from modules.sdk.column import Column
from modules.sdk.declare import module, port
from modules.sdk.exact import exact_sum
from modules.sdk.frames import unique_names
from modules.sdk.numbers import ALL_NUMBERS, base_of, number_columns, numbers
from modules.sdk.params import Params, choice, columns, integer
from modules.sdk.selection import ColumnSelection
from modules.sdk.storable import storable
from modules.sdk.values import Table

METHODS = {
    "deviation_squared": "Deviation squared",
    "geometric_mean": "Geometric mean",
    "harmonic_mean": "Harmonic mean",
    "interquartile_distance": "Interquartile distance",
    "k_th_central_moment": "K-th central moment",
    "max": "Max",
    "mean": "Mean",
    "mean_deviation": "Mean deviation",
    "median": "Median",
    "median_deviation": "Median deviation",
    "min": "Min",
    "mode": "Mode",
    "population_standard_deviation": "Population standard deviation",
    "population_variance": "Population variance",
    "product": "Product",
    "range": "Range",
    "sample_kurtosis": "Sample kurtosis",
    "sample_skewness": "Sample skewness",
    "sample_standard_deviation": "Sample standard deviation",
    "sample_variance": "Sample variance",
    "sum": "Sum",
}
Method = Literal[
    "deviation_squared",
    "geometric_mean",
    "harmonic_mean",
    "interquartile_distance",
    "k_th_central_moment",
    "max",
    "mean",
    "mean_deviation",
    "median",
    "median_deviation",
    "min",
    "mode",
    "population_standard_deviation",
    "population_variance",
    "product",
    "range",
    "sample_kurtosis",
    "sample_skewness",
    "sample_standard_deviation",
    "sample_variance",
    "sum",
]
LONGEST_INTEGER = 2**63


class StatisticParams(Params):
    method: Method = choice("mean", "Method", METHODS)
    order: int = integer(
        3,
        "Order",
        "To which power the distances are raised.",
        ge=0,
        shown_when={"method": ["k_th_central_moment"]},
    )
    column_set: ColumnSelection = columns(ALL_NUMBERS, "Column set", of="dataset")


class Statistics(NamedTuple):
    results_dataset: Annotated[Table, port("Results dataset")]


@module(
    version=1,
    synonyms=("describe", "descriptive statistics", "mean", "median", "sum", "average", "variance", "mode"),
)
def compute_elementary_statistics(
    dataset: Annotated[Table, port("Dataset")], params: StatisticParams
) -> Statistics:
    chosen = number_columns(dataset, params.column_set.names(dataset))
    called = METHODS[params.method].title().replace("-", "").replace(" ", "")
    names = unique_names(f"{called}({column.name})" for column in chosen)
    made = [_figure(column, params) for column in chosen]
    return Statistics(
        Table.from_columns(
            (Column(name, pa.chunked_array([value])) for name, value in zip(names, made, strict=True)), 1
        )
    )


def _figure(column: Column, params: StatisticParams) -> pa.Array:
    """The figure, as an array of one value."""
    present = storable(column.data).drop_null()
    if not len(present):
        return pa.array([None], pa.float64())
    if params.method in WHOLE and pa.types.is_integer(present.type):
        value = WHOLE[params.method](present)
        if value is not None and -LONGEST_INTEGER <= value < LONGEST_INTEGER:
            return pa.array([value], pa.int64())
        print(
            f"warning: {METHODS[params.method]} of {column.name} is too large for an integer; it is a float"
        )
    base = base_of(column) if params.method in MOVED else 0
    values = numbers(Column(column.name, present), base)
    with np.errstate(all="ignore"):
        if params.method == "k_th_central_moment":
            figure = float(((values - values.mean()) ** params.order).mean())
        else:
            figure = float(FIGURES[params.method](values))
    return pa.array([figure + (base if params.method in AVERAGES else 0)], pa.float64(), from_pandas=True)


def _product(data: pa.ChunkedArray) -> int | None:
    """None if it has more than 63 bits: multiplying a million numbers would take forever."""
    product = 1
    for chunk in data.chunks:
        for value in chunk.to_pylist():
            product *= value
            if product == 0 or abs(product) > LONGEST_INTEGER:
                return 0 if pc.any(pc.equal(data, 0)).as_py() else None
    return product


def _geometric(x: np.ndarray) -> float:
    return float(np.exp(np.log(x).mean())) if (x > 0).all() else np.nan


def _harmonic(x: np.ndarray) -> float:
    return float(1 / (1 / x).mean()) if (x > 0).all() else np.nan


MOVED = {
    "deviation_squared",
    "interquartile_distance",
    "k_th_central_moment",
    "mean",
    "mean_deviation",
    "median",
    "median_deviation",
    "population_standard_deviation",
    "population_variance",
    "sample_kurtosis",
    "sample_skewness",
    "sample_standard_deviation",
    "sample_variance",
}
"""Figures of distances, or found through them, so that large integers lose no digits on the way."""
AVERAGES = {"mean", "median"}
WHOLE: dict[str, Callable[[pa.ChunkedArray], int | None]] = {
    "max": lambda data: pc.max(data).as_py(),
    "min": lambda data: pc.min(data).as_py(),
    "range": lambda data: pc.max(data).as_py() - pc.min(data).as_py(),
    "sum": lambda data: exact_sum(data.to_numpy()),
    "mode": lambda data: int(pd.Series(data.to_numpy()).mode().min()),
    "product": _product,
}
FIGURES: dict[str, Callable[[np.ndarray], Any]] = {
    "deviation_squared": lambda x: ((x - x.mean()) ** 2).sum(),
    "geometric_mean": _geometric,
    "harmonic_mean": _harmonic,
    "interquartile_distance": lambda x: np.subtract(*np.quantile(x, [0.75, 0.25])),
    "max": np.max,
    "mean": np.mean,
    "mean_deviation": lambda x: np.abs(x - x.mean()).mean(),
    "median": np.median,
    "median_deviation": lambda x: np.median(np.abs(x - np.median(x))),
    "min": np.min,
    "mode": lambda x: pd.Series(x).mode().min(),
    "population_standard_deviation": np.std,
    "population_variance": np.var,
    "product": np.prod,
    "range": np.ptp,
    "sample_kurtosis": lambda x: pd.Series(x).kurt(),
    "sample_skewness": lambda x: pd.Series(x).skew(),
    "sample_standard_deviation": lambda x: pd.Series(x).std(),
    "sample_variance": lambda x: pd.Series(x).var(),
    "sum": np.sum,
}
