"""A script's own estimator, any object with `fit` and `predict`, in the clothes of a trained model."""

from __future__ import annotations

import copy
import inspect
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from modules.learning.features import Feature, choose_features, find_columns, numbers
from modules.learning.labels import Classes, find_classes, find_positive
from modules.learning.log import tell
from modules.learning.predictions import Predictions
from modules.learning.recipe import Recipe
from modules.learning.steps import told_steps
from modules.learning.training import Choices, check_kept
from modules.learning.versions import versions
from modules.sdk.card import Card, CardFeature
from modules.sdk.column import type_name
from modules.sdk.errors import ModuleError
from modules.sdk.from_pandas import from_pandas
from modules.sdk.storable import storable
from modules.sdk.transforms import refit, replay
from modules.sdk.values import Table


class ScriptedModel:
    """`features`: what it was trained on, where Studio trained it; `classes`: all classes of its label;
    `sample`: some of the rows it was trained on."""

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

    def predictions(self, table: Table) -> Predictions:
        """What the estimator says of each row of a table."""
        if self.steps is not None:
            table = replay(self.steps, table, optional=[self.label] if self.label else [])
        frame = self.frame(table)
        if not len(table):
            said = np.zeros(0)
        else:
            said = np.asarray(_asked(self.thing, "predict", frame)).reshape(len(table), -1)[:, 0]
        if _is_outlier_detector(self.thing):
            score = np.asarray(_asked(self.thing, "decision_function", frame)) if len(table) else said
            places = (said < 0).astype(np.int64)
            return Predictions("anomaly", len(table), places=places, probabilities=1 / (1 + np.exp(score)))
        classes = self.classes or _classes_of(self.thing, said)
        if classes is None:
            return Predictions("regression", len(table), values=said.astype(np.float64))
        return self._of_classes(classes, said, frame)

    def _of_classes(self, classes: Classes, said: np.ndarray, frame: Any) -> Predictions:
        rows = len(said)
        column = from_pandas("said", pd.Series(said)) if rows else None
        places = classes.encode(column).astype(np.int64) if column else np.zeros(0, np.int64)
        two = len(classes.values) == 2
        shares = None
        if hasattr(self.thing, "predict_proba") and rows:
            given = np.asarray(_asked(self.thing, "predict_proba", frame))
            own = getattr(self.thing, "classes_", None)
            shares = np.zeros((rows, len(classes.values)))
            at = np.arange(given.shape[1]) if own is None else _places(classes, own)
            shares[:, at[at >= 0]] = given[:, at >= 0]
        elif hasattr(self.thing, "predict_proba"):
            shares = np.zeros((0, len(classes.values)))
        if two:
            share = None if shares is None else np.ascontiguousarray(shares[:, classes.positive or 0])
            return Predictions("two-class", rows, classes, places, share)
        return Predictions("multiclass", rows, classes, places, shares)

    def frame(self, table: Table) -> Any:
        """The features as the estimator wants them: by name where it has names, else all columns in order."""
        own = getattr(self.thing, "feature_names_in_", None)
        names = [str(name) for name in own] if own is not None else [f.name for f in self.features]
        if not names:
            frame = table.frame()
            return frame.to_numpy() if hasattr(self.thing, "n_features_in_") else frame
        wanted = [Feature(name, "") for name in names]
        return Table.from_columns(find_columns(table, wanted), len(table)).frame()

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
    try:
        thing.fit(chosen.frame(), label, **more)
    except ModuleError:
        raise
    except Exception as error:
        raise ModuleError(
            f"{recipe.name} could not be trained on this table: {type(error).__name__}: {error}"
        ) from error
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


def _asked(thing: Any, method: str, frame: Any) -> Any:
    try:
        return getattr(thing, method)(frame)
    except ModuleError:
        raise
    except Exception as error:
        raise ModuleError(
            f"The model of the script could not {method.replace('_', ' ')}: {type(error).__name__}: {error}"
        ) from error


def _classes_of(thing: Any, said: np.ndarray) -> Classes | None:
    """The classes that an estimator knows; of one that predicts text or true and false, those it
    predicted."""
    known = getattr(thing, "classes_", None)
    if known is None and said.dtype.kind not in "OUSb":
        return None
    values = np.asarray(known if known is not None else pd.unique(pd.Series(said).dropna()))
    column = from_pandas("classes", pd.Series(values))
    listed = sorted(storable(column.data).to_pylist())
    arrow = storable(column.data).type
    if type_name(arrow) == "categorical":
        arrow = arrow.value_type
    classes = Classes(tuple(listed), arrow)
    return Classes(classes.values, arrow, False, find_positive(classes)) if len(listed) == 2 else classes


def _places(classes: Classes, own: Any) -> np.ndarray:
    return classes.encode(from_pandas("classes", pd.Series(np.asarray(own)))).astype(np.int64)


def _is_outlier_detector(thing: Any) -> bool:
    from sklearn.base import is_outlier_detector

    try:
        return bool(is_outlier_detector(thing))
    except Exception:
        return False
