"""A model opened: its estimator, and what the columns of its matrix are called."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from modules.learning.pickling import opened
from modules.sdk.errors import ModuleError
from modules.sdk.values import Model

MOST_COLUMNS = 1_000_000
"""Columns without a name that are numbered; a model that says it has more is not believed."""


@dataclass(frozen=True)
class Opened:
    """`thing`: what was pickled. `estimator`: what has learned, the last step of a pipeline. `scales`: what
    each column of the matrix was divided by before it got there, None where by nothing. `columns`: their
    names, of which each belongs to a feature: `features` has its place."""

    thing: Any
    estimator: Any
    scales: np.ndarray | None
    columns: list[str]
    features: list[int]
    feature_names: list[str]


def open_model(model: Model) -> Opened:
    """ModuleError if it cannot be opened with the libraries of today, or has learned nothing."""
    if not model.pickled:
        raise ModuleError("The model is not trained yet: it has learned nothing to look at.")
    thing = opened(model)
    learned = getattr(thing, "learned_", None)
    estimator, scales = _last(getattr(learned, "estimator", thing))
    encoding = getattr(learned, "encoding", None)
    if encoding is not None:
        names = [feature.name for feature in encoding.features]
        places = [place for place, (_, _, wide) in enumerate(encoding.places()) for _ in range(wide)]
        return Opened(thing, estimator, scales, encoding.column_names(), places, names)
    names = [str(name) for name in as_list(thing, "feature_names_in_")]
    count = getattr(thing, "n_features_in_", None)
    if not names and isinstance(count, int) and count <= MOST_COLUMNS:
        names = [f"feature {place + 1}" for place in range(count)]
    return Opened(thing, estimator, scales, names, list(range(len(names))), names)


def trained_model(model: Model) -> Any:
    """The model in the clothes of a trained one: `predictions` says what it thinks of a table. ModuleError
    where it is not trained, or cannot predict."""
    from modules.learning.pickling import trained_of
    from modules.learning.scripted import wear
    from modules.learning.trained import TrainedModel

    thing = trained_of(model)
    return thing if isinstance(thing, TrainedModel) else wear(thing, model.class_name)


def _last(estimator: Any) -> tuple[Any, np.ndarray | None]:
    """The last step of a pipeline, and the scales of a scaler that is its only other step."""
    steps = getattr(estimator, "steps", None)
    named = isinstance(steps, list) and all(isinstance(one, tuple) and len(one) == 2 for one in steps)
    if not named or not steps:
        return estimator, None
    scales = getattr(steps[0][1], "scale_", None) if len(steps) == 2 else None
    return steps[-1][1], None if scales is None else np.asarray(scales, dtype=float)


def as_list(thing: Any, name: str) -> list[Any]:
    """An array of the model's as a list; empty where it has none, or it cannot be read."""
    try:
        return list(getattr(thing, name).tolist())
    except Exception:
        return []


def finite(value: Any) -> float | None:
    """The number, or None where it is infinite or none, which JSON cannot say."""
    number = float(value)
    return number if math.isfinite(number) else None
