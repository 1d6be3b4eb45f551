"""A script's own estimator, any object with `fit` and `predict`, in the clothes of a trained model."""

from __future__ import annotations

import copy
import inspect
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from modules.learning.answers import ask, attribute, decisions, has, predicted, shares
from modules.learning.features import Feature, choose_features, find_columns, listed, numbers
from modules.learning.labels import KINDS, Classes, find_classes, find_positive
from modules.learning.log import tell
from modules.learning.predictions import Predictions, number_column
from modules.learning.recipe import Recipe
from modules.learning.steps import told_steps
from modules.learning.training import Choices, check_kept
from modules.learning.versions import versions
from modules.sdk.card import Card, CardFeature
from modules.sdk.casting import uncategorical
from modules.sdk.column import Column
from modules.sdk.errors import ModuleError
from modules.sdk.from_pandas import from_pandas
from modules.sdk.storable import storable
from modules.sdk.transforms import refit, replay
from modules.sdk.values import Table


class ScriptedModel:
    """`features`: what it was trained on, where Studio trained it; `classes`: all classes of its label;
    `sample`: some of the rows it was trained on. `threshold`: above which probability a row is of the
    positive class; None where the estimator decides by itself."""

    threshold: float | None = None

    def __init__(
        self,
        thing: Any,
        recipe: Recipe,
        label: str | None = None,
        features: Sequence[Feature] = (),
        classes: Classes | None = None,
        rows: int | None = None,
        steps: Any = None,
        sample: Any = None,
    ) -> None:
        self.thing, self.recipe, self.label = thing, recipe, label
        self.features, self.classes, self.rows, self.steps = tuple(features), classes, rows, steps
        self.sample = sample

    def __getattr__(self, name: str) -> Any:
        """What a script asks of it is answered by its estimator."""
        if name.startswith("__") or name == "thing":
            raise AttributeError(name)
        return getattr(self.thing, name)

    def decide_above(self, threshold: float) -> bool:
        """Lets the probability decide instead of `predict`; False where there is none of two classes."""
        two = self.classes is not None and len(self.classes.values) == 2
        if two and has(self.thing, "predict_proba"):
            self.threshold = threshold
        return self.threshold is not None

    def predictions(self, table: Table) -> Predictions:
        """What the estimator says of each row of a table."""
        if self.steps is not None:
            table = replay(self.steps, table, optional=[self.label] if self.label else [])
        frame, rows = self.frame(table), len(table)
        said = predicted(self.thing, frame, rows) if rows else number_column("none", np.zeros(0))
        if _is_outlier_detector(self.thing):
            score = decisions(self.thing, frame, rows) if rows else np.zeros(0)
            places = (_floats(said) < 0).astype(np.int64)
            with np.errstate(over="ignore"):
                return Predictions("anomaly", rows, places=places, probabilities=1 / (1 + np.exp(score)))
        classes = self.classes or _classes_of(self.thing, said)
        if classes is None:
            return Predictions("regression", rows, values=_floats(said))
        return self._of_classes(classes, said, frame)

    def _of_classes(self, classes: Classes, said: Column, frame: Any) -> Predictions:
        rows = len(said.data)
        places = _known(classes, said) if rows else np.zeros(0, np.int64)
        given = None
        if has(self.thing, "predict_proba"):
            given = np.zeros((rows, len(classes.values)))
            own = attribute(self.thing, "classes_")
            at = np.arange(len(classes.values)) if own is None else _places(classes, own)
            if rows:
                told = shares(self.thing, frame, rows, len(at))
                given[:, at[at >= 0]] = told[:, at >= 0]
        if len(classes.values) != 2:
            return Predictions("multiclass", rows, classes, places, given)
        positive = classes.positive or 0
        share = None if given is None else np.ascontiguousarray(given[:, positive])
        if share is not None and self.threshold is not None:
            places = np.where(share > self.threshold, positive, 1 - positive)
            places[np.isnan(share)] = -1
        return Predictions("two-class", rows, classes, places, share)

    def frame(self, table: Table) -> Any:
        """The features as the estimator wants them: by name where it has names, else all columns in order."""
        names = self.feature_names()
        if not names:
            frame = table.frame()
            return frame.to_numpy() if has(self.thing, "n_features_in_") else frame
        wanted = [Feature(name, "") for name in names]
        return Table.from_columns(find_columns(table, wanted), len(table)).frame()

    def feature_names(self) -> list[str]:
        """The columns that the estimator asks for; none if it takes all there are."""
        own = attribute(self.thing, "feature_names_in_")
        return [feature.name for feature in self.features] if own is None else _names(own)

    def card(self) -> Card:
        classes = self.classes
        task = self.recipe.task
        if task == "multiclass" and classes is not None and len(classes.values) == 2:
            task = "two-class"
        positive = None if classes is None else classes.positive
        return self.recipe.card().model_copy(
            update={
                "task": task,
                "trained": True,
                "label": self.label,
                "classes": None if classes is None else tuple(classes.values),
                "positive_class": None if classes is None or positive is None else classes.values[positive],
                "threshold": self.threshold,
                "features": tuple(CardFeature(name=f.name, type=f.type) for f in self.features),
                "transform": told_steps(self.steps),
                "rows": self.rows,
                "libraries": versions(),
            }
        )


