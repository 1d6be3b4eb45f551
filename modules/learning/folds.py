"""Rows in folds: each is held out once. Those of Partition and Sample count before folds that are dealt
here."""

from __future__ import annotations

import numpy as np

from modules.learning.log import tell
from modules.sdk.errors import ModuleError
from modules.sdk.fold_role import fold_column
from modules.sdk.storable import storable
from modules.sdk.values import Table


def assign_folds(y: np.ndarray, count: int, stratified: bool, seed: int) -> np.ndarray:
    """The fold of each row, from 0. `stratified`: each class (a code in `y`) is spread evenly over the
    folds."""
    from sklearn.model_selection import KFold, StratifiedKFold

    rows = len(y)
    if rows < count:
        raise ModuleError(
            f"{count} folds need as many rows with a label, but there are {rows}.", param="number_of_folds"
        )
    if stratified:
        sizes = np.bincount(y)
        smallest = int(sizes[sizes > 0].min())
        if int(sizes.max()) < count:
            raise ModuleError(
                f"{count} stratified folds need a class with as many rows, but the largest has "
                f"{int(sizes.max())}. "
                "Take fewer folds.",
                param="number_of_folds",
            )
        if smallest < count:
            tell(
                f"warning: The smallest class has {smallest} rows, so that some of the {count} folds lack it."
            )
    splitter = (StratifiedKFold if stratified else KFold)(count, shuffle=True, random_state=seed)
    fold = np.empty(rows, dtype=np.int64)
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for number, (_, held) in enumerate(splitter.split(np.zeros(rows), y)):
            fold[held] = number
    return fold


def given_folds(table: Table, known: np.ndarray) -> tuple[np.ndarray, np.ndarray] | None:
    """Those of the `known` rows that Partition and Sample has put into a fold, and the fold of each, from 0;
    None of a table that has no such column. ModuleError if fewer than two folds have rows."""
    column = fold_column(table)
    if column is None:
        return None
    numbers = storable(column.data).cast("float64").to_numpy()[known]
    there = ~np.isnan(numbers)
    found, fold = np.unique(numbers[there], return_inverse=True)
    if len(found) < 2:
        raise ModuleError(
            f"The column {column.name!r} has {len(found)} folds with rows that have a label; two or more are "
            "needed. Deal the rows into folds again, or leave the column out."
        )
    lost = int((~there).sum())
    aside = f"; {lost:,} rows in no fold are left out" if lost else ""
    tell(f"The {len(found)} folds of the column {column.name} are used{aside}.")
    return known[there], fold.astype(np.int64)
