"""Clean Missing Data

Replaces missing values, or removes the rows or columns that have them.

**Columns to be cleaned** are the ones looked at; all by default. Of these, only those are treated whose
share of missing values lies between **Minimum** and **Maximum missing value ratio**.

**Cleaning mode**

- *Custom substitution value*: each missing value becomes the **Replacement value**, read as the column's
  type. A fraction in a column of whole numbers makes it one of fractions.
- *Replace with mean* or *median*: of the column's numbers. Columns of other types stay as they are.
- *Replace with mode*: the most frequent value, the smallest of several. For every type.
- *Replace using MICE*: estimated from the other number columns by chained regressions.
- *Replace using probabilistic PCA*: estimated from a model of the number columns with few dimensions.
- *Remove entire row*, *Remove entire column*: where a value is missing.

A column with no value at all has no mean, median, mode or estimate: **Cols with all missing values**
says whether it is removed or stays. **Generate missing value indicator column** adds a column
`x_IsMissing` for each column `x` that is treated.

*Cleaning transformation* holds what was done (with the mean found here, for example), to do the very
same to another table in Apply Transformation, or to the rows that a model trained behind it scores; of those,
no row is removed. *Transformation before* is the one that made the dataset: its steps then come first.

>>> params = CleanParams(cleaning_mode="mean")
>>> clean_missing_data(Table.of(x=[1.0, None, 3.0]), params).cleaned_dataset.column("x").data.to_pylist()
[1.0, 2.0, 3.0]
"""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Literal, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from modules.data_transformation._cleaning import Cleaning, clean, parse, without_rows
from modules.data_transformation._imputing import fit_chained, fit_pca
from modules.sdk.casting import cast, uncategorical
from modules.sdk.column import Column
from modules.sdk.declare import module, port
from modules.sdk.errors import ModuleError
from modules.sdk.exact import exact_sum
from modules.sdk.fits import Fits
from modules.sdk.numbers import numbers
from modules.sdk.params import Params, choice, columns, integer, number, text, toggle
from modules.sdk.selection import ColumnSelection
from modules.sdk.storable import storable
from modules.sdk.transforms import BEFORE, fit_module
from modules.sdk.values import Table, Transform

MODES = {
    "custom": "Custom substitution value",
    "mice": "Replace using MICE",
    "mean": "Replace with mean",
    "median": "Replace with median",
    "mode": "Replace with mode",
    "remove_row": "Remove entire row",
    "remove_column": "Remove entire column",
    "pca": "Replace using probabilistic PCA",
}
COMPUTED = ["mice", "mean", "median", "mode", "pca"]
NUMBERS = ("integer", "float", "boolean")
ANY = (*NUMBERS, "string", "datetime", "timedelta", "categorical")
TREATS = {"mean": NUMBERS, "median": NUMBERS, "mice": NUMBERS[:2], "pca": NUMBERS[:2]}


class CleanParams(Params):
    columns_to_be_cleaned: ColumnSelection = columns(
        ColumnSelection.all(), "Columns to be cleaned", of="dataset"
    )
    minimum_missing_value_ratio: float = number(0.0, "Minimum missing value ratio", ge=0, le=1)
    maximum_missing_value_ratio: float = number(1.0, "Maximum missing value ratio", ge=0, le=1)
    cleaning_mode: Literal[
        "custom", "mice", "mean", "median", "mode", "remove_row", "remove_column", "pca"
    ] = choice("custom", "Cleaning mode", MODES)
    replacement_value: str = text("0", "Replacement value", shown_when={"cleaning_mode": ["custom"]})
    cols_with_all_missing_values: Literal["remove", "propagate"] = choice(
        "remove",
        "Cols with all missing values",
        {"remove": "Remove", "propagate": "Propagate"},
        shown_when={"cleaning_mode": COMPUTED},
    )
    generate_missing_value_indicator_column: bool = toggle(
        False, "Generate missing value indicator column", shown_when={"cleaning_mode": ["custom", *COMPUTED]}
    )
    number_of_iterations: int = integer(
        5, "Number of iterations", ge=1, le=10, shown_when={"cleaning_mode": ["mice"]}
    )
    number_of_iterations_for_pca_prediction: int = integer(
        10, "Number of iterations for PCA prediction", ge=1, le=50, shown_when={"cleaning_mode": ["pca"]}
    )


class Cleaned(NamedTuple):
    cleaned_dataset: Annotated[Table, port("Cleaned dataset", like="dataset")]
    cleaning_transformation: Annotated[Transform, port("Cleaning transformation")]


