"""Where computed columns go: behind the table, in place of the columns they were computed of, or alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from modules.sdk.column import Column
from modules.sdk.frames import unique_names
from modules.sdk.values import Table

OutputMode = Literal["append", "inplace", "result_only"]
OUTPUT_MODES = {"append": "Append", "inplace": "Inplace", "result_only": "ResultOnly"}


class Computed(NamedTuple):
    """The columns that were computed of the column `of`."""

    of: str
    columns: list[Column]


def placed(table: Table, computed: Sequence[Computed], mode: OutputMode) -> Table:
    """The table with what was computed. In place, the first of them keeps the name of its column.

    >>> import pyarrow as pa
    >>> made = [Computed("x", [Column("Abs(x)", pa.chunked_array([[1]]))])]
    >>> [placed(Table.of(x=[-1]), made, mode).names for mode in ("append", "inplace", "result_only")]
    [['x', 'Abs(x)'], ['x'], ['Abs(x)']]
    """
    made = [column for each in computed for column in each.columns]
    if mode == "inplace":
        instead = {each.of: each.columns for each in computed}
        every = [
            new.renamed(column.name) if at == 0 else new
            for column in table
            for at, new in enumerate(instead.get(column.name, [column]))
        ]
    else:
        every = [*(table if mode == "append" else ()), *made]
    names = unique_names(column.name for column in every)
    return Table.from_columns((c.renamed(name) for c, name in zip(every, names, strict=True)), len(table))
