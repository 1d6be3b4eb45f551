"""Features of users or of items as numbers, by the identifier in their first column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from modules.learning.recommending.triples import ids
from modules.sdk.casting import cast, uncategorical
from modules.sdk.errors import ModuleError
from modules.sdk.fits import needed
from modules.sdk.numbers import numbers
from modules.sdk.values import Table

MOST_LEVELS = 1000
Coded = tuple[str, float | None, tuple[str, ...], Any]


@dataclass(frozen=True)
class Traits:
    """How features become numbers: by column, the largest value without its sign (of numbers) or the levels
    (of texts), and what stands for a missing value: the most frequent one."""

    columns: tuple[Coded, ...] = ()

    @property
    def width(self) -> int:
        return sum(1 if scale is not None else len(levels) for _, scale, levels, _ in self.columns)

    def matrix(self, table: Table | None, wanted: Sequence[str], what: str) -> np.ndarray:
        """A row for each of these identifiers; zeros for those that the table does not have."""
        found = np.zeros((len(wanted), self.width))
        if table is None or not self.columns:
            return found
        names = ids(table.columns[0], what)
        row = {name: at for at, name in enumerate(names)}
        values = self._values(table)
        for at, name in enumerate(wanted):
            if name in row:
                found[at] = values[row[name]]
        return found

    def _values(self, table: Table) -> np.ndarray:
        parts = []
        for name, scale, levels, usual in self.columns:
            column = needed(table, [name])[0]
            if scale is not None:
                found = numbers(column)
                parts.append((np.where(np.isfinite(found), found, usual) / scale)[:, None])
                continue
            texts = cast(uncategorical(column), "string").data.to_pylist()
            place = {level: at for at, level in enumerate(levels)}
            part = np.zeros((len(texts), len(levels)))
            for row, text in enumerate(texts):
                at = place.get(usual if text is None else text)
                if at is not None:
                    part[row, at] = 1.0
            parts.append(part)
        return np.column_stack([np.empty((len(table), 0)), *parts])


def fit_traits(table: Table | None, what: str) -> Traits:
    """Reads all columns but the first as features."""
    if table is None or not table.columns:
        return Traits()
    names = ids(table.columns[0], what)
    if len(set(names)) < len(names):
        twice = next(name for name, count in Counter(names).items() if count > 1)
        raise ModuleError(f"The features of the {what} have {twice} more than once.")
    found: list[Coded] = []
    for column in table.columns[1:]:
        if column.type in ("integer", "float"):
            values = numbers(column)
            values = values[np.isfinite(values)]
            if len(values):
                usual = Counter(values.tolist()).most_common(1)[0][0]
                found.append((column.name, float(np.abs(values).max()) or 1.0, (), usual))
            continue
        if column.type not in ("string", "categorical", "boolean"):
            raise ModuleError(
                f"Column {column.name} of the {what} is {column.type}, which is no feature. Leave it out."
            )
        texts = [t for t in cast(uncategorical(column), "string").data.to_pylist() if t is not None]
        often = Counter(texts).most_common(MOST_LEVELS)
        if often:
            found.append((column.name, None, tuple(sorted(text for text, _ in often)), often[0][0]))
    return Traits(tuple(found))
