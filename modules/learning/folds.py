"""Rows in folds: each is held out once."""

from __future__ import annotations

import numpy as np

from modules.learning.log import tell
from modules.sdk.errors import ModuleError


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
