"""Apply Transformation

Does to a table what another module has learned from a different one.

*Transformation* is the second output of a module such as Clean Missing Data: it holds, say, the means
that were found in the training data, so that the same ones fill the gaps in new data. If it was passed
through several modules, it holds a step of each, and all are done in their order. The table needs the
columns that the transformation was made for; others pass through. Rows that *SMOTE* made up for training
are made up in no other table.

>>> from modules.data_transformation.clean_missing_data import CleanParams, clean_missing_data
>>> learned = clean_missing_data(Table.of(x=[1.0, None, 3.0]), CleanParams(cleaning_mode="mean"))
>>> done = apply_transformation(learned.cleaning_transformation, Table.of(x=[None, 9.0]))
>>> done.transformed_dataset.column("x").data.to_pylist()
[2.0, 9.0]
"""

from __future__ import annotations

from typing import Annotated, NamedTuple

from modules.sdk.declare import module, port
from modules.sdk.transforms import replay
from modules.sdk.values import Table, Transform


class Transformed(NamedTuple):
    transformed_dataset: Annotated[Table, port("Transformed dataset")]


@module(version=1, row_by_row=True, synonyms=("transform", "score", "reuse"))
def apply_transformation(
    transformation: Annotated[Transform, port("Transformation")], dataset: Annotated[Table, port("Dataset")]
) -> Transformed:
    return Transformed(replay(transformation, dataset, drop_rows=True))
