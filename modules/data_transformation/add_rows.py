"""Add Rows

Puts the rows of the second table below those of the first.

Both tables need the same columns in the same order: as many of them, called alike, of types that
go together. Where types differ, integer and float give float, or integer where a whole number is too
long for a float and there is no fraction; a category and text give text; anything else is refused. No
value is rounded. A table without columns adds nothing.

>>> add_rows(Table.of(x=[1]), Table.of(x=[2.5])).results_dataset.arrow().to_pydict()
{'x': [1.0, 2.5]}
"""

from __future__ import annotations

from typing import Annotated, NamedTuple

from modules.data_transformation._stacking import stacked
from modules.sdk.declare import module, port
from modules.sdk.errors import ModuleError
from modules.sdk.values import Table


class AddedRows(NamedTuple):
    results_dataset: Annotated[Table, port("Results dataset", like="dataset1")]


@module(version=1, foretells=True, synonyms=("append", "union", "rbind", "concat"))
def add_rows(
    dataset1: Annotated[Table, port("Dataset1")], dataset2: Annotated[Table, port("Dataset2")]
) -> AddedRows:
    first, second = dataset1, dataset2
    if not first.columns or not second.columns:
        return AddedRows(first if first.columns else second)
    if len(first.columns) != len(second.columns):
        raise ModuleError(
            f"The tables have {len(first.columns)} and {len(second.columns)} columns; to add rows, both "
            "need the same ones. Select Columns in Dataset can even them out."
        )
    for position, (one, two) in enumerate(zip(first.names, second.names, strict=True), start=1):
        if one != two:
            raise ModuleError(
                f"Column {position} is called {one!r} in the first table and {two!r} in the second; "
                "Edit Metadata can rename it."
            )
    if not len(second):
        return AddedRows(first)
    columns = (stacked(one, two) for one, two in zip(first, second, strict=True))
    return AddedRows(Table.from_columns(columns, len(first) + len(second)))
