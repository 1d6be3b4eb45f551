"""Rows drawn by chance: a share of them, or each into a fold; of each stratum alike, if there are strata."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from modules.data_transformation._keys import codes
from modules.sdk.errors import ModuleError
from modules.sdk.selection import ColumnSelection
from modules.sdk.values import Table


def strata_of(table: Table, key: ColumnSelection, param: str) -> np.ndarray:
    """The stratum of each row: those alike in the key column are one."""
    names = key.names(table)
    if len(names) != 1:
        raise ModuleError("Choose one column as the stratification key.", param=param)
    strata, _ = codes([table.column(names[0]).data])
    return strata


def drawn(rows: int, fraction: float, seed: int | None, strata: np.ndarray | None = None) -> np.ndarray:
    """A mask with the fraction of the rows, the same in each stratum as nearly as whole rows allow. Without a
    seed these are the first rows.

    >>> drawn(4, 0.5, None).tolist()
    [True, True, False, False]
    """
    order = _order(rows, seed)
    wanted = int(rows * fraction + 0.5)
    mask = np.zeros(rows, dtype=bool)
    if strata is None:
        mask[order[:wanted]] = True
        return mask
    sizes = np.bincount(strata)
    exact = sizes * fraction
    shares = np.floor(exact + 1e-9).astype(int)
    left = wanted - shares.sum()
    shares[np.argsort(shares - exact, kind="stable")[:left]] += 1
    by_stratum = np.argsort(strata[order], kind="stable")
    within = np.arange(rows) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    mask[order[by_stratum[within < np.repeat(shares, sizes)]]] = True
    return mask


def dealt(rows: int, many: int, seed: int | None, strata: np.ndarray | None = None) -> np.ndarray:
    """The fold of each row, from 1, dealt like cards: sizes differ by one row at most, within a stratum too.

    >>> dealt(5, 2, None).tolist()
    [1, 2, 1, 2, 1]
    """
    order = _order(rows, seed)
    if strata is not None:
        order = order[np.argsort(strata[order], kind="stable")]
    fold = np.empty(rows, dtype=np.int64)
    fold[order] = np.arange(rows) % many + 1
    return fold


def proportioned(
    rows: int, proportions: Sequence[float], seed: int | None, strata: np.ndarray | None = None
) -> np.ndarray:
    """The fold of each row, from 1; the folds have these shares of the rows, of each stratum too. The
    proportions add up to 1. Without a seed the folds lie one behind the other.

    >>> proportioned(4, [0.25, 0.75], None).tolist()
    [1, 2, 2, 2]
    """
    order = _order(rows, seed)
    fold = np.empty(rows, dtype=np.int64)
    groups = [order] if strata is None else _by_stratum(order, strata)
    ends = np.cumsum(proportions)
    for group in groups:
        stops = np.rint(ends * len(group)).astype(int)
        stops[-1] = len(group)
        fold[group] = np.searchsorted(stops, np.arange(len(group)), "right") + 1
    return fold


def _by_stratum(order: np.ndarray, strata: np.ndarray) -> list[np.ndarray]:
    sorted_by = order[np.argsort(strata[order], kind="stable")]
    return np.split(sorted_by, np.cumsum(np.bincount(strata))[:-1])


def _order(rows: int, seed: int | None) -> np.ndarray:
    return np.arange(rows) if seed is None else np.random.default_rng(seed).permutation(rows)
