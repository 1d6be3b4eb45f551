"""Features as a matrix of numbers, which is all that a learner sees: no name of a user's reaches a
library."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from modules.learning.features import Feature, codes, find_columns, fit_features, numbers
from modules.sdk.values import Table

MOST_CODES = 254
"""Levels up to which a learner that takes codes gets a code; scikit-learn's boosted trees have 255 bins."""


@dataclass(frozen=True)
class Matrix:
    """`complete`: which rows miss no feature."""

    values: np.ndarray
    complete: np.ndarray


@dataclass(frozen=True)
class Encoding:
    """How features become columns of a matrix: a number stays one column, text becomes a column of 0 and 1
    for each level, or one of codes. `optional`: the feature that a row may miss and still be complete; the
    table may have no such column."""

    features: tuple[Feature, ...]
    style: str
    allow_unknown: bool
    optional: str | None = None

    @classmethod
    def fitted(cls, table: Table, names: Sequence[str], style: str, allow_unknown: bool) -> Encoding:
        return cls(fit_features(table, names), style, allow_unknown)

    def is_coded(self, feature: Feature) -> bool:
        return self.style == "codes" and feature.levels is not None and len(feature.levels) <= MOST_CODES

    def places(self) -> list[tuple[Feature, int, int]]:
        """Each feature with its first column of the matrix and the number of them."""
        found, at = [], 0
        for feature in self.features:
            wide = 1 if feature.levels is None or self.is_coded(feature) else len(feature.levels)
            found.append((feature, at, wide))
            at += wide
        return found

    @property
    def width(self) -> int:
        return sum(wide for _, _, wide in self.places())

    @property
    def coded(self) -> tuple[int, ...]:
        """The columns of the matrix that are codes."""
        return tuple(at for feature, at, _ in self.places() if self.is_coded(feature))

    def column_names(self) -> list[str]:
        """What each column of the matrix says: a feature, or one of its levels."""
        return [
            feature.name if feature.levels is None or self.is_coded(feature) else f"{feature.name}={level}"
            for feature in self.features
            for level in ([""] if feature.levels is None or self.is_coded(feature) else feature.levels)
        ]

    def matrix(self, table: Table) -> Matrix:
        """The features of a table; a missing number or code is NaN, a missing text no indicator. All columns
        of the optional feature are NaN where it is missing."""
        optional = None if self.optional is None or table.has(self.optional) else self.optional
        columns = find_columns(table, [each for each in self.features if each.name != optional])
        by_name = {column.name: column for column in columns}
        values = np.zeros((len(table), self.width), order="F")
        complete = np.ones(len(table), dtype=bool)
        for feature, at, wide in self.places():
            if feature.name == optional:
                values[:, at : at + wide] = np.nan
                continue
            column = by_name[feature.name]
            if feature.levels is None:
                values[:, at] = numbers(feature, column)
                complete &= ~np.isnan(values[:, at]) | (feature.name == self.optional)
                continue
            found, gone = codes(feature, column, self.allow_unknown)
            if feature.name == self.optional:
                values[gone, at : at + wide] = np.nan
            else:
                complete &= ~gone
            if self.is_coded(feature):
                values[:, at] = np.where(found < 0, np.nan, found)
            elif wide:
                rows = np.flatnonzero(found >= 0)
                values[rows, at + found[rows]] = 1.0
        return Matrix(values, complete)