def wear(thing: Any, name: str) -> ScriptedModel:
    """A script's object as a trained model; ModuleError where it cannot predict."""
    if isinstance(thing, ScriptedModel):
        return thing
    if not callable(getattr(thing, "predict", None)):
        raise ModuleError(
            f"The model is a {name}, which has no `predict`. Score Model takes models that were trained, and "
            "objects of a script that have `fit` and `predict`."
        )
    return ScriptedModel(thing, Recipe(name, thing=thing))


def train_scripted(recipe: Recipe, table: Table, choices: Choices) -> ScriptedModel:
    """The object trained anew on a table."""
    thing = fresh(recipe.thing)
    if not callable(getattr(thing, "fit", None)) or not choices.label:
        raise ModuleError(f"The model is a {recipe.name}, which has no `fit`, so it cannot be trained.")
    known = ~storable(table.column(choices.label).data).is_null().to_numpy()
    if not known.all():
        tell(f"{int((~known).sum()):,} rows have no label and were left out.")
        table = table.take(pa.array(known))
    column = table.column(choices.label)
    classes = choices.classes
    if classes is None and recipe.task == "multiclass":
        classes = find_classes(column, choices.positive)
    steps, before = None, table
    if choices.steps is not None:
        table, steps = refit(choices.steps, table)
        check_kept(table, choices)
    names = choose_features(table, choices.features, choices.no_features())
    chosen = table.select(names)
    more = {}
    if choices.weight:
        if "sample_weight" not in inspect.signature(thing.fit).parameters:
            raise ModuleError(f"{recipe.name} cannot take weights of rows.", param="weight_column")
        weights = table.column(choices.weight)
        more["sample_weight"] = np.nan_to_num(numbers(Feature(weights.name, weights.type), weights))
    label = Table.from_columns([table.column(choices.label)], len(table)).frame()[choices.label]
    ask(thing, "fit", chosen.frame(), label, **more)
    features = [Feature(column.name, column.type) for column in chosen]
    again = Recipe(recipe.learner, thing=fresh(recipe.thing))
    sample = choices.sample(before, names if steps is None else None)
    return ScriptedModel(thing, again, choices.label, features, classes, len(table), steps, sample)


def fresh(thing: Any) -> Any:
    """The same object, not trained yet where it can be told so."""
    from sklearn.base import clone

    try:
        return clone(thing)
    except Exception:
        return copy.deepcopy(thing)


def _classes_of(thing: Any, said: Column) -> Classes | None:
    """The classes that an estimator knows; of one that predicts text or true and false, those it
    predicted."""
    own = attribute(thing, "classes_")
    if own is None and said.type in ("integer", "float"):
        return None
    column = said if own is None else _class_column(own)
    data = uncategorical(column).data
    values = sorted(pc.unique(storable(data)).drop_null().to_pylist())
    classes = Classes(tuple(values), storable(data).type)
    return replace(classes, positive=find_positive(classes)) if len(values) == 2 else classes


def _class_column(own: Any) -> Column:
    """`classes_` as a column. ModuleError where they are no classes."""
    try:
        values = np.asarray(own)
    except Exception:
        values = np.zeros((0, 0))
    column = from_pandas("classes", pd.Series(values)) if values.ndim == 1 and len(values) else None
    known = column is not None and column.note is None and column.type in KINDS
    if column is None or not known or len(pd.unique(pd.Series(values).dropna())) < len(values):
        raise ModuleError(
            "`classes_` of the script's model must be a list of different classes: text, numbers, or true "
            "and false."
        )
    return column


def _places(classes: Classes, own: Any) -> np.ndarray:
    return classes.encode(_class_column(own)).astype(np.int64)


def _known(classes: Classes, said: Column) -> np.ndarray:
    """The place of the class that each row is said to be; -1 where `predict` says nothing."""
    places = classes.encode(said).astype(np.int64)
    other = (places < 0) & ~storable(said.data).is_null().to_numpy()
    if other.any():
        value = said.data[int(np.flatnonzero(other)[0])].as_py()
        names = listed([classes.named(place) for place in range(len(classes.values))], 10)
        raise ModuleError(
            f"`predict` of the script's model gave {value!r:.200}, which is none of its classes: {names}."
        )
    return places


def _floats(said: Column) -> np.ndarray:
    """The numbers that were predicted; NaN where none was."""
    if said.type not in ("integer", "float", "boolean"):
        raise ModuleError(f"`predict` of the script's model must give numbers here, but gave {said.type}.")
    return numbers(Feature(said.name, said.type), said)


def _names(own: Any) -> list[str]:
    """`feature_names_in_` as texts."""
    try:
        return [own] if isinstance(own, str) else [str(name) for name in own]
    except Exception as error:
        raise ModuleError(
            "`feature_names_in_` of the script's model must be a list of the names of its features."
        ) from error


def _is_outlier_detector(thing: Any) -> bool:
    from sklearn.base import is_outlier_detector

    try:
        return bool(is_outlier_detector(thing))
    except Exception:
        return False