def _fit(dataset: Table, params: CleanParams) -> Cleaning:
    low, high = params.minimum_missing_value_ratio, params.maximum_missing_value_ratio
    if low > high:
        raise ModuleError(
            f"The minimum missing value ratio ({low:g}) is above the maximum ({high:g}).",
            param="minimum_missing_value_ratio",
        )
    chosen = [dataset.column(name) for name in params.columns_to_be_cleaned.names(dataset)]
    return _fitted([column for column in chosen if low <= _ratio(column) <= high], params)


@module(
    version=1,
    synonyms=("missing values scrubber", "impute", "fillna", "dropna", "null", "nan"),
    fits=Fits(
        Cleaning, _fit, clean, drop=without_rows, learns=lambda params: params.cleaning_mode in COMPUTED
    ),
)
def clean_missing_data(
    dataset: Annotated[Table, port("Dataset")],
    params: CleanParams,
    transformation: Annotated[Transform | None, BEFORE] = None,
) -> Cleaned:
    return Cleaned(*fit_module(clean_missing_data, dataset, params, transformation))


def _ratio(column: Column) -> float:
    data = storable(column.data)
    return data.null_count / len(data) if len(data) else 0.0


def _fitted(treated: list[Column], params: CleanParams) -> Cleaning:
    """What to do, with every number that it takes from these columns."""
    mode = params.cleaning_mode
    names = [column.name for column in treated]
    if mode == "remove_row":
        return Cleaning(columns=names, remove_rows=names)
    if mode == "remove_column":
        return Cleaning(remove_columns=[column.name for column in treated if _ratio(column) > 0])
    cleaning = Cleaning()
    if mode != "custom":
        empty = [column.name for column in treated if _ratio(column) == 1]
        cleaning.remove_columns = empty if params.cols_with_all_missing_values == "remove" else []
        treated = [column for column in treated if column.name not in empty]
    treated = _able(treated, mode)
    if mode in ("mice", "pca"):
        _fit_model(cleaning, treated, params)
    else:
        cleaning.replace = {column.name: _substitute(column, params) for column in treated}
    cleaning.columns = [column.name for column in treated]
    if params.generate_missing_value_indicator_column:
        cleaning.indicators = cleaning.columns
    return cleaning


def _able(treated: list[Column], mode: str) -> list[Column]:
    """The columns the mode can treat; the others that have missing values are named in the log."""
    able = [column for column in treated if column.type in TREATS.get(mode, ANY)]
    left = [column.name for column in treated if column.type not in TREATS.get(mode, ANY) and _ratio(column)]
    if left:
        print(
            f"warning: {MODES[mode]} cannot treat these columns, so they stay as they are: {', '.join(left)}"
        )
    return able


def _substitute(column: Column, params: CleanParams) -> str:
    if params.cleaning_mode == "custom":
        if _ratio(column) > 0:
            parse(column, params.replacement_value)
        return params.replacement_value
    if params.cleaning_mode == "mode":
        return _most_frequent(column)
    if column.type == "integer":
        return _middle_of_integers(storable(column.data).drop_null().to_numpy(), params.cleaning_mode)
    values = numbers(column)
    values = values[~np.isnan(values)]
    if not len(values):
        return "0"
    middle = float(np.mean(values) if params.cleaning_mode == "mean" else np.median(values))
    return str(middle >= 0.5) if column.type == "boolean" else repr(middle)


def _middle_of_integers(values: np.ndarray, mode: str) -> str:
    """The mean or median, of every digit where it is whole: a float would round an id of 17 digits."""
    if not len(values):
        return "0"
    count = len(values)
    if mode == "median":
        ends = np.partition(values, [(count - 1) // 2, count // 2])
        total, count = int(ends[(count - 1) // 2]) + int(ends[count // 2]), 2
    else:
        total = exact_sum(values)
    middle = Fraction(total, count)
    return str(middle.numerator) if middle.denominator == 1 else repr(float(middle))


def _most_frequent(column: Column) -> str:
    data = storable(uncategorical(column).data).drop_null()
    if not len(data):
        return "0" if column.type in NUMBERS else ""
    counts = pc.value_counts(data)
    times, values = counts.field("counts"), counts.field("values")
    best = values.filter(pc.equal(times, pc.max(times)))
    least = best.take(pc.sort_indices(best)[:1]) if not pa.types.is_boolean(best.type) else best[:1]
    return cast(Column(column.name, pa.chunked_array([least])), "string").data[0].as_py()


def _fit_model(cleaning: Cleaning, treated: list[Column], params: CleanParams) -> None:
    if not treated:
        return
    values = np.column_stack([numbers(column) for column in treated])
    if not len(values):
        return
    cleaning.estimate = [column.name for column in treated]
    if params.cleaning_mode == "mice":
        cleaning.model = fit_chained(values, params.number_of_iterations)
    else:
        cleaning.model = fit_pca(values, params.number_of_iterations_for_pca_prediction)
