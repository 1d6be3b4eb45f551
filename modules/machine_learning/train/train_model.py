"""Train Model

Lets a learner learn from a table with known labels.

**Untrained model** is the output of a learner such as *Two-Class Logistic Regression*, an estimator that a
script returned, or a model that is trained already: it is then trained anew with the same params. Of a
learner in the mode *Parameter Range* the first value of each range counts; *Tune Model Hyperparameters*
tries them all.

**Label column** is what the model is to predict. Rows without a label are left out, and the log says how
many.

**Feature columns** are what it learns from: all other columns, unless chosen here. Text becomes an indicator
for each of its values inside the learner, dates become seconds, true and false 1 and 0. So a raw table
trains.

**Weight column** says how much each row counts. **Positive class** names, of two classes, the one that the
probability is of; left empty it is *true*, 1 or the last in sort order. **Threshold** is the probability
above which a row is scored as positive; the picture of Evaluate Model helps to choose it.

**Transform** is fitted on the rows that are trained on and kept in the model, so that Score Model does the
same to new rows.

>>> from modules.machine_learning.classification.two_class_boosted_decision_tree import (
...     BoostedClassParams, two_class_boosted_decision_tree)
>>> learner = two_class_boosted_decision_tree(BoostedClassParams()).untrained_model
>>> table = Table.of(x=list(range(40)), y=["no"] * 20 + ["yes"] * 20)
>>> params = TrainParams(label_column="y")
>>> trained = train_model(learner, table, params=params).trained_model
>>> trained.card["trained"], trained.card["positive_class"]
(True, 'yes')
"""

from __future__ import annotations

from typing import Annotated, NamedTuple

from modules.learning.names import one_name
from modules.sdk.declare import module, port
from modules.sdk.params import Params, columns, number, text
from modules.sdk.selection import ColumnSelection
from modules.sdk.values import Model, Table, Transform


class TrainParams(Params):
    label_column: ColumnSelection = columns(
        ColumnSelection.none(),
        "Label column",
        "The column that the model is to predict.",
        of="dataset",
        single=True,
        required=True,
    )
    feature_columns: ColumnSelection = columns(
        ColumnSelection.all(), "Feature columns", "What it learns from; never the label.", of="dataset"
    )
    weight_column: ColumnSelection = columns(
        ColumnSelection.none(), "Weight column", "How much each row counts.", of="dataset", single=True
    )
    positive_class: str = text(
        "", "Positive class", "Of two classes. Empty: true, 1 or the last in sort order.", placeholder="yes"
    )
    threshold: float = number(
        0.5, "Threshold", "Of two classes: a row is positive where its probability is above it.", ge=0, le=1
    )


class Trained(NamedTuple):
    trained_model: Annotated[Model, port("Trained model")]


@module(version=1, synonyms=("fit", "learn", "train"))
def train_model(
    untrained_model: Annotated[Model, port("Untrained model")],
    dataset: Annotated[Table, port("Dataset")],
    transform: Annotated[Transform | None, port("Transform")] = None,
    *,
    params: TrainParams,
) -> Trained:
    from modules.learning.supervised import train_labeled

    label = one_name(params.label_column, dataset, "label_column", "The label")
    weight = one_name(params.weight_column, dataset, "weight_column", "The weight")
    chosen = None
    if params.feature_columns != ColumnSelection.all():
        chosen = params.feature_columns.names(dataset)
    return Trained(
        train_labeled(
            untrained_model,
            dataset,
            transform,
            label,
            chosen,
            weight,
            params.positive_class,
            params.threshold,
        )
    )
