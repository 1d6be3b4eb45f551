"""Compute Linear Correlation

Computes Pearson's correlation of every two columns: 1 where they rise together in a straight line, -1 where
one falls as the other rises, near 0 where no straight line tells one from the other.

What comes out has a row and a column for each column of the table, in its order. Columns of text,
categories, dates and the like have no correlation, and neither has a column whose values are all the same:
their cells are missing. A correlation says nothing of causes, and 0 does not mean that two columns are
independent.

**Missing values**: *No result* is what ML Studio (classic) does: a column with a missing value has no
correlation. *Leave out* takes, for each two columns, the rows in which both have a value.

**Name the rows** adds a first column with the name of each row's column.

>>> table = Table.of(x=[1, 2, 3, 4], y=[2, 1, 4, 3], z=["a", "b", "c", "d"])
>>> done = compute_linear_correlation(table, CorrelationParams()).results_dataset
>>> [[value and round(value, 4) for value in row.values()] for row in done.arrow().to_pylist()]
[[1.0, 0.6, None], [0.6, 1.0, None], [None, None, None]]
"""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

import numpy as np
import pyarrow as pa

from modules.sdk.column import Column
from modules.sdk.declare import module, port
from modules.sdk.frames import unique_names
from modules.sdk.numbers import NUMBERS, base_of, float_column, numbers
from modules.sdk.params import Params, choice, toggle
from modules.sdk.values import Table

MISSING = {"no_result": "No result", "leave_out": "Leave out"}


class CorrelationParams(Params):
    missing_values: Literal["no_result", "leave_out"] = choice("no_result", "Missing values", MISSING)
    name_the_rows: bool = toggle(False, "Name the rows", "Adds a first column, Column, with the names.")


class Correlated(NamedTuple):
    results_dataset: Annotated[Table, port("Results dataset")]


@module(version=1, synonyms=("correlation matrix", "pearson", "corr", "correl"))
def compute_linear_correlation(
    dataset: Annotated[Table, port("Dataset")], params: CorrelationParams
) -> Correlated:
    names = dataset.names
    found = np.full((len(names), len(names)), np.nan)
    places = [at for at, column in enumerate(dataset) if column.type in NUMBERS]
    values = [_standardized(dataset.columns[at]) for at in places]
    leave_out = params.missing_values == "leave_out"
    for one, left in enumerate(values):
        for two, right in enumerate(values[: one + 1]):
            r = _correlation(left, right, leave_out=leave_out)
            found[places[one], places[two]] = found[places[two], places[one]] = r
    made = [float_column(name, found[:, at]) for at, name in enumerate(names)]
    if params.name_the_rows:
        made.insert(0, Column("Column", pa.chunked_array([pa.array(names, pa.large_string())])))
    unique = unique_names(column.name for column in made)
    return Correlated(
        Table.from_columns((c.renamed(name) for c, name in zip(made, unique, strict=True)), len(names))
    )


class _Sample(NamedTuple):
    """Values less their mean, of length 1 together; NaN where one is missing."""

    values: np.ndarray
    complete: bool


def _standardized(column: Column) -> _Sample:
    values = numbers(column, base_of(column))
    present = np.isfinite(values)
    complete = bool(present.all())
    scaled = _unit(values if complete else values[present])
    if complete:
        return _Sample(scaled, complete)
    values = np.full(len(values), np.nan)
    values[present] = scaled
    return _Sample(values, complete)


def _unit(values: np.ndarray) -> np.ndarray:
    """Less their mean and of length 1; all NaN where they do not differ."""
    if len(values) < 2 or not np.ptp(values) > 0:
        return np.full(len(values), np.nan)
    centered = values - values.mean()
    centered /= np.abs(centered).max()  # the squares neither overflow nor vanish
    return centered / np.sqrt(centered @ centered)


def _correlation(one: _Sample, two: _Sample, *, leave_out: bool) -> float:
    x, y = one.values, two.values
    if not (one.complete and two.complete):
        if not leave_out:
            return np.nan
        both = np.isfinite(x) & np.isfinite(y)
        x, y = _unit(x[both]), _unit(y[both])
    if not len(x) or np.isnan(x[0]) or np.isnan(y[0]):
        return np.nan
    return 1.0 if one is two else float(np.clip(x @ y, -1.0, 1.0))
