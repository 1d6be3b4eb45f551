"""Score Model

Lets a trained model predict each row of a table.

The columns that the model was trained on are found by name, in whatever order they come; other columns pass
through, and no label is needed. A table that lacks some of them is refused, with all their names. Text in a
column of numbers is read as numbers where all of it can be.

**What is appended.** Two classes: `Scored Labels`, then `Scored Probabilities`, of the positive class; the
label is the positive class where the probability is above the threshold of the model (0.5). More classes:
`Scored Probabilities for Class "A"` for each class, then `Scored Labels`. Numbers: `Scored Labels`; decision
forests and Bayesian linear regression give `Scored Label Mean` and `Scored Label Standard Deviation`.
Anomalies: `Scored Labels` (1 is odd) and `Scored Probabilities` (high is odd).

A row where a feature is missing has no score if the learner cannot take missing values; the log counts them.

>>> from modules.machine_learning.regression.linear_regression import LinearParams, linear_regression
>>> from modules.machine_learning.train.train_model import TrainParams, train_model
>>> learner = linear_regression(LinearParams(l2_regularization_weight=0)).untrained_model
>>> trained = train_model(learner, Table.of(x=[1, 2, 3], y=[2, 4, 6]), params=TrainParams(label_column="y"))
>>> scored = score_model(trained.trained_model, Table.of(x=[4]), ScoreParams()).scored_dataset
>>> scored.names, round(scored.column("Scored Labels").data[0].as_py(), 6)
(['x', 'Scored Labels'], 8.0)
"""

from __future__ import annotations

from typing import Annotated, NamedTuple

from modules.sdk.declare import module, port
from modules.sdk.params import Params, toggle
from modules.sdk.values import Model, Table


class ScoreParams(Params):
    append_score_columns_to_output: bool = toggle(
        True, "Append score columns to output", "Off: the output has the scores alone."
    )


class ScoredRows(NamedTuple):
    scored_dataset: Annotated[Table, port("Scored dataset")]


@module(version=1, row_by_row=True, synonyms=("predict", "apply model", "inference"))
def score_model(
    trained_model: Annotated[Model, port("Trained model")],
    dataset: Annotated[Table, port("Dataset")],
    params: ScoreParams,
) -> ScoredRows:
    from modules.learning.scoring import score

    return ScoredRows(score(trained_model, dataset, params.append_score_columns_to_output))
