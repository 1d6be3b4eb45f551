"""What Train Model does: any learner of labels, Studio's or a script's."""

from __future__ import annotations

from collections.abc import Sequence

from modules.learning.log import tell
from modules.learning.pickling import model_of, recipe_of
from modules.learning.recipe import Recipe
from modules.learning.scripted import ScriptedModel, train_scripted
from modules.learning.tasks import LABELED
from modules.learning.trained import TrainedModel
from modules.learning.training import Choices, train
from modules.sdk.errors import ModuleError
from modules.sdk.values import Model, Table, Transform

USUAL = 0.5
"""The threshold that models have unless another is asked for."""

TRAINED_BY = {"clustering": "Train Clustering Model", "anomaly": "Train Anomaly Detection Model"}


def train_labeled(
    untrained: Model,
    table: Table,
    transform: Transform | None,
    label: str | None,
    features: Sequence[str] | None,
    weight: str | None,
    positive: str,
    threshold: float = USUAL,
) -> Model:
    """The model trained on the table. `threshold`: above which probability a row is of the positive class."""
    recipe = recipe_of(untrained)
    check_labeled(recipe, label)
    if recipe.ranges:
        first = ", ".join(f"{name} {values[0]:g}" for name, values in recipe.axes().items())
        tell(f"The learner has ranges; the first value of each was used: {first}.")
    choices = Choices(label, features, weight, positive, steps=transform)
    model = fit_recipe(recipe, table, choices)
    if isinstance(model, TrainedModel):
        model.learned_.threshold = threshold
    elif threshold != USUAL and not model.decide_above(threshold):
        print("The threshold was left aside: the script's model gives no probability of two classes.")
    return model_of(model)


def check_labeled(recipe: Recipe, label: str | None) -> None:
    """ModuleError where the learner takes no label, or none is chosen."""
    task = recipe.task
    if task not in (*LABELED, "unknown"):
        raise ModuleError(f"{recipe.name} finds {task}; use {TRAINED_BY[task]} for it.")
    if not label:
        raise ModuleError("Choose the label column: what the model is to predict.", param="label_column")


def fit_recipe(recipe: Recipe, table: Table, choices: Choices) -> TrainedModel | ScriptedModel:
    """Trains Studio's own learner, or a script's object."""
    if recipe.thing is None:
        return train(recipe, table, choices)
    return train_scripted(recipe, table, choices)


def train_odd(untrained: Model, table: Table, features: Sequence[str] | None) -> Model:
    """The model of anomalies, trained on the table."""
    recipe = recipe_of(untrained)
    if recipe.task != "anomaly":
        raise ModuleError(f"{recipe.name} finds no anomalies; use Train Model for it.")
    return model_of(train(recipe, table, Choices(features=features)))
