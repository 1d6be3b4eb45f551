"""SMOTE

Adds made-up rows of the rarer class, each one between a row and one of its nearest neighbors.

**Label column** holds the two classes. **SMOTE percentage**: so many new rows as a share of the rarer class;
100 doubles it, 200 makes it three times as large. **Number of nearest neighbors**: how many rows of the same
class, by the distance of their numbers, a new row may lie towards; one of them is drawn. **Random seed**: the
same seed makes the same rows.

The numbers of a new row lie between those of the two rows (whole numbers are rounded); all other values, and
those that one of the two rows lacks, are the first row's. A category that differs counts as the median of the
numbers' standard deviations. New rows stand behind the others. If there is one row of the rarer class, none
is added.

*Transformation* adds rows where a model is trained, in each fold of a cross-validation too, and does nothing
to rows that are scored, or in Apply Transformation. Rows that are added before a split appear, nearly the
same, among the rows that are tested.

>>> params = SmoteParams(label_column=["y"], smote_percentage=100)
>>> len(smote(Table.of(x=[1.0, 2.0, 8.0, 9.0, 9.5], y=[1, 1, 0, 0, 0]), params).table)
7
"""

from __future__ import annotations

from typing import Annotated, NamedTuple

from modules.data_transformation._oversampling import oversample
from modules.sdk.declare import module, port
from modules.sdk.errors import ModuleError
from modules.sdk.fits import Fits, Fitted
from modules.sdk.levels import discrete_columns, level_numbers, levels_of
from modules.sdk.params import Params, columns, integer
from modules.sdk.selection import ColumnSelection
from modules.sdk.transforms import BEFORE, fit_module
from modules.sdk.values import Table, Transform


class SmoteParams(Params):
    label_column: ColumnSelection = columns(
        ColumnSelection.none(), "Label column", "The two classes.", of="samples", single=True, required=True
    )
    smote_percentage: int = integer(100, "SMOTE percentage", "New rows, as a share of the rarer class.", ge=0)
    number_of_nearest_neighbors: int = integer(1, "Number of nearest neighbors", ge=1)
    random_seed: int = integer(0, "Random seed", "The same seed makes the same rows.", ge=0)


class Oversampling(Fitted):
    label: str
    percentage: int
    neighbors: int
    seed: int


class Oversampled(NamedTuple):
    table: Annotated[Table, port("Table")]
    transformation: Annotated[Transform, port("Transformation")]


def _fit(table: Table, params: SmoteParams) -> Oversampling:
    names = params.label_column.names(table)
    if len(names) != 1:
        raise ModuleError("Choose one column as the label.", param="label_column")
    return Oversampling(
        label=names[0],
        percentage=params.smote_percentage,
        neighbors=params.number_of_nearest_neighbors,
        seed=params.random_seed,
    )


def _resample(table: Table, how: Oversampling) -> Table:
    (label,) = discrete_columns(table, [how.label])
    levels = levels_of(label)
    classes = level_numbers(label, levels)
    present = sorted(set(classes[classes >= 0].tolist()))
    if len(present) > 2:
        raise ModuleError(
            f"SMOTE needs a label of two classes; {how.label} has {len(present):,}.", param="label_column"
        )
    rarer = min(present, key=lambda place: int((classes == place).sum()), default=-1)
    if len(present) < 2 or int((classes == rarer).sum()) < 2:
        print("warning: no rows are added, for the label has not two rows of a rarer class")
        return table
    return oversample(table, classes == rarer, how.label, how.percentage, how.neighbors, how.seed)


def _apply(table: Table, how: Oversampling) -> Table:
    return table


@module(
    version=1,
    synonyms=("oversample", "imbalance", "minority", "synthetic"),
    fits=Fits(Oversampling, _fit, _apply, resample=_resample),
)
def smote(
    samples: Annotated[Table, port("Samples")],
    params: SmoteParams,
    transformation: Annotated[Transform | None, BEFORE] = None,
) -> Oversampled:
    return Oversampled(*fit_module(smote, samples, params, transformation))
