"""Normalize Data

Rescales columns of numbers, so that they can be compared whatever their units.

**Transformation method**

- *ZScore*: less the mean, divided by the standard deviation (of the population).
- *MinMax*: from 0 at the least value to 1 at the largest.
- *Logistic*: `1 / (1 + exp(-x))`.
- *LogNormal*: the share of a log-normal distribution below the value. Its two parameters are the mean and the
  standard deviation of the logarithms of the column's positive values; 0 and less become 0.
- *Tanh*: the hyperbolic tangent.

**Use 0 for constant columns when checked** makes each value of a column with one single value 0; otherwise
such values become missing, for there is no scale. It counts for ZScore, MinMax and LogNormal.

**Columns to transform** are replaced; all columns of numbers by default. Missing values stay missing,
infinite ones are left out of what is learned. *Transformation function* holds the means, deviations and
limits found here, to do the same to other rows: scale the rows for training, and test rows by Apply
Transformation.

>>> done = normalize_data(Table.of(x=[1.0, None, 3.0]), NormalizeParams(transformation_method="min_max"))
>>> done.transformed_dataset.column("x").data.to_pylist()
[0.0, None, 1.0]
"""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

import numpy as np

from modules.sdk.column import Column
from modules.sdk.declare import module, port
from modules.sdk.fits import Fits, Fitted
from modules.sdk.numbers import ALL_NUMBERS, base_of, float_column, number_columns, numbers
from modules.sdk.params import Params, choice, columns, toggle
from modules.sdk.selection import ColumnSelection
from modules.sdk.transforms import BEFORE, fit_module
from modules.sdk.values import Table, Transform

Method = Literal["z_score", "min_max", "logistic", "log_normal", "tanh"]
METHODS = {
    "z_score": "ZScore",
    "min_max": "MinMax",
    "logistic": "Logistic",
    "log_normal": "LogNormal",
    "tanh": "Tanh",
}
LEARNING = ["z_score", "min_max", "log_normal"]


class NormalizeParams(Params):
    transformation_method: Method = choice("z_score", "Transformation method", METHODS)
    use_0_for_constant_columns_when_checked: bool = toggle(
        True,
        "Use 0 for constant columns when checked",
        "Off: their values become missing.",
        shown_when={"transformation_method": LEARNING},
    )
    columns_to_transform: ColumnSelection = columns(ALL_NUMBERS, "Columns to transform", of="dataset")


class Scale(Fitted):
    """A column becomes `(x - base - shift) / scale`; no scale: it had one value, or none. Of LogNormal the
    logarithm of x does."""

    column: str
    base: int = 0
    shift: float = 0.0
    scale: float = 1.0


class Scaling(Fitted):
    method: Method
    zero_for_constant: bool
    columns: list[Scale]


class Normalized(NamedTuple):
    transformed_dataset: Annotated[Table, port("Transformed dataset")]
    transformation_function: Annotated[Transform, port("Transformation function")]


def _fit(table: Table, params: NormalizeParams) -> Scaling:
    chosen = number_columns(table, params.columns_to_transform.names(table))
    method = params.transformation_method
    return Scaling(
        method=method,
        zero_for_constant=params.use_0_for_constant_columns_when_checked,
        columns=[_scale(column, method) for column in chosen],
    )


def _scale(column: Column, method: Method) -> Scale:
    if method not in LEARNING:
        return Scale(column=column.name)
    base = base_of(column) if method != "log_normal" else 0
    values = numbers(column, base)
    values = values[np.isfinite(values)]
    if method == "log_normal":
        if (values <= 0).any():
            print(
                f"warning: {column.name} has values that are 0 or less; LogNormal is learned from the others"
            )
        values = np.log(values[values > 0])
    if not len(values) or values.min() == values.max():
        shift = float(values[0]) if len(values) else 0.0
        return Scale(column=column.name, base=base, shift=shift, scale=0.0)
    with np.errstate(over="ignore", invalid="ignore"):
        if method == "min_max":
            shift, scale = values.min(), values.max() - values.min()
        else:
            shift, scale = values.mean(), values.std()
    return Scale(column=column.name, base=base, shift=float(shift), scale=float(scale))


def _apply(table: Table, scaling: Scaling) -> Table:
    chosen = number_columns(table, [scale.column for scale in scaling.columns])
    made = {
        column.name: float_column(column.name, _scaled(column, scale, scaling))
        for column, scale in zip(chosen, scaling.columns, strict=True)
    }
    return Table.from_columns((made.get(column.name, column) for column in table), len(table))


def _scaled(column: Column, scale: Scale, scaling: Scaling) -> np.ndarray:
    values = numbers(column, scale.base)
    with np.errstate(all="ignore"):
        if scaling.method == "tanh":
            return np.tanh(values)
        if scaling.method == "logistic":
            from scipy.special import expit

            return np.asarray(expit(values))
        if scale.scale == 0:
            return np.where(np.isnan(values) | (not scaling.zero_for_constant), np.nan, 0.0)
        if scaling.method != "log_normal":
            return np.asarray((values - scale.shift) / scale.scale)
        from scipy.special import ndtr

        logs = np.log(np.where(values > 0, values, 1.0))
        share = np.asarray(ndtr((logs - scale.shift) / scale.scale))
        return np.where(np.isnan(values), np.nan, np.where(values > 0, share, 0.0))


@module(
    version=1,
    synonyms=("scale", "standardize", "z-score", "min-max", "normalise"),
    fits=Fits(Scaling, _fit, _apply, learns=lambda params: params.transformation_method in LEARNING),
)
def normalize_data(
    dataset: Annotated[Table, port("Dataset")],
    params: NormalizeParams,
    transformation: Annotated[Transform | None, BEFORE] = None,
) -> Normalized:
    return Normalized(*fit_module(normalize_data, dataset, params, transformation))
