"""What a reader remembers of one question about a table for the next one: the rows found, and their order."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pyarrow as pa

from modules.look.days import only_days
from modules.sdk.column import Column


class LookMemory:
    """Of one table, the last search and the last sort: as many bytes as a few columns have. And which of its
    columns of dates have days only."""

    def __init__(self) -> None:
        self._found: tuple[str, pa.Array | None] | None = None
        self._order: tuple[str, pa.Array] | None = None
        self._days: dict[str, bool] = {}

    def found(self, asked: Any, make: Callable[[], pa.Array | None]) -> pa.Array | None:
        """What `make` made for `asked`, or makes now."""
        name = json.dumps(asked)
        if self._found is None or self._found[0] != name:
            self._found = name, make()
        return self._found[1]

    def days(self, column: Column) -> bool:
        """Whether a column has dates without times."""
        if column.name not in self._days:
            self._days[column.name] = only_days(column.data)
        return self._days[column.name]

    def order(self, asked: Any, first: int, make: Callable[[], pa.Array]) -> pa.Array:
        """The remembered order, if it is of `asked` and holds the `first` rows; else what `make` makes."""
        name = json.dumps(asked)
        if self._order is None or self._order[0] != name or len(self._order[1]) < first:
            self._order = name, make()
        return self._order[1]
