"""The metrics of one scored table, or of a table as a model scores it: a column where models are compared."""

from __future__ import annotations

import math
from typing import Any

from modules.learning.cluster_evaluation import cluster_metrics, is_clustered
from modules.learning.evaluation import evaluate
from modules.learning.metrics import better
from modules.learning.scored import read_scored
from modules.sdk.errors import ModuleError
from modules.sdk.values import Model, Table


def measured(table: Table, model: Model | None, label: str | None) -> dict[str, Any]:
    """`{"task", "label", "rows", "metrics": [{name, value, better}]}`: what Evaluate Model says of the
    table's scores, or of those that the model gives its rows.

    `better`: "more", "less", or None of a count. A value that does not exist or is infinite is None. `label`:
    the column of what is true; None takes the one the scores were trained on.
    """
    if model is not None:
        table, label = _scored(table, model, label)
    if is_clustered(table) and not label:
        whole = cluster_metrics(table)[0]
        metrics = {name: value for name, value in whole.items() if not isinstance(value, str)}
        return _told("clustering", "", len(table), metrics)
    scored = read_scored(table, label, None)
    return _told(scored.task, scored.label.name, len(table), evaluate(scored))


def _scored(table: Table, model: Model, label: str | None) -> tuple[Table, str | None]:
    from modules.learning.pickling import trained_of
    from modules.learning.scoring import appended, as_trained
    from modules.learning.trained import TrainedModel

    trained = trained_of(model)
    clusters = isinstance(trained, TrainedModel) and trained.learner.task == "clustering"
    trained = trained if clusters else as_trained(trained, model)
    true = label or trained.label
    if not clusters and (not true or not table.has(true)):
        raise ModuleError(
            f"The table has no column {true!r}, which the model predicts. Choose the column of what is true."
            if true
            else "The model does not tell what it predicts. Choose the column of what is true.",
            param="label",
        )
    return appended(table, trained.predictions(table), true), label


def _told(task: str, label: str, rows: int, metrics: dict[str, Any]) -> dict[str, Any]:
    return {
        "task": task,
        "label": label,
        "rows": rows,
        "metrics": [
            {"name": name, "value": float(value) if math.isfinite(value) else None, "better": better(name)}
            for name, value in metrics.items()
        ],
    }
