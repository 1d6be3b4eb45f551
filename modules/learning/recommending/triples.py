"""Users, items and ratings in the first columns of a table."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from modules.sdk.casting import cast, uncategorical
from modules.sdk.column import Column
from modules.sdk.errors import ModuleError
from modules.sdk.numbers import NUMBERS, numbers
from modules.sdk.values import Table

MOST_SPREAD = 100.0


@dataclass(frozen=True)
class Triples:
    """The texts of users and items, row by row, and the ratings (none where they were not asked for)."""

    users: list[str]
    items: list[str]
    ratings: np.ndarray

    def by_user(self) -> dict[str, dict[str, float]]:
        """Of each user the rating of each item."""
        found: dict[str, dict[str, float]] = {}
        for user, item, rating in zip(self.users, self.items, self.ratings, strict=True):
            found.setdefault(user, {})[item] = float(rating)
        return found

    def turned(self) -> Triples:
        """The same with users and items changed over."""
        return Triples(self.items, self.users, self.ratings)


def ids(column: Column, what: str) -> list[str]:
    """The identifiers in a column, as texts; ModuleError where one is missing."""
    if column.type not in ("integer", "string", "categorical"):
        raise ModuleError(
            f"Column {column.name} holds {what}; they are whole numbers or texts, not {column.type}."
        )
    found = cast(uncategorical(column), "string").data.to_pylist()
    if None in found:
        raise ModuleError(f"Row {found.index(None) + 1} of column {column.name} names none of the {what}.")
    return found


def read_triples(table: Table, rated: bool = True) -> Triples:
    """Users, items and, if `rated`, ratings from the first columns of a table."""
    needed = 3 if rated else 2
    if len(table.columns) < needed:
        what = "user, item and rating" if rated else "user and item"
        raise ModuleError(f"The first {needed} columns are {what}, but the table has {len(table.columns)}.")
    users, items = ids(table.columns[0], "users"), ids(table.columns[1], "items")
    pairs = Counter(zip(users, items, strict=True))
    if len(pairs) < len(users) and rated:
        user, item = next(pair for pair, count in pairs.items() if count > 1)
        raise ModuleError(f"User {user} has rated item {item} more than once. Remove duplicate rows first.")
    ratings = _ratings(table.columns[2]) if rated else np.zeros(len(users))
    return Triples(users, items, ratings)


def _ratings(column: Column) -> np.ndarray:
    if column.type not in NUMBERS:
        raise ModuleError(
            f"Column {column.name} holds the ratings; it is {column.type}, and needed are numbers."
        )
    found = numbers(column)
    wrong = np.flatnonzero(~np.isfinite(found))
    if len(wrong):
        raise ModuleError(
            f"Row {wrong[0] + 1} of column {column.name} has no rating. Clean Missing Data first."
        )
    return found


def check_ratings(ratings: np.ndarray) -> None:
    """ModuleError where no recommender can be trained on these ratings."""
    if not len(ratings):
        raise ModuleError("There are no ratings to learn from.")
    low, high = ratings.min(), ratings.max()
    if low == high:
        raise ModuleError(f"All ratings are {low:g}, so that nothing can be learned from them.")
    if high - low >= MOST_SPREAD:
        raise ModuleError(
            f"Ratings reach from {low:g} to {high:g}; they must be less than 100 apart. Scale them."
        )
