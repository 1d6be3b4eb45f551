"""Select Columns Transform

Remembers the columns of a table, to keep just these of other tables.

*Columns selection transformation* keeps, in Apply Transformation, the columns that *Dataset with desired
columns* has, in its order, and leaves the others out. So a table of new rows gets the columns that were
chosen on another one, by Filter Based Feature Selection for example. A column that the other table lacks is
named in the refusal. The types of the columns and their values do not matter.

>>> kept = select_columns_transform(Table.of(b=[1], a=[2])).columns_selection_transformation
>>> from modules.sdk.transforms import replay
>>> replay(kept, Table.of(a=[1], b=[2], c=[3])).names
['b', 'a']
"""

from __future__ import annotations

from typing import Annotated, NamedTuple

from modules.sdk.declare import module, port
from modules.sdk.fits import Fits, Fitted, needed
from modules.sdk.params import NoParams
from modules.sdk.transforms import BEFORE, fit_module
from modules.sdk.values import Table, Transform


class Selection(Fitted):
    columns: list[str]


class Selected(NamedTuple):
    columns_selection_transformation: Annotated[Transform, port("Columns selection transformation")]


def _fit(table: Table, params: NoParams) -> Selection:
    return Selection(columns=table.names)


def _apply(table: Table, selection: Selection) -> Table:
    return Table.from_columns(needed(table, selection.columns), len(table))


@module(
    version=1,
    synonyms=("keep columns", "project columns"),
    fits=Fits(Selection, _fit, _apply, learns=lambda params: False),
)
def select_columns_transform(
    dataset_with_desired_columns: Annotated[Table, port("Dataset with desired columns")],
    transformation: Annotated[Transform | None, BEFORE] = None,
) -> Selected:
    _, transform = fit_module(
        select_columns_transform, dataset_with_desired_columns, NoParams(), transformation
    )
    return Selected(transform)
