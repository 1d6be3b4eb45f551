"""A trained model: an estimator with all that is needed to score a table of the user's.

It is a scikit-learn estimator itself: a script that gets it as `model` calls `predict` with a frame.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin, RegressorMixin

from modules.learning.encoding import Encoding
from modules.learning.labels import Classes
from modules.learning.log import tell
from modules.learning.predictions import Predictions
from modules.learning.recipe import Recipe
from modules.learning.steps import told_steps
from modules.learning.threads import steady
from modules.sdk.card import Card, CardFeature
from modules.sdk.errors import ModuleError
from modules.sdk.transforms import replay
from modules.sdk.values import Table

if TYPE_CHECKING:
    import pandas as pd

    from modules.learning.learner import Learner


@dataclass
class Learned:
    """What training gives: the estimator, how features reach it, and how its answers are read. `sample`: some
    of the rows it was trained on, as they came (`modules.learning.sample`)."""

    encoding: Encoding
    estimator: Any
    rows: int
    libraries: dict[str, str]
    label: str | None = None
    label_type: str | None = None
    classes: Classes | None = None
    threshold: float = 0.5
    whole: bool = False
    feature_columns: tuple[str, ...] | None = None
    weight_column: str | None = None
    steps: Any = None
    extra: dict[str, Any] = field(default_factory=dict)
    sample: Any = None


class TrainedModel(BaseEstimator):
    """Base of the two kinds below. `recipe`: how to train it anew."""

    def __init__(self, recipe: Recipe | None = None) -> None:
        self.recipe = recipe

    learned_: Learned

    @property
    def learner(self) -> Learner:
        declared = self.recipe.declared() if self.recipe else None
        if self.recipe is None or declared is None:
            raise ModuleError("The model names no learner of this version of Studio.")
        return declared

    @property
    def base(self) -> Learner:
        """The learner that sees the features: the inner one, if there is one."""
        inner = self.recipe.inner if self.recipe else None
        return (inner.declared() if inner else None) or self.learner

    @property
    def label(self) -> str | None:
        return self.learned_.label

    @property
    def feature_names_in_(self) -> np.ndarray:
        return np.array([feature.name for feature in self.learned_.encoding.features], dtype=object)

    @property
    def n_features_in_(self) -> int:
        return len(self.learned_.encoding.features)

    def __sklearn_is_fitted__(self) -> bool:
        return hasattr(self, "learned_")

    def fit(self, X: pd.DataFrame, y: Any) -> TrainedModel:
        """Trains it anew on a frame, with the same params."""
        from modules.learning.training import Choices, train

        if self.recipe is None:
            raise ValueError("there is no recipe to train by")
        frame = X.assign(**{LABEL: np.asarray(y)})
        again = train(self.recipe, Table.from_frame(frame), Choices(label=LABEL, features=list(X.columns)))
        self.learned_ = again.learned_
        return self

    def predictions(self, table: Table) -> Predictions:
        """What it says of each row of a table, whose columns are found by name."""
        learned = self.learned_
        if learned.steps is not None:
            table = replay(learned.steps, table, optional=[learned.label] if learned.label else [])
        matrix = learned.encoding.matrix(table)
        taken = self.base.missing == "taken"
        rows = np.arange(len(table)) if taken else np.flatnonzero(matrix.complete)
        if len(rows) < len(table):
            tell(
                f"{len(table) - len(rows):,} of {len(table):,} rows have no score: a feature is missing "
                f"there, "
                f"which {self.learner.name} cannot take."
            )
            values = matrix.values[rows]
        else:
            values = matrix.values
        with steady(self.learner.task == "clustering", values.size):
            said = self._say(values)
        return said if len(rows) == len(table) else said.spread(rows, len(table))

    def _say(self, values: np.ndarray) -> Predictions:
        from modules.learning.saying import say

        return say(self.learner, self.learned_, values)

    def card(self) -> Card:
        learned = self.learned_
        classes = learned.classes
        assert self.recipe is not None
        return self.recipe.card().model_copy(
            update={
                "trained": True,
                "label": learned.label,
                "label_type": learned.label_type,
                "classes": None if classes is None else tuple(classes.values),
                "positive_class": None
                if classes is None or classes.positive is None
                else classes.values[classes.positive],
                "threshold": None if classes is None or classes.positive is None else learned.threshold,
                "features": tuple(
                    CardFeature(name=f.name, type=f.type, levels=f.levels) for f in learned.encoding.features
                ),
                "feature_columns": learned.feature_columns,
                "weight_column": learned.weight_column,
                "transform": told_steps(learned.steps),
                "rows": learned.rows,
                "libraries": learned.libraries,
            }
        )


LABEL = "the label that is predicted"


class TrainedClassifier(ClassifierMixin, TrainedModel):
    """A trained model of classes, and of anomalies."""

    @property
    def classes_(self) -> np.ndarray:
        classes = self.learned_.classes
        return np.array([0, 1]) if classes is None else np.array(classes.values)

    def predict(self, X: pd.DataFrame) -> np.ndarray:
        """The class of each row; None where a row has no score."""
        said = self.predictions(Table.from_frame(X))
        assert said.places is not None
        if (said.places >= 0).all():
            return self.classes_[said.places]
        return np.array([self.classes_[place] if place >= 0 else None for place in said.places], dtype=object)

    def predict_proba(self, X: pd.DataFrame) -> np.ndarray:
        """The probability of each class in `classes_`, a row each; NaN where a row has no score."""
        said = self.predictions(Table.from_frame(X))
        assert said.probabilities is not None
        if said.probabilities.ndim == 2:
            return said.probabilities
        both = [1 - said.probabilities, said.probabilities]
        positive = 1 if said.classes is None else said.classes.positive
        return np.column_stack(both if positive == 1 else both[::-1])


class TrainedRegressor(RegressorMixin, TrainedModel):
    """A trained model of numbers, and of clusters."""

    def predict(self, X: pd.DataFrame) -> np.ndarray:
        """The number predicted for each row, of quantiles the middle one; NaN where a row has no score."""
        said = self.predictions(Table.from_frame(X))
        if said.values is not None:
            return said.values
        if said.quantiles:
            return list(said.quantiles.values())[len(said.quantiles) // 2]
        assert said.places is not None
        return said.places
