"""Train Vowpal Wabbit Version 7-10 Model

Trains a Vowpal Wabbit model on a column of lines in its own format.

Of the three versions of ML Studio (classic) this is the second; take *Version 8* for new experiments.

**VW arguments** are those of the command line, for example `--loss_function logistic --passes 3 -c`.
Options that name files, ask for a server or turn learning off are refused: what goes in and out are the
ports. **Pre-trained model**, on the second port, is trained on with these lines, if it was made by one of
these modules; without arguments it goes on with those that it has.

The dataset is a table whose first column of text has a line in each row: in the format *VW*, `1 'tag |
word:2 word`, or in *SVMLight*, `1 3:0.5 7:1`. ML Studio (classic) read a file of an Azure storage account,
which Studio cannot reach: upload that file as a dataset of one column. Missing and empty lines are left
out.

*Trained model* goes into *Score Vowpal Wabbit Version 7-10 Model*. Vowpal Wabbit 9 runs here, whatever
version is asked for: it takes the same lines and nearly all of the same options, and its numbers are near,
not the same. Files of models that other versions wrote cannot be read.

>>> table = Table.of(line=["1 | good hotel", "-1 | bad hotel"] * 20)
>>> made = train_vowpal_wabbit_version_7_10_model(table, params=TrainWabbitParams(vw_arguments="-b 10"))
>>> made.trained_model.card["rows"]
40
"""

from __future__ import annotations

from typing import Annotated

from modules.sdk.declare import module, port
from modules.sdk.values import Model, Table
from modules.text_analytics._wabbit_params import PRE_TRAINED, TrainWabbitParams, WabbitTrained


@module(version=1, synonyms=("vw", "online learning", "sgd"))
def train_vowpal_wabbit_version_7_10_model(
    dataset: Annotated[Table, port("Dataset")],
    pre_trained_model: Annotated[Model | None, PRE_TRAINED] = None,
    *,
    params: TrainWabbitParams,
) -> WabbitTrained:
    from modules.text_analytics._wabbit import train

    return WabbitTrained(train("train-vowpal-wabbit-version-7-10-model", dataset, pre_trained_model, params))
