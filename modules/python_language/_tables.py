"""A returned frame as a table; what a table cannot hold is said in the log."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from modules.sdk.values import Table


def table_of(frame: pd.DataFrame, inputs: Sequence[Table]) -> Table:
    """The table; columns that nobody changed stay those of the inputs."""
    _tell_of_index(frame)
    _tell_of_levels(frame.columns)
    table = Table.from_frame(frame, inputs)
    given = {id(column) for other in inputs for column in other}
    for column in table:
        if column.note and id(column) not in given:
            print(f"warning: column {column.name}: {column.note}")
    return table


def _tell_of_index(frame: pd.DataFrame) -> None:
    """Row numbers may go in silence; names, dates and whatever has a name of its own may not."""
    index = frame.index
    lost = [name for name in index.names if name is not None and name not in frame.columns]
    if lost:
        what = f"the index {', '.join(map(repr, lost))}"
    elif (
        index.names == [None] * index.nlevels
        and not pd.api.types.is_numeric_dtype(index.dtype)
        and len(index)
    ):
        what = f"the index ({index[0]!r:.60}, …)"
    else:
        return
    print(
        f"warning: {what} of the returned frame is dropped, since a table has none; "
        "frame.reset_index() makes columns of it"
    )


def _tell_of_levels(columns: pd.Index) -> None:
    if columns.nlevels > 1:
        print(
            f"warning: the columns have {columns.nlevels} levels, so a column is called {str(columns[0])!r}; "
            'frame.columns = ["_".join(map(str, c)) for c in frame.columns] makes plain names of them'
        )
