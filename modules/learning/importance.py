"""How much worse a model gets when one of its features is shuffled."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from modules.learning.log import silent, tell
from modules.learning.results import metrics_table
from modules.learning.sweeping import LESS_IS_BETTER
from modules.learning.trained import TrainedModel
from modules.learning.trials import measure
from modules.sdk.errors import ModuleError
from modules.sdk.progress import progress
from modules.sdk.values import Table

NAMES = {
    "accuracy": "Accuracy",
    "precision": "Precision",
    "recall": "Recall",
    "average_log_loss": "Average Log Loss",
    "mean_absolute_error": "Mean Absolute Error",
    "root_mean_squared_error": "Root Mean Squared Error",
    "relative_absolute_error": "Relative Absolute Error",
    "relative_squared_error": "Relative Squared Error",
    "coefficient_of_determination": "Coefficient of Determination",
}


def importance(trained: Any, table: Table, label: str | None, metric: str, seed: int, repeats: int) -> Table:
    """A row for each feature, the most important first; a metric of loss is turned, so that more is more."""
    if not label or not table.has(label):
        raise ModuleError(
            "Permutation Feature Importance needs the true labels"
            + (f": the table has no column {label!r}." if label else "; the model does not tell its label.")
        )
    names = [name for name in _features(trained, table) if name != label]
    draw = np.random.default_rng(seed)
    column = table.column(label)
    with silent():
        before = measure(trained.predictions(table), column, True)
        name = _fitting(NAMES[metric], before)
    if name != NAMES[metric]:
        tell(f"{NAMES[metric]} does not fit this model; {name} is used.")
    sign = -1.0 if name.startswith(LESS_IS_BETTER) else 1.0
    rows: list[dict[str, Any]] = []
    for done, feature in enumerate(names):
        drops = []
        for _ in range(repeats):
            order = draw.permutation(len(table))
            with silent():
                after = measure(trained.predictions(_shuffled(table, feature, order)), column, True)
            drops.append(sign * (before[name] - after[name]))
        spread = float(np.std(drops, ddof=1)) if repeats > 1 else 0.0
        rows.append({"Feature": feature, "Score": float(np.mean(drops)), "Standard Deviation": spread})
        progress((done + 1) / len(names))
    rows.sort(key=lambda row: -row["Score"])
    return metrics_table(rows)


def _features(trained: Any, table: Table) -> list[str]:
    """The columns that the model looks at; where a transformation comes first, all of the table."""
    if isinstance(trained, TrainedModel):
        own = [] if trained.learned_.steps is not None else trained.feature_names_in_.tolist()
    else:
        own = [] if trained.steps is not None else trained.feature_names()
    return own or list(table.names)


def _fitting(wanted: str, metrics: dict[str, Any]) -> str:
    if wanted in metrics:
        return wanted
    return next(name for name in ("Accuracy", "Mean Absolute Error", *metrics) if name in metrics)


def _shuffled(table: Table, name: str, order: np.ndarray) -> Table:
    moved = replace(table.column(name), data=pc.take(table.column(name).data, pa.array(order)), origin=None)
    return Table.from_columns([moved if c.name == name else c for c in table], len(table))
