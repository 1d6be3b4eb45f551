"""The folds that Partition and Sample deals rows into: a column of whole numbers, from 1, with a role.

The role travels with the column through modules that leave the column alone. Cross-Validate Model and Tune
Model Hyperparameters read it; no model takes the column as a feature by itself.
"""

from __future__ import annotations

from dataclasses import replace

from modules.sdk.column import Column
from modules.sdk.values import Table

FOLD = '["fold"]'


def as_fold(column: Column) -> Column:
    return replace(column, role=FOLD)


def is_fold(column: Column) -> bool:
    return column.role == FOLD


def fold_column(table: Table) -> Column | None:
    """The column that says the fold of each row, from 1; missing: the row is in none. The first, if there are
    several; None if there is none.

    >>> import pyarrow as pa
    >>> folds = as_fold(Column("Fold", pa.chunked_array([[1, 2]])))
    >>> fold_column(Table.from_columns([folds], 2)).name
    'Fold'
    """
    return next((column for column in table if is_fold(column)), None)
