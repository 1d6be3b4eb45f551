"""Score Vowpal Wabbit Version 7-4 Model

Predicts with a Vowpal Wabbit model for each line of a column.

The dataset is a table whose first column of text has lines, as for *Train Vowpal Wabbit Version 7-4 Model*;
labels in them are not looked at. *Results dataset* has a row for each row: `Scored Labels`, what the model
says (a number, or a text where its options make it say several); with **Include an extra column containing
labels** also `Labels`, the label that the line has. A missing or empty line has no score.

**VW arguments** are added to those that the model was trained with, for example `--link logistic` for
probabilities. Options that name files are refused. Vowpal Wabbit 9 runs here, whatever version is asked
for.

>>> from modules.text_analytics.train_vowpal_wabbit_version_7_4_model import *
>>> table = Table.of(line=["1 | good hotel", "-1 | bad hotel"] * 20)
>>> model = train_vowpal_wabbit_version_7_4_model(table, params=TrainWabbitParams()).trained_model
>>> params = ScoreWabbitParams(include_an_extra_column_containing_labels=True)
>>> new = Table.of(line=["1 | good", None])
>>> done = score_vowpal_wabbit_version_7_4_model(model, new, params).results_dataset
>>> [score and score > 0.5 for score in done.column("Scored Labels").data.to_pylist()]
[True, None]
"""

from __future__ import annotations

from typing import Annotated

from modules.sdk.declare import module, port
from modules.sdk.values import Model, Table
from modules.text_analytics._wabbit_params import ScoreWabbitParams, WabbitScored


@module(version=1, row_by_row=True, synonyms=("vw", "predict"))
def score_vowpal_wabbit_version_7_4_model(
    trained_model: Annotated[Model, port("Trained model")],
    dataset: Annotated[Table, port("Dataset")],
    params: ScoreWabbitParams,
) -> WabbitScored:
    from modules.text_analytics._wabbit import score

    return WabbitScored(score(trained_model, dataset, params))
