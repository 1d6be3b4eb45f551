"""Apply Filter

Runs a filter over columns of numbers, from the first row to the last.

**Filter** is the output of *FIR Filter*, *IIR Filter*, *Median Filter*, *Moving Average Filter*, *Threshold
Filter* or *User-Defined Filter*. **Column set** says which columns; only these come out, under their names.
The rows must be in the order of time: Sort them first. Each column is filtered alone.

A missing or infinite value is refused, for a filter needs one in each row: fill the gaps in Clean Missing
Data first.

>>> from modules.data_transformation.filter.user_defined_filter import OwnFilterParams, user_defined_filter
>>> made = user_defined_filter(OwnFilterParams(forward="0.5 0.5")).filter
>>> done = apply_filter(made, Table.of(x=[2, 4], t=["a", "b"]), ApplyFilterParams()).results_dataset
>>> done.arrow().to_pydict()
{'x': [1.0, 3.0]}
"""

from __future__ import annotations

from typing import Annotated, NamedTuple

import numpy as np
import pyarrow as pa

from modules.data_transformation.filter._filters import filtered, filters_of
from modules.sdk.column import Column
from modules.sdk.declare import module, port
from modules.sdk.errors import ModuleError
from modules.sdk.fits import Fitted
from modules.sdk.numbers import ALL_NUMBERS, float_column, number_columns, numbers
from modules.sdk.params import Params, columns
from modules.sdk.selection import ColumnSelection
from modules.sdk.values import Table, Transform


class ApplyFilterParams(Params):
    column_set: ColumnSelection = columns(ALL_NUMBERS, "Column set", of="dataset")


class FilterApplied(NamedTuple):
    results_dataset: Annotated[Table, port("Results dataset")]


@module(version=1, synonyms=("signal", "smooth", "time series"))
def apply_filter(
    filter: Annotated[Transform, port("Filter")],
    dataset: Annotated[Table, port("Dataset")],
    params: ApplyFilterParams,
) -> FilterApplied:
    made = filters_of(filter)
    chosen = number_columns(dataset, params.column_set.names(dataset))
    return FilterApplied(Table.from_columns([_filtered(column, made) for column in chosen], len(dataset)))


def _filtered(column: Column, made: list[Fitted]) -> Column:
    values = numbers(column)
    wrong = np.flatnonzero(~np.isfinite(values))
    if len(wrong):
        what = "has no value" if np.isnan(values[wrong[0]]) else "is infinite"
        raise ModuleError(
            f"Row {wrong[0] + 1} of column {column.name} {what} ({len(wrong):,} rows in all). A filter "
            "needs a number "
            "in each row: use Clean Missing Data first, or choose other columns.",
            param="column_set",
        )
    for each in made:
        with np.errstate(all="ignore"):
            values = filtered(each, values)
    if values.dtype == bool:
        return Column(column.name, pa.chunked_array([pa.array(values)]))
    beyond = np.flatnonzero(~np.isfinite(values))
    if len(beyond):
        raise ModuleError(
            f"From row {beyond[0] + 1} on, the filter makes numbers of column {column.name} that are too "
            "large: its "
            "results grow without end. Check its backward coefficients."
        )
    return float_column(column.name, values)
