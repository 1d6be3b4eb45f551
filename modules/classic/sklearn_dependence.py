"""`sklearn.ensemble.partial_dependence` as it was called for boosted trees."""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.inspection import PartialDependenceDisplay
from sklearn.inspection import partial_dependence as _today

__all__ = ["partial_dependence", "plot_partial_dependence"]


def partial_dependence(
    gbrt: Any,
    target_variables: Any,
    grid: Any = None,
    X: Any = None,
    percentiles: tuple[float, float] = (0.05, 0.95),
    grid_resolution: int = 100,
) -> tuple[np.ndarray, Any]:
    """The dependence at each point of a grid, of shape (outputs, points), and the grid's axes: None if `grid`
    was given, which takes one column for each of `target_variables`."""
    features = np.atleast_1d(np.asarray(target_variables)).tolist()
    if X is None:
        points = np.ascontiguousarray(np.asarray(grid, dtype=np.float32).reshape(-1, len(features)))
        values = gbrt._compute_partial_dependence_recursion(points, np.asarray(features, dtype=np.intp))
        return np.asarray(values), None
    found = _today(
        gbrt,
        X,
        features,
        percentiles=percentiles,
        grid_resolution=grid_resolution,
        method="recursion",
        kind="average",
    )
    axes = list(found["grid_values"])
    return found["average"].reshape(len(found["average"]), -1), axes


def plot_partial_dependence(
    gbrt: Any,
    X: Any,
    features: Any,
    feature_names: Any = None,
    label: Any = None,
    n_cols: int = 3,
    grid_resolution: int = 100,
    percentiles: tuple[float, float] = (0.05, 0.95),
    n_jobs: Any = None,
    verbose: int = 0,
    ax: Any = None,
    line_kw: Any = None,
    contour_kw: Any = None,
    **_: Any,
) -> tuple[Any, list[Any]]:
    """Draws it; returns the figure and its axes."""
    shown = PartialDependenceDisplay.from_estimator(
        gbrt,
        X,
        features,
        feature_names=feature_names,
        target=label,
        n_cols=n_cols,
        grid_resolution=grid_resolution,
        percentiles=percentiles,
        ax=ax,
        line_kw=line_kw,
        contour_kw=contour_kw,
    )
    return shown.figure_, [one for one in shown.axes_.ravel() if one is not None]
