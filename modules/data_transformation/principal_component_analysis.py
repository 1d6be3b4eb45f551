"""Principal Component Analysis

Replaces columns of numbers by fewer ones that hold most of their variance.

**Selected columns** are the columns to reduce; all columns of numbers by default. They give way to `Col1`,
`Col2` …, of which each one points where the rows vary most, at right angles to those before. Rescale the
columns first (Normalize Data) if their units differ, for a column of large numbers outweighs the others. Rows
in which one of the columns is missing are left out of what is learned, and their components are missing.

**Number of dimensions to reduce to** is at most the number of columns, and of rows.

**Normalize dense dataset to zero mean** measures from the mean of each column, as principal components are
defined; off: from zero.

*PCA Transformation* holds the means and directions, to do the same to other rows. Each direction has the sign
that makes its largest weight positive.

>>> table = Table.of(x=[1.0, 2.0, 3.0], y=[2.0, 4.0, 6.0])
>>> done = principal_component_analysis(table, PcaParams(number_of_dimensions_to_reduce_to=1))
>>> [round(value, 3) for value in done.results_dataset.column("Col1").data.to_pylist()]
[-2.236, 0.0, 2.236]
"""

from __future__ import annotations

from typing import Annotated, NamedTuple

import numpy as np

from modules.sdk.declare import module, port
from modules.sdk.errors import ModuleError
from modules.sdk.fits import Fits
from modules.sdk.numbers import ALL_NUMBERS, matrix, number_columns
from modules.sdk.params import Params, columns, integer, toggle
from modules.sdk.projection import Projection, one_thread, project, signed
from modules.sdk.selection import ColumnSelection
from modules.sdk.transforms import BEFORE, fit_module
from modules.sdk.values import Table, Transform


class PcaParams(Params):
    selected_columns: ColumnSelection = columns(ALL_NUMBERS, "Selected columns", of="dataset")
    number_of_dimensions_to_reduce_to: int = integer(2, "Number of dimensions to reduce to", ge=1)
    normalize_dense_dataset_to_zero_mean: bool = toggle(True, "Normalize dense dataset to zero mean")


class Reduced(NamedTuple):
    results_dataset: Annotated[Table, port("Results dataset")]
    pca_transformation: Annotated[Transform, port("PCA Transformation")]


def _fit(table: Table, params: PcaParams) -> Projection:
    chosen = number_columns(table, params.selected_columns.names(table))
    values = matrix(chosen, len(table))
    values = values[~np.isnan(values).any(axis=1)]
    rows, wide = values.shape
    wanted = params.number_of_dimensions_to_reduce_to
    if wanted > min(rows, wide):
        raise ModuleError(
            f"Too many dimensions: {wanted} need as many columns and rows; there are {wide:,} columns of "
            f"numbers and {rows:,} rows without a missing value.",
            param="number_of_dimensions_to_reduce_to",
        )
    center = values.mean(axis=0) if params.normalize_dense_dataset_to_zero_mean else np.zeros(wide)
    with one_thread():
        _, _, directions = np.linalg.svd(values - center, full_matrices=False)
    return Projection(
        columns=[column.name for column in chosen],
        center=center.tolist(),
        directions=signed(directions[:wanted]).tolist(),
        name="Col",
    )


@module(
    version=1,
    synonyms=("pca", "dimensions", "reduce", "components"),
    fits=Fits(Projection, _fit, project),
)
def principal_component_analysis(
    dataset: Annotated[Table, port("Dataset")],
    params: PcaParams,
    transformation: Annotated[Transform | None, BEFORE] = None,
) -> Reduced:
    return Reduced(*fit_module(principal_component_analysis, dataset, params, transformation))
