"""Median Filter

Makes a filter that puts the median of the values around in the place of each value.

Connect it to *Apply Filter*. **Length** is how many values are looked at, the current one in their middle;
an even number is lowered by 1. Before the first and behind the last row the border's value is taken. Single
outliers vanish, and steps stay sharp.

>>> from modules.data_transformation.filter.apply_filter import ApplyFilterParams, apply_filter
>>> made = median_filter(MedianParams(length=3)).filter
>>> done = apply_filter(made, Table.of(x=[1.0, 9.0, 2.0, 3.0]), ApplyFilterParams()).results_dataset
>>> done.column("x").data.to_pylist()
[1.0, 2.0, 3.0, 3.0]
"""

from __future__ import annotations

from modules.data_transformation.filter._filters import Filtered, Median, filter_of
from modules.sdk.declare import module
from modules.sdk.params import Params, integer
from modules.sdk.values import Table as Table


class MedianParams(Params):
    length: int = integer(5, "Length", ge=1, le=100_000)


@module(version=1, synonyms=("signal", "smooth", "outliers", "noise"))
def median_filter(params: MedianParams) -> Filtered:
    length = params.length - (params.length % 2 == 0)
    return filter_of("median-filter", params, Median(length=max(1, length)))
