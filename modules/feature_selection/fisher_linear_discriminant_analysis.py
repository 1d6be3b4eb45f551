"""Fisher Linear Discriminant Analysis

Replaces columns of numbers by those weighted sums of them that part the classes best.

**Class labels column** says to which class a row belongs. All other columns of numbers are the features;
other columns are left out. What comes out are the columns `col1`, `col2` …, the best first, and the labels.
In them the variance within the classes is 1.

**Number of feature extractors**: 0 gives as many as there are features. Only so many as there are classes
less one part the classes; those after them are what is left of the variance within the classes. Features that
are sums of others give none.

Rows in which a feature or the label is missing are left out of what is learned; where a feature is missing,
so are the new columns. *Fisher linear discriminant analysis transformation* does the same to other rows,
which need no labels.

>>> table = Table.of(x=[1.0, 2.0, 8.0, 9.0], y=[1.0, 0.0, 1.0, 0.0], c=["a", "a", "b", "b"])
>>> params = FisherParams(class_labels_column=["c"], number_of_feature_extractors=1)
>>> done = fisher_linear_discriminant_analysis(table, params).transformed_features
>>> done.names, [round(value, 1) for value in done.column("col1").data.to_pylist()]
(['col1', 'c'], [-3.2, -1.8, 1.8, 3.2])
"""

from __future__ import annotations

from typing import Annotated, NamedTuple

import numpy as np

from modules.sdk.declare import module, port
from modules.sdk.errors import ModuleError
from modules.sdk.fits import Fits
from modules.sdk.levels import discrete_columns, level_numbers, levels_of
from modules.sdk.numbers import matrix
from modules.sdk.params import Params, columns, integer
from modules.sdk.projection import Projection, one_thread, project, signed
from modules.sdk.selection import ColumnSelection
from modules.sdk.transforms import BEFORE, fit_module
from modules.sdk.values import Table, Transform

NEARLY_NONE = 1e-9
"""A spread of less than this share of the largest one is rounding."""


class FisherParams(Params):
    class_labels_column: ColumnSelection = columns(
        ColumnSelection.none(), "Class labels column", of="dataset", single=True, required=True
    )
    number_of_feature_extractors: int = integer(
        0, "Number of feature extractors", "0: as many as there are features.", ge=0
    )


class Extracted(NamedTuple):
    transformed_features: Annotated[Table, port("Transformed features")]
    fisher_linear_discriminant_analysis_transformation: Annotated[
        Transform, port("Fisher linear discriminant analysis transformation")
    ]


def _fit(table: Table, params: FisherParams) -> Projection:
    names = params.class_labels_column.names(table)
    if len(names) != 1:
        raise ModuleError("Choose one column as the class labels.", param="class_labels_column")
    (label,) = discrete_columns(table, names)
    features = [c for c in table if c.type in ("integer", "float") and c.name != label.name]
    features = [column for column in features if column.data.null_count < len(table)]
    classes = level_numbers(label, levels_of(label))
    values = matrix(features, len(table))
    there = ~np.isnan(values).any(axis=1) & (classes >= 0)
    values, (_, classes) = values[there], np.unique(classes[there], return_inverse=True)
    kinds = len(np.unique(classes))
    if not features or kinds < 2 or len(values) <= kinds:
        raise ModuleError(
            f"There are {len(features):,} features, and {len(values):,} rows without a missing value in "
            f"{kinds} classes; needed are a column of numbers, two classes, and more rows than classes."
        )
    with one_thread():
        directions = signed(_directions(values, classes))
    wanted = params.number_of_feature_extractors or len(features)
    if wanted > len(directions):
        print(f"warning: there are {len(directions)} extractors, not {wanted}: others would say nothing new")
    return Projection(
        columns=[column.name for column in features],
        center=values.mean(axis=0).tolist(),
        directions=directions[:wanted].tolist(),
        name="col",
        kept=[label.name],
    )


def _directions(values: np.ndarray, classes: np.ndarray) -> np.ndarray:
    """The directions as rows, best first, each with variance 1 within the classes."""
    kinds = np.arange(classes.max() + 1)
    means = np.array([values[classes == kind].mean(axis=0) for kind in kinds])
    within = values - means[classes]
    scale = within.std(axis=0)
    scale[scale == 0] = 1.0
    _, spread, axes = np.linalg.svd(within / scale, full_matrices=False)
    real = spread > NEARLY_NONE * max(spread.max(), 1.0)
    freedom = np.sqrt(len(values) - len(kinds))
    whitened = (axes[real] / scale).T / spread[real] * freedom  # features × directions of equal variance
    rows = np.sqrt(np.bincount(classes))[:, None]
    _, parted, turns = np.linalg.svd(rows * (means - values.mean(axis=0)) @ whitened, full_matrices=False)
    best = turns[parted > NEARLY_NONE * max(parted.max(initial=0.0), 1.0)]
    return (_completed(best) @ whitened.T) if len(turns) else np.empty((0, values.shape[1]))


def _completed(turns: np.ndarray) -> np.ndarray:
    """Orthonormal rows, and behind them others until they span the space, the same whatever the machine."""
    rows = list(turns)
    for axis in np.eye(turns.shape[1]):
        rest = axis - sum((row @ axis) * row for row in rows)
        rest = rest - sum((row @ rest) * row for row in rows)
        if (size := np.linalg.norm(rest)) > 1e-6 and len(rows) < turns.shape[1]:
            rows.append(rest / size)
    return np.array(rows)


@module(
    version=1,
    synonyms=("lda", "discriminant", "supervised reduction"),
    fits=Fits(Projection, _fit, project),
)
def fisher_linear_discriminant_analysis(
    dataset: Annotated[Table, port("Dataset")],
    params: FisherParams,
    transformation: Annotated[Transform | None, BEFORE] = None,
) -> Extracted:
    return Extracted(*fit_module(fisher_linear_discriminant_analysis, dataset, params, transformation))
