"""What a model has learned, in numbers."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import numpy as np

from modules.look.models.curve import training_curve
from modules.look.models.opened import Opened, as_list, finite, open_model
from modules.look.models.trees import gains, tree_count
from modules.sdk.values import Model

MOST = 500
"""Features, weights and centers that are told."""


def model_facts(model: Model) -> dict[str, Any]:
    """`{"params": [[name, text]], "features": [{name, weight}], "classes": [text], "weights": [{column,
    values}], "outcomes": [text], "trees", "centers": [[…]], "center_columns": [text], "curve"}`, each
    empty where the model has none.

    A feature's `weight` is its importance, from 0 to 1 together. `weights` are the coefficients of a linear
    model in the units of the data, one for each of `outcomes` (of two classes one: that of the second).
    """
    if not model.pickled:
        return _nothing(_params_of_card(model.card))
    opened = open_model(model)
    told = _nothing([[name, shown(value)] for name, value in sorted(_params(opened.thing).items())])
    told["classes"] = [str(value) for value in as_list(opened.thing, "classes_")[:MOST]]
    told["features"] = [{"name": name, "weight": None} for name in opened.feature_names[:MOST]]
    for part in (_features, _weights, _trees, _centers, _curve):
        with suppress(Exception):  # a script's object may only look like an estimator
            told |= part(opened)
    return told


def _trees(opened: Opened) -> dict[str, Any]:
    return {"trees": tree_count(opened.estimator)}


def _curve(opened: Opened) -> dict[str, Any]:
    return {"curve": training_curve(opened.thing, opened.estimator)}


def _nothing(params: list[list[str]]) -> dict[str, Any]:
    return {
        "params": params,
        "features": [],
        "classes": [],
        "weights": [],
        "outcomes": [],
        "trees": 0,
        "centers": [],
        "center_columns": [],
        "curve": None,
    }


def _params_of_card(card: Any) -> list[list[str]]:
    params = dict((card or {}).get("params") or {})
    return [[name, shown(value)] for name, value in sorted(params.items())]


def _params(thing: Any) -> dict[str, Any]:
    recipe = getattr(thing, "recipe", None)
    if recipe is not None:
        return dict(recipe.params)
    try:
        return dict(thing.get_params(deep=False))
    except Exception:
        return {}


def _features(opened: Opened) -> dict[str, Any]:
    """The features with their importance, the most important first; in their order where there is none."""
    per_column = importances(opened)
    told: list[tuple[str, float | None]] = [(name, None) for name in opened.feature_names]
    if per_column is not None and len(per_column) == len(opened.features) and len(per_column):
        summed = np.zeros(len(opened.feature_names))
        np.add.at(summed, opened.features, per_column)
        order = np.argsort(-summed, kind="stable")
        told = [(opened.feature_names[at], float(summed[at])) for at in order]
    return {"features": [{"name": n, "weight": None if w is None else finite(w)} for n, w in told[:MOST]]}


def importances(opened: Opened) -> np.ndarray | None:
    """A share for each column of the matrix, 1 together; None where the model tells none.

    Of trees: by how much their splits have bettered the fit. Of linear models: the coefficients on features
    of equal spread, where it scales them itself.
    """
    values = np.array(as_list(opened.estimator, "feature_importances_"), dtype=float)
    if not len(values):
        found = gains(opened.estimator, len(opened.columns))
        values = np.zeros(0) if found is None else found
    if not len(values) and opened.scales is not None:
        coefficients = _coefficients(opened.estimator)
        values = np.zeros(0) if coefficients is None else np.abs(coefficients).mean(axis=0)
    total = values.sum() if len(values) else 0.0
    return values / total if total > 0 else None


def _coefficients(estimator: Any) -> np.ndarray | None:
    """A row an outcome; None where it is no linear model."""
    try:
        found = np.atleast_2d(np.asarray(estimator.coef_, dtype=float))
    except Exception:
        return None
    return found if found.ndim == 2 else None


def _weights(opened: Opened) -> dict[str, Any]:
    found = _coefficients(opened.estimator)
    if found is None or found.shape[1] != len(opened.columns):
        return {}
    if opened.scales is not None and len(opened.scales) == found.shape[1]:
        found = found / np.where(opened.scales == 0, 1, opened.scales)
    classes = [str(value) for value in as_list(opened.thing, "classes_")]
    outcomes = classes if len(classes) == len(found) else classes[1:2] if len(classes) == 2 else []
    order = np.argsort(-np.abs(found).max(axis=0), kind="stable")[:MOST]
    weights = [
        {"column": opened.columns[at], "values": [finite(w) for w in found[:MOST, at]]} for at in order
    ]
    return {"weights": weights, "outcomes": outcomes[:MOST]}


def _centers(opened: Opened) -> dict[str, Any]:
    """The centers of clusters in the units of the data."""
    own = getattr(opened.estimator, "centers_", None)
    centers = np.asarray(opened.estimator.cluster_centers_ if own is None else own, dtype=float)
    if centers.ndim != 2 or centers.shape[1] != len(opened.columns):
        return {}
    return {
        "centers": [[finite(value) for value in row[:MOST]] for row in centers[:MOST]],
        "center_columns": opened.columns[:MOST],
    }


def shown(value: Any) -> str:
    """A param as text, at most 300 characters of it."""
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= 300 else text[:300] + "…"
