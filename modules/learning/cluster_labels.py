"""The label column of rows that are put into clusters: ignored, a feature, or written anew; and clusters that
start from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from modules.learning.predictions import Predictions
from modules.learning.recipe import Recipe
from modules.learning.roles import is_label
from modules.learning.trained import TrainedModel
from modules.learning.training import Choices, train
from modules.sdk.casting import uncategorical
from modules.sdk.column import Column
from modules.sdk.errors import ModuleError
from modules.sdk.storable import storable
from modules.sdk.values import Table

NAME, VALUES = "label column", "labels of clusters"
FROM_LABEL = "use_label_column"


def find_with_label(recipe: Recipe, table: Table, columns: Sequence[str] | None) -> TrainedModel:
    """Clusters of a table. Without a column that is marked as the label all chosen columns count."""
    label = next((column.name for column in table if is_label(column)), None)
    start = recipe.params.get("initialization") == FROM_LABEL
    mode = recipe.params.get("assign_label_mode", "ignore_label_column")
    if label is None:
        if start:
            raise ModuleError(
                "Clusters can start from a label column only if the table has one. Mark it in Edit Metadata "
                "(Fields: Labels), or choose another initialization."
            )
        return train(recipe, table, Choices(features=columns))
    features = [name for name in (table.names if columns is None else columns) if name != label]
    if mode == "fill_missing_values":
        if start:
            raise ModuleError(
                "The label column cannot be a feature (Fill missing values) and the start of the clusters. "
                "Choose another label mode or another initialization."
            )
        filled = _filled(recipe, table, label, features)
        return _with_optional(train(recipe, filled, Choices(features=[*features, label])), label)
    trained = train(recipe, table, Choices(label=label if start else None, features=features))
    if mode == "overwrite_from_closest_to_center":
        trained.learned_.extra |= {NAME: label, VALUES: _nearest(trained, table, label)}
    return trained


def relabeled(trained: TrainedModel, table: Table, said: Predictions) -> Table:
    """The table with the labels that its rows get from their clusters, if the model gives any. A row of no
    cluster keeps its own."""
    name, values = trained.learned_.extra.get(NAME), trained.learned_.extra.get(VALUES)
    if name is None or values is None or not table.has(name) or said.places is None:
        return table
    column = table.column(name)
    own = storable(uncategorical(column).data)
    mine = values.cast(own.type).take(pa.array(said.places, mask=said.places < 0))
    data = pa.chunked_array([pc.if_else(pa.array(said.places >= 0), mine, own.combine_chunks())])
    if column.type == "categorical":
        data = data.dictionary_encode()
    made = replace(column, data=data, origin=None)
    return Table.from_columns([made if each.name == name else each for each in table], len(table))


def _with_optional(trained: TrainedModel, label: str) -> TrainedModel:
    """The model, for which a row without a label goes to the center that is nearest by the other features."""
    learned = trained.learned_
    if len(learned.encoding.features) > 1:
        learned.encoding = replace(learned.encoding, optional=label)
    return trained


def _nearest(trained: TrainedModel, table: Table, label: str) -> pa.Array:
    """The label of the row that lies nearest to each center, of the rows that have one."""
    said = trained.predictions(table)
    assert said.distances is not None
    values = storable(uncategorical(table.column(label)).data).combine_chunks()
    away = np.where(values.is_null().to_numpy(zero_copy_only=False)[:, None], np.nan, said.distances)
    if np.isnan(away).all():
        raise ModuleError(
            f"No row has a value in the label column {label!r}, from which clusters could get one."
        )
    return values.take(pa.array(np.nanargmin(away, axis=0)))


def _filled(recipe: Recipe, table: Table, label: str, features: Sequence[str]) -> Table:
    """The table with each missing label filled by the most frequent one of the cluster that the other
    features put the row into."""
    column = table.column(label)
    known = storable(uncategorical(column).data).to_pylist()
    if None not in known:
        return table
    places = train(recipe, table, Choices(features=features)).predictions(table).places
    assert places is not None
    whole = Counter(value for value in known if value is not None)
    if not whole:
        raise ModuleError(f"No row has a value in the label column {label!r}, so none can be filled.")
    by_cluster: dict[int, Counter[Any]] = {}
    for place, value in zip(places.tolist(), known, strict=True):
        if value is not None:
            by_cluster.setdefault(place, Counter())[value] += 1
    filled = [
        by_cluster.get(place, whole).most_common(1)[0][0] if value is None else value
        for place, value in zip(places.tolist(), known, strict=True)
    ]
    data = pa.chunked_array([pa.array(filled, storable(uncategorical(column).data).type)])
    made = Column(label, data.dictionary_encode() if column.type == "categorical" else data, role=column.role)
    return Table.from_columns([made if each.name == label else each for each in table], len(table))
