"""A recipe tried on some rows and tested on others: what Cross-Validate and Tune do many times."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from modules.learning.evaluation import evaluate
from modules.learning.labels import Classes, find_classes, find_numbers
from modules.learning.metrics import Metrics
from modules.learning.pickling import card_of, recipe_of
from modules.learning.predictions import Predictions
from modules.learning.recipe import Recipe
from modules.learning.roles import as_label
from modules.learning.scored import read_scored
from modules.learning.supervised import check_labeled, fit_recipe
from modules.learning.tasks import CLASSES
from modules.learning.training import Choices
from modules.sdk.column import Column
from modules.sdk.errors import ModuleError
from modules.sdk.storable import storable
from modules.sdk.values import Model, Table, Transform


@dataclass(frozen=True)
class Labeled:
    """A table with what its label says: codes of classes, or numbers. `known`: the rows that have one."""

    table: Table
    label: str
    y: np.ndarray
    known: np.ndarray
    classes: Classes | None


def choices_for(
    model: Model, table: Table, label: str | None, transform: Transform | None
) -> tuple[Recipe, Choices]:
    """How to train the model on this table. A model that is trained already keeps its features and its
    positive class, if they fit."""
    recipe = recipe_of(model)
    check_labeled(recipe, label)
    card = card_of(model)
    features, positive = None, ""
    if card is not None and card.trained and card.label == label:
        if card.feature_columns and all(map(table.has, card.feature_columns)):
            features = list(card.feature_columns)
        if card.positive_class is not None and recipe.task == "two-class":
            value = card.positive_class
            positive = str(value).lower() if isinstance(value, bool) else str(value)
    return recipe, Choices(label, features, positive=positive, steps=transform, threads=1)


def labeled(recipe: Recipe, table: Table, choices: Choices) -> Labeled:
    """The label of the table, as the recipe takes it. ModuleError where it cannot be one."""
    assert choices.label
    column = table.column(choices.label)
    if recipe.task in CLASSES:
        classes = find_classes(column, choices.positive, recipe.task == "two-class", recipe.name)
        y = classes.encode(column).astype(np.int64)
        return Labeled(table, choices.label, y, np.flatnonzero(y >= 0), classes)
    if recipe.thing is not None and recipe.task == "unknown":
        known = ~storable(column.data).is_null().to_numpy()
        return Labeled(table, choices.label, known.astype(float), np.flatnonzero(known), None)
    y = find_numbers(column, recipe.name)
    return Labeled(table, choices.label, y, np.flatnonzero(~np.isnan(y)), None)


def try_out(
    recipe: Recipe, train: Table, test: Table, choices: Choices, classes: Classes | None
) -> Predictions:
    """What the recipe, trained on one table, predicts of another."""
    return fit_recipe(recipe, train, replace(choices, classes=classes)).predictions(test)


def measure(said: Predictions, label: Column, folds: bool) -> Metrics:
    """The metrics of predictions; with `folds` those of Cross-Validate Model."""
    table = Table.from_columns([as_label(label), *said.columns()], said.rows)
    return evaluate(read_scored(table, None, None), folds)


def rows_of(table: Table, rows: np.ndarray) -> Table:
    return table.take(pa.array(rows))


def check_rows(known: np.ndarray) -> None:
    if not len(known):
        raise ModuleError("There are no rows to learn from: the table is empty, or no row has a label.")
