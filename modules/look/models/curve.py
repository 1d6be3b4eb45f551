"""How the loss of a model fell while it was trained, where it is trained in rounds."""

from __future__ import annotations

from typing import Any

import numpy as np

from modules.learning.log import silent
from modules.learning.sample import labeled_sample
from modules.sdk.transforms import replay

MOST = 500
"""Rounds that are drawn; of more, as many at even distances."""


def training_curve(thing: Any, estimator: Any) -> dict[str, Any] | None:
    """`{"of", "rounds": [n], "losses": [x]}`; None of a model that is not trained in rounds.

    Of a neural network: what it told of all training rows after each iteration. Of boosted trees: the loss
    over the sample of the training rows that the model kept, with the first so many trees.
    """
    inner = getattr(estimator, "regressor_", estimator)
    told = getattr(inner, "loss_curve_", None)
    if isinstance(told, list) and told:
        return _drawn("Loss over all training rows, by iteration", np.asarray(told, dtype=float))
    if not hasattr(estimator, "_predictors") or getattr(thing, "learned_", None) is None:
        return None
    rows = _rows(thing)
    if rows is None:
        return None
    values, y = rows
    title = f"over {len(y):,} of the training rows, by number of trees"
    if hasattr(estimator, "staged_predict_proba"):
        wanted = np.searchsorted(estimator.classes_, y)
        at = np.arange(len(y))
        floor = np.finfo(float).eps
        losses = [
            -np.log(np.clip(shares[at, wanted], floor, 1)).mean()
            for shares in estimator.staged_predict_proba(values)
        ]
        return _drawn(f"Log loss {title}", np.asarray(losses))
    losses = [np.sqrt(np.mean((said - y) ** 2)) for said in estimator.staged_predict(values)]
    return _drawn(f"Root mean squared error {title}", np.asarray(losses))


def _rows(thing: Any) -> tuple[np.ndarray, np.ndarray] | None:
    """The matrix of the sample and what is true of it; None where the model kept neither."""
    from modules.learning.labels import find_numbers

    learned, sample = thing.learned_, labeled_sample(thing)
    if sample is None or not learned.label or not sample.has(learned.label) or not len(sample):
        return None
    column = sample.column(learned.label)
    with silent():
        table = sample if learned.steps is None else replay(learned.steps, sample)
        values = learned.encoding.matrix(table).values
    if learned.classes is not None:
        return values, learned.classes.encode(column)
    return values, find_numbers(column, "The curve")


def _drawn(of: str, losses: np.ndarray) -> dict[str, Any] | None:
    losses = np.where(np.isfinite(losses), losses, np.nan)
    places = np.unique(np.linspace(0, len(losses) - 1, min(MOST, len(losses))).round().astype(int))
    kept = places[~np.isnan(losses[places])]
    if len(kept) < 2:
        return None
    return {"of": of, "rounds": (kept + 1).tolist(), "losses": losses[kept].tolist()}
