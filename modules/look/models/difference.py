"""What two models say of the same rows: one and the same model, trained anew."""

from __future__ import annotations

from typing import Any

import numpy as np

from modules.learning.log import silent
from modules.learning.predictions import Predictions
from modules.learning.sample import sample_of
from modules.look.cells import cells
from modules.look.models.opened import finite, trained_model
from modules.look.models.trying import focus
from modules.sdk.errors import ModuleError
from modules.sdk.values import Model, Value

WORST = 10


def model_difference(old: Model, other: Value) -> dict[str, Any]:
    """`{"rows", "of", "largest", "mean", "other_labels", "worst": [{row, old, new}]}`: how far the scores of
    the second model are from those of the first over the training rows that one of them has kept. `of` says
    which score; `other_labels` of how many rows the class is another, None where there are none."""
    if not isinstance(other, Model):
        raise ModuleError(f"The other is a {other.type}, not a model.")
    with silent():
        first, second = trained_model(old), trained_model(other)
        kept = (sample_of(first), sample_of(second))
        sample = next((rows for rows in kept if rows is not None and len(rows)), None)
        if sample is None:
            raise ModuleError("Neither of the two models has kept training rows to compare them by.")
        said = first.predictions(sample), second.predictions(sample)
    of, (before, after) = _scores(*said)
    apart = np.abs(after - before)
    known = np.flatnonzero(~np.isnan(apart))
    order = known[np.argsort(-apart[known], kind="stable")][:WORST]
    return {
        "rows": len(sample),
        "of": of,
        "largest": finite(apart[known].max()) if len(known) else None,
        "mean": finite(apart[known].mean()) if len(known) else None,
        "other_labels": _other_labels(*said),
        "worst": [
            {"row": int(at) + 1, "old": finite(before[at]), "new": finite(after[at])}
            for at in order
            if apart[at] > 0
        ],
    }


def _scores(old: Predictions, new: Predictions) -> tuple[str, tuple[np.ndarray, np.ndarray]]:
    """One number a row of each; of several classes the probability of the one that the old model says."""
    if old.task != new.task:
        raise ModuleError(f"One model is for {old.task}, the other for {new.task}.")
    shares = old.probabilities, new.probabilities
    if old.task == "multiclass" and shares[0] is not None and shares[1] is not None:
        if shares[0].shape != shares[1].shape:
            raise ModuleError("The two models know other classes.")
        places = np.argmax(shares[0], axis=1)
        rows = np.arange(old.rows)
        return "Probability of the class that the old model says", (
            shares[0][rows, places],
            shares[1][rows, places],
        )
    return focus(old, old)[0], (focus(old, old)[1], focus(new, old)[1])


def _other_labels(old: Predictions, new: Predictions) -> int | None:
    if old.places is None or new.places is None:
        return None
    before, after = (cells(_label_column(said).data) for said in (old, new))
    return sum(one != other for one, other in zip(before, after, strict=True))


def _label_column(said: Predictions) -> Any:
    return next(c for c in said.columns() if c.name in ("Scored Labels", "Assignments"))
