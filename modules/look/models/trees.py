"""The trees of a model: how many, what their splits gained, and one of them as it is drawn."""

from __future__ import annotations

from typing import Any

import numpy as np

from modules.look.models.opened import Opened, finite, open_model
from modules.sdk.errors import ModuleError
from modules.sdk.values import Model

LEVELS = (1, 8)
LEAF = -1


def model_tree(model: Model, place: int, levels: int = 4) -> dict[str, Any]:
    """`{"trees", "tree", "levels", "root": node}`: the first levels of one tree, counted from 0.

    A node has `rows`, and either `column`, `threshold` (rows at or below it go `left`; None of a split by
    categories), `left` and `right`, or nothing more: a leaf, or, with `more`, one that is not drawn. `value`
    is what it would say: a number, or the shares of the classes in `classes`. ModuleError where there is no
    such tree.
    """
    opened = open_model(model)
    many = tree_count(opened.estimator)
    if not 0 <= place < many:
        raise ModuleError(f"The model has {many:,} trees, counted from 0; there is no tree {place}.")
    levels = max(LEVELS[0], min(LEVELS[1], levels))
    try:
        return {"trees": many, "tree": place, "levels": levels, **_drawn(opened, place, levels)}
    except Exception as error:
        raise ModuleError(f"Tree {place} cannot be drawn: it is no tree of scikit-learn's.") from error


def _drawn(opened: Opened, place: int, levels: int) -> dict[str, Any]:
    if (predictors := _histogram_trees(opened.estimator)) is not None:
        root = _of_histogram(predictors[place].nodes, opened, levels)
        return {"classes": [], "root": root}
    tree = _plain_trees(opened.estimator)[place]
    classes = [str(value) for value in getattr(tree, "classes_", [])]
    names = [str(value) for value in getattr(opened.thing, "classes_", [])]
    root = _of_plain(tree.tree_, opened, levels, bool(classes))
    told = names if len(names) == len(classes) else classes
    return {"classes": told, "root": root}


def tree_count(estimator: Any) -> int:
    """How many trees there are; 0 for a model of another kind."""
    found = _histogram_trees(estimator)
    return len(found) if found is not None else len(_plain_trees(estimator))


def gains(estimator: Any, width: int) -> np.ndarray | None:
    """By how much the splits on each column have bettered the fit; None for a model without such trees."""
    predictors = _histogram_trees(estimator)
    if predictors is None:
        return None
    summed, order = np.zeros(width), _columns_inside(estimator, width)
    for predictor in predictors:
        split = predictor.nodes[predictor.nodes["is_leaf"] == 0]
        np.add.at(summed, order[split["feature_idx"]], np.maximum(split["gain"], 0))
    return summed


def _histogram_trees(estimator: Any) -> list[Any] | None:
    """Those of scikit-learn's histogram boosting, round by round; of several classes one a class."""
    rounds = getattr(estimator, "_predictors", None)
    if not isinstance(rounds, list):
        return None
    flat = [predictor for each in rounds if isinstance(each, list) for predictor in each]
    return [predictor for predictor in flat if hasattr(predictor, "nodes")]


def _columns_inside(estimator: Any, width: int) -> np.ndarray:
    """Histogram boosting lays columns of categories first; the column at each place inside it."""
    coded = getattr(estimator, "is_categorical_", None)
    if coded is None or len(coded) != width:
        return np.arange(width)
    coded = np.asarray(coded, dtype=bool)
    return np.concatenate([np.flatnonzero(coded), np.flatnonzero(~coded)])


def _plain_trees(estimator: Any) -> list[Any]:
    if hasattr(estimator, "tree_"):
        return [estimator]
    found = getattr(estimator, "estimators_", None)
    if found is None:
        return []
    flat = np.asarray(found, dtype=object).ravel().tolist()
    return [each for each in flat if hasattr(each, "tree_")]


def _of_plain(tree: Any, opened: Opened, levels: int, shares: bool, at: int = 0) -> dict[str, Any]:
    values = np.asarray(tree.value[at]).ravel()
    told: Any = (
        [finite(share) for share in values / max(values.sum(), 1e-300)] if shares else finite(values[0])
    )
    node: dict[str, Any] = {"rows": int(tree.n_node_samples[at]), "value": told}
    if tree.children_left[at] == LEAF:
        return node
    if levels == 0:
        return node | {"more": True}
    return node | {
        "column": _name(opened, int(tree.feature[at])),
        "threshold": finite(tree.threshold[at]),
        "left": _of_plain(tree, opened, levels - 1, shares, int(tree.children_left[at])),
        "right": _of_plain(tree, opened, levels - 1, shares, int(tree.children_right[at])),
    }


def _of_histogram(nodes: np.ndarray, opened: Opened, levels: int, at: int = 0) -> dict[str, Any]:
    place = nodes[at]
    node: dict[str, Any] = {"rows": int(place["count"]), "value": finite(place["value"])}
    if place["is_leaf"]:
        return node
    if levels == 0:
        return node | {"more": True}
    order = _columns_inside(opened.estimator, len(opened.columns))
    return node | {
        "column": _name(opened, int(order[place["feature_idx"]])),
        "threshold": None if place["is_categorical"] else finite(place["num_threshold"]),
        "left": _of_histogram(nodes, opened, levels - 1, int(place["left"])),
        "right": _of_histogram(nodes, opened, levels - 1, int(place["right"])),
    }


def _name(opened: Opened, place: int) -> str:
    return opened.columns[place] if place < len(opened.columns) else f"column {place + 1}"
