"""Clusters drawn on the plane: their centers and the sample of training rows, on two principal components."""

from __future__ import annotations

from typing import Any

import numpy as np

from modules.learning.log import silent
from modules.learning.sample import sample_of
from modules.look.models.opened import finite, trained_model
from modules.sdk.errors import ModuleError
from modules.sdk.values import Model

MOST = 500
"""Centers that are drawn."""

PARTS = 3
"""Features that an axis is named after."""


def model_clusters(model: Model) -> dict[str, Any]:
    """`{"points": [[x, y, cluster]], "centers": [[x, y]], "sizes": [rows], "axes": [{share, parts: [[column,
    weight]]}], "sampled"}`.

    The axes are the two principal components of the sample as the clusters see it; `share` is how much of its
    variance each has, `parts` are the columns that weigh most in it. `sizes` count the rows trained on; of a
    model that did not count them those of the sample, and then `sampled` is true.
    """
    trained = trained_model(model)
    estimator: Any = getattr(getattr(trained, "learned_", None), "estimator", None)
    sample = sample_of(trained)
    if not hasattr(estimator, "centers_") or sample is None:
        raise ModuleError("There is no picture of it: the model has no clusters, or kept no rows to draw.")
    encoding = trained.learned_.encoding
    with silent():
        matrix = encoding.matrix(sample)
    values = estimator.seen(matrix.values[matrix.complete])
    centers = np.asarray(estimator.centers_)[:MOST]
    places = estimator.distances(matrix.values[matrix.complete]).argmin(axis=1) if len(values) else []
    middle, components, shares = _components(values if len(values) > 1 else centers)
    points = (values - middle) @ components.T
    counted = getattr(estimator, "sizes_", None)
    sizes = np.bincount(places, minlength=len(centers)) if counted is None else counted
    return {
        "points": [[finite(x), finite(y), int(at)] for (x, y), at in zip(points, places, strict=True)],
        "centers": [[finite(x), finite(y)] for x, y in (centers - middle) @ components.T],
        "sizes": [int(size) for size in sizes[:MOST]],
        "axes": [
            {"share": finite(share), "parts": _parts(component, encoding.column_names())}
            for share, component in zip(shares, components, strict=True)
        ],
        "sampled": counted is None,
    }


def _components(values: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The mean, two components (each with its largest weight positive), and their shares of the variance.
    Of one column the second component is empty."""
    middle = values.mean(axis=0)
    _, strength, rows = np.linalg.svd(values - middle, full_matrices=False)
    components, shares = np.zeros((2, values.shape[1])), np.zeros(2)
    many = min(2, len(rows))
    largest = np.abs(rows[:many]).argmax(axis=1)
    components[:many] = rows[:many] * np.sign(rows[np.arange(many), largest])[:, None]
    total = float((strength**2).sum())
    shares[:many] = strength[:many] ** 2 / total if total > 0 else 0
    return middle, components, shares


def _parts(component: np.ndarray, names: list[str]) -> list[list[Any]]:
    order = np.argsort(-np.abs(component), kind="stable")[:PARTS]
    return [[names[at], float(component[at])] for at in order if component[at]]
