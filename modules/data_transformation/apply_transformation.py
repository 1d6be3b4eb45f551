"""Apply Transformation

Does to a table what another module has learned from a different one.

*Transformation* is the second output of a module such as Clean Missing Data: it holds, say, the means
that were found in the training data, so that the same ones fill the gaps in new data. The table
needs the columns that the transformation was made for; others pass through.

>>> from modules.data_transformation.clean_missing_data import CleanParams, clean_missing_data
>>> learned = clean_missing_data(Table.of(x=[1.0, None, 3.0]), CleanParams(cleaning_mode="mean"))
>>> done = apply_transformation(learned.cleaning_transformation, Table.of(x=[None, 9.0]))
>>> done.transformed_dataset.column("x").data.to_pylist()
[2.0, 9.0]
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, NamedTuple

from modules.data_transformation._cleaning import Cleaning, clean
from modules.sdk.declare import module, port
from modules.sdk.errors import ModuleError
from modules.sdk.values import Table, Transform

APPLIED_BY: dict[str, Callable[[Table, dict[str, Any]], Table]] = {
    "clean-missing-data": lambda table, fitted: clean(table, Cleaning.model_validate(fitted)),
}


class Transformed(NamedTuple):
    transformed_dataset: Annotated[Table, port("Transformed dataset")]


@module(version=1, synonyms=("transform", "score", "reuse"))
def apply_transformation(
    transformation: Annotated[Transform, port("Transformation")], dataset: Annotated[Table, port("Dataset")]
) -> Transformed:
    apply = APPLIED_BY.get(transformation.module)
    if apply is None:
        raise ModuleError(f"A transformation made by {transformation.module} cannot be applied here.")
    return Transformed(apply(dataset, transformation.fitted))
