"""Which texts a person said to stand for missing: everywhere in a file, and in single columns of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import numpy as np


class Absent(NamedTuple):
    """`columns`: by the names that the file gives them."""

    everywhere: frozenset[str] = frozenset()
    columns: Mapping[str, frozenset[str]] = {}

    @classmethod
    def of(cls, missing: Iterable[str], columns: Mapping[str, Mapping[str, Any]]) -> Absent:
        markers = {name: frozenset(said["missing"]) for name, said in columns.items() if said.get("missing")}
        return cls(frozenset(missing), markers)

    def __bool__(self) -> bool:
        return bool(self.everywhere or self.columns)

    def within(self, name: str) -> frozenset[str]:
        """What stands for missing in a column."""
        return self.everywhere | self.columns.get(name, frozenset())

    def without(self, name: str, values: np.ndarray) -> np.ndarray:
        """The objects of a column, None in place of each whose text stands for missing."""
        markers = self.within(name)
        if not markers:
            return values
        kept = values.copy()
        kept[[value is not None and _shown(value) in markers for value in values]] = None
        return kept


def _shown(value: Any) -> str:
    """As a person reads it in a cell: a whole number without a point."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()
