"""Evaluate Model

Measures how well scores fit the true labels, of one scored table or of two side by side.

The columns that Score Model and Cross-Validate Model write tell what they are, so nothing has to be chosen.
Where a script has changed them, choose **Label column**, and **Scored columns**: the predicted labels or
numbers, then the probabilities.

**Two classes:** Accuracy, Precision, Recall, F1 Score, AUC, Average Log Loss, Training Log Loss (by how many
per cent the loss is better than that of always guessing the shares of the classes), then the four counts.
**More classes:** accuracies and averages over the classes. **Numbers:** Negative Log Likelihood (infinite
where the model tells no deviation), errors, and the Coefficient of Determination. **Quantiles:** the pinball
loss of each.
**Clusters:** a row for all together, then one for each.

Rows without a score or without a label are left out; the log counts them.

>>> table = Table.of(y=[1.0, 2.0, 3.0], said=[1.0, 2.0, 4.0])
>>> params = EvaluateParams(label_column="y", scored_columns="said")
>>> done = evaluate_model(table, params=params).evaluation_results
>>> round(done.column("Mean Absolute Error").data[0].as_py(), 3)
0.333
"""

from __future__ import annotations

from typing import Annotated, NamedTuple

from modules.learning.names import one_name
from modules.sdk.declare import module, port
from modules.sdk.errors import ModuleError
from modules.sdk.params import Params, columns
from modules.sdk.selection import ColumnSelection
from modules.sdk.values import Table


class EvaluateParams(Params):
    label_column: ColumnSelection = columns(
        ColumnSelection.none(),
        "Label column",
        "Found by itself, unless a script has changed the table.",
        of="scored_dataset",
        single=True,
    )
    scored_columns: ColumnSelection = columns(
        ColumnSelection.none(),
        "Scored columns",
        "Found by themselves, unless a script has changed the table. Predicted labels first, then "
        "probabilities.",
        of="scored_dataset",
    )


class Evaluated(NamedTuple):
    evaluation_results: Annotated[Table, port("Evaluation results", shows="evaluation")]


@module(version=1, synonyms=("metrics", "accuracy", "roc", "auc", "compare models", "confusion matrix"))
def evaluate_model(
    scored_dataset: Annotated[Table, port("Scored dataset")],
    scored_dataset_to_compare: Annotated[Table | None, port("Scored dataset to compare")] = None,
    *,
    params: EvaluateParams,
) -> Evaluated:
    from modules.learning.cluster_evaluation import cluster_metrics, is_clustered
    from modules.learning.evaluation import evaluate
    from modules.learning.results import metrics_table
    from modules.learning.scored import read_scored

    rows = []
    for table in (scored_dataset, scored_dataset_to_compare):
        if table is None:
            continue
        if is_clustered(table) and not params.scored_columns.names(table):
            rows += cluster_metrics(table)
            continue
        label = one_name(params.label_column, table, "label_column", "The label")
        rows.append(evaluate(read_scored(table, label, params.scored_columns.names(table) or None)))
    if any(list(row) != list(rows[0]) for row in rows):
        raise ModuleError(
            "The two tables are scored by models of different kinds, so they have no metrics in common. "
            "Compare "
            "two models of the same kind."
        )
    return Evaluated(metrics_table(rows))
