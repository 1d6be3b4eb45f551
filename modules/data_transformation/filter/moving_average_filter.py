"""Moving Average Filter

Makes a filter that puts a mean of the last values in the place of each value.

Connect it to *Apply Filter*. **Length** is how many values count, up to the current one; in the first rows,
those there are. **Type**: *Simple* weighs them alike; *Triangular* most in their middle; *Exponential
Simple* each one by `1 - 2 / (Length + 1)` less than the next; *Exponential* likewise, over all values so
far; *Cumulative* is the mean of all values so far.

>>> from modules.data_transformation.filter.apply_filter import ApplyFilterParams, apply_filter
>>> made = moving_average_filter(AverageParams(length=2)).filter
>>> done = apply_filter(made, Table.of(x=[1, 3, 7]), ApplyFilterParams()).results_dataset
>>> done.column("x").data.to_pylist()
[1.0, 2.0, 5.0]
"""

from __future__ import annotations

from modules.data_transformation.filter._filters import Average, Averaging, Filtered, filter_of
from modules.sdk.declare import module
from modules.sdk.params import Params, choice, integer
from modules.sdk.values import Table as Table

TYPES = {
    "simple": "Simple",
    "triangular": "Triangular",
    "exponential_simple": "Exponential Simple",
    "exponential": "Exponential",
    "cumulative": "Cumulative",
}


class AverageParams(Params):
    length: int = integer(5, "Length", ge=1, le=1_000_000)
    type: Average = choice("simple", "Type", TYPES)


@module(version=1, synonyms=("signal", "rolling mean", "smooth", "sma", "ema"))
def moving_average_filter(params: AverageParams) -> Filtered:
    return filter_of("moving-average-filter", params, Averaging(length=params.length, kind=params.type))
