"""Ratings divided for a recommender: by users and items, so that what is tested is what it is for."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from modules.sdk.errors import ModuleError
from modules.sdk.storable import one_piece, storable
from modules.sdk.values import Table


class Shares(NamedTuple):
    """Of all users: those in training alone, those in the test alone (cold), those left out. Of all items:
    those in the test alone, those left out. `kept`: of the ratings of other users those for training."""

    training_users: float
    kept: float
    cold_users: float
    cold_items: float
    ignored_users: float
    ignored_items: float
    no_chance_cold_items: bool

    def check(self) -> None:
        """ModuleError where users or items would be asked for twice."""
        if self.training_users + self.cold_users + self.ignored_users > 1 + 1e-9:
            raise ModuleError(
                "Training only, cold and ignored users together are more than all users.",
                param="fraction_of_training_only_users",
            )
        if self.cold_items + self.ignored_items > 1 + 1e-9:
            raise ModuleError(
                "Cold and ignored items together are more than all items.", param="fraction_of_cold_items"
            )


def split_ratings(table: Table, shares: Shares, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Which rows are for training, and which for the test. The first two columns are users and items."""
    shares.check()
    if len(table.columns) < 2:
        raise ModuleError("Recommender Split needs a table whose first two columns are users and items.")
    rng = np.random.default_rng(seed)
    users, items = (_codes(table, at) for at in (0, 1))
    only, cold, ignored = _drawn(users, (shares.training_users, shares.cold_users, shares.ignored_users), rng)
    cold_items, ignored_items = _drawn(items, (shares.cold_items, shares.ignored_items), rng)
    training = only[users]
    mixed = ~(only | cold | ignored)[users]
    training |= mixed & _part_of_each(users, mixed, shares.kept, rng)
    test = ~training & ~only[users]
    out = ignored[users] | ignored_items[items]
    training &= ~out & ~cold_items[items]
    test &= ~out
    if shares.no_chance_cold_items:
        seen = np.zeros(items.max(initial=-1) + 1, bool)
        seen[items[training]] = True
        test &= seen[items] | cold_items[items]
    return training, test


def _codes(table: Table, at: int) -> np.ndarray:
    column = one_piece(storable(table.columns[at].data))
    if column.null_count:
        what = "user" if not at else "item"
        raise ModuleError(
            f"Column {table.columns[at].name} misses {column.null_count:,} values; each row needs a {what}."
        )
    coded = column if hasattr(column, "indices") else column.dictionary_encode()
    return coded.indices.to_numpy(zero_copy_only=False).astype(np.int64)


def _drawn(codes: np.ndarray, shares: tuple[float, ...], rng: np.random.Generator) -> list[np.ndarray]:
    """For each share, which of all that there are were drawn for it; none is drawn twice."""
    count = codes.max(initial=-1) + 1
    order, start, found = rng.permutation(count), 0, []
    for share in shares:
        end = min(count, start + round(share * count))
        mask = np.zeros(count, bool)
        mask[order[start:end]] = True
        found.append(mask)
        start = end
    return found


def _part_of_each(codes: np.ndarray, among: np.ndarray, share: float, rng: np.random.Generator) -> np.ndarray:
    """Of each code this share of its rows, drawn among some."""
    rows = rng.permutation(np.flatnonzero(among))
    rows = rows[np.argsort(codes[rows], kind="stable")]
    _, starts, counts = np.unique(codes[rows], return_index=True, return_counts=True)
    place = np.arange(len(rows)) - np.repeat(starts, counts)
    found = np.zeros(len(codes), bool)
    found[rows[place < np.round(share * np.repeat(counts, counts))]] = True
    return found
