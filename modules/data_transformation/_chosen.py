"""The columns that the records of a param name: one each, or a sentence that says which record has none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa

from modules.sdk.column import Column
from modules.sdk.errors import ModuleError
from modules.sdk.frames import unique_names
from modules.sdk.selection import ColumnSelection
from modules.sdk.values import Table


def the_column(table: Table, selection: ColumnSelection, param: str, what: str) -> Column:
    """The one column that is chosen; `what` names the record or the setting that chooses it.

    >>> the_column(Table.of(x=[1]), ColumnSelection.of("x"), "keys", "The key").name
    'x'
    """
    try:
        names = list(dict.fromkeys(selection.names(table)))
    except ModuleError as error:
        raise ModuleError(f"{what}: {error.message}", param=param) from None
    if len(names) != 1:
        chosen = f"{len(names)} are chosen" if names else "none is chosen"
        raise ModuleError(f"{what} needs one column, but {chosen}.", param=param)
    return table.column(names[0])


def with_columns(table: Table, made: Sequence[Column], *, instead: bool = True) -> Table:
    """The table with columns behind it. If `instead`, a column whose name is taken replaces that one; else it
    gets a name of its own."""
    new = {column.name: column for column in made} if instead else {}
    kept = [new.pop(column.name, column) if column.name in new else column for column in table]
    every = [*kept, *(new.values() if instead else made)]
    names = unique_names(column.name for column in every)
    return Table.from_columns((c.renamed(name) for c, name in zip(every, names, strict=True)), len(table))


def side_by_side(table: Table, others: Iterable[Column]) -> Table:
    """The table with other columns of as many rows behind it, all of different names."""
    return with_columns(table, list(others), instead=False)


def taken(column: Column, rows: np.ndarray, *, always: bool = False) -> Column:
    """The column's values at these rows; missing where a row is −1. `always`: as a column of its own even if
    nothing changes."""
    if not always and len(rows) == len(column.data) and np.array_equal(rows, np.arange(len(rows))):
        return column
    return replace(column, data=column.data.take(pa.array(rows, mask=rows < 0)), origin=None)
