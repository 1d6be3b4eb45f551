"""Cross-Validate Model

Trains a learner on most of a table and scores the rest, in turn, until each row was scored once.

The rows are dealt into folds. Each fold is scored by a model that was trained on all others, so that the
metrics tell what a model does on rows that it has not seen. **Stratified** spreads each class evenly over
the folds; it counts for classes only. Rows without a label belong to no fold. If *Partition and Sample* has
assigned the rows to folds, these folds are used instead, and *Number of folds*, *Stratified* and *Random
seed* change nothing; rows in no fold are neither trained on nor scored.

**Transform** is fitted anew on the training rows of each fold. Do wire a transformation here that learns
from rows (normalizing, binning, selecting features): fitted on the whole table before, it has seen the rows
that are tested, and the metrics are too good.

*Scored results* has `Fold Assignments` and the scores behind the columns of the table. *Evaluation results
by fold* has a row for each fold, then their mean and their standard deviation (of a sample).

>>> from modules.machine_learning.regression.linear_regression import LinearParams, linear_regression
>>> table = Table.of(x=list(range(20)), y=[2 * x for x in range(20)])
>>> learner = linear_regression(LinearParams(l2_regularization_weight=0)).untrained_model
>>> params = CrossParams(label_column="y", number_of_folds=4)
>>> done = cross_validate_model(learner, table, params=params)
>>> done.evaluation_results_by_fold.column("Fold Number").data.to_pylist()
['0', '1', '2', '3', 'Mean', 'Standard Deviation']
"""

from __future__ import annotations

from typing import Annotated, NamedTuple

from modules.learning.names import one_name
from modules.sdk.declare import module, port
from modules.sdk.params import Params, columns, integer, toggle
from modules.sdk.selection import ColumnSelection
from modules.sdk.values import Model, Table, Transform


class CrossParams(Params):
    label_column: ColumnSelection = columns(
        ColumnSelection.none(),
        "Label column",
        "The column that the model is to predict.",
        of="dataset",
        single=True,
        required=True,
    )
    number_of_folds: int = integer(10, "Number of folds", ge=2, le=10_000)
    stratified: bool = toggle(True, "Stratified", "Each fold has about the same share of each class.")
    random_seed: int = integer(0, "Random seed", "The same seed deals the same folds.", ge=0, le=2**32 - 1)


class CrossValidated(NamedTuple):
    scored_results: Annotated[Table, port("Scored results")]
    evaluation_results_by_fold: Annotated[Table, port("Evaluation results by fold", shows="folds")]


@module(version=1, synonyms=("folds", "cv", "k-fold"))
def cross_validate_model(
    untrained_model: Annotated[Model, port("Untrained model")],
    dataset: Annotated[Table, port("Dataset")],
    transform: Annotated[Transform | None, port("Transform")] = None,
    *,
    params: CrossParams,
) -> CrossValidated:
    from modules.learning.crossing import cross_validate
    from modules.learning.trials import choices_for

    label = one_name(params.label_column, dataset, "label_column", "The label")
    recipe, choices = choices_for(untrained_model, dataset, label, transform)
    return CrossValidated(
        *cross_validate(
            recipe, dataset, choices, params.number_of_folds, params.stratified, params.random_seed
        )
    )
