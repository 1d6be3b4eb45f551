"""What Score Model does: a trained model and a table in, the table with its scores out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from modules.learning.pickling import trained_of
from modules.learning.predictions import Predictions
from modules.learning.roles import as_label, is_label, score_role, without_role
from modules.learning.trained import TrainedModel
from modules.sdk.column import Column
from modules.sdk.errors import ModuleError
from modules.sdk.frames import unique_names
from modules.sdk.values import Model, Table


def score(model: Model, table: Table, append: bool) -> Table:
    """The table with the columns of scores after its own, or these alone."""
    trained = as_trained(trained_of(model), model)
    said = trained.predictions(table)
    if not append:
        return Table.from_columns(said.columns(), len(table))
    return appended(table, said, trained.label)


def as_trained(thing: Any, model: Model) -> Any:
    """Studio's own trained model as it is; a script's estimator in the same clothes."""
    if isinstance(thing, TrainedModel):
        if thing.recipe is not None and thing.recipe.task == "clustering":
            raise ModuleError("The model finds clusters; use Assign Data to Clusters for it.")
        return thing
    from modules.learning.scripted import wear

    return wear(thing, model.class_name)


def appended(table: Table, said: Predictions, label: str | None, between: Sequence[Column] = ()) -> Table:
    """The table, then its scores. The label is marked; older scores keep their columns, but are scores no
    more."""
    kept = []
    for column in table:
        plain = without_role(column) if score_role(column) or is_label(column) else column
        kept.append(as_label(plain) if column.name == label else plain)
    columns = [*kept, *between, *said.columns()]
    names = unique_names([column.name for column in columns])
    taken = (column.renamed(name) for column, name in zip(columns, names, strict=True))
    return Table.from_columns(taken, len(table))
