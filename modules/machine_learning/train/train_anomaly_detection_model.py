"""Train Anomaly Detection Model

Lets a learner of anomalies learn what usual rows look like.

**Untrained model** is *One-Class Support Vector Machine* or *PCA-Based Anomaly Detection*. No label is
needed; the table should hold usual rows, or nearly only such. **Feature columns** says what counts: all
columns, unless chosen here. Leave a label out, if the table has one.

*Trained model* goes into *Score Model*, which gives `Scored Labels` (1 is odd) and `Scored Probabilities`
(high is odd).

>>> from modules.machine_learning.anomaly_detection.pca_based_anomaly_detection import (
...     ComponentParams, pca_based_anomaly_detection)
>>> params = ComponentParams(number_of_components_to_use_in_pca=1)
>>> learner = pca_based_anomaly_detection(params).untrained_model
>>> table = Table.of(x=[1.0, 2.0, 3.0, 4.0], y=[1.0, 2.1, 2.9, 4.0])
>>> train_anomaly_detection_model(learner, table, AnomalyParams()).trained_model.card["task"]
'anomaly'
"""

from __future__ import annotations

from typing import Annotated, NamedTuple

from modules.sdk.declare import module, port
from modules.sdk.params import Params, columns
from modules.sdk.selection import ColumnSelection
from modules.sdk.values import Model, Table


class AnomalyParams(Params):
    feature_columns: ColumnSelection = columns(ColumnSelection.all(), "Feature columns", of="dataset")


class Trained(NamedTuple):
    trained_model: Annotated[Model, port("Trained model")]


@module(version=1, synonyms=("outlier", "novelty", "fit"))
def train_anomaly_detection_model(
    untrained_model: Annotated[Model, port("Untrained model")],
    dataset: Annotated[Table, port("Dataset")],
    params: AnomalyParams,
) -> Trained:
    from modules.learning.supervised import train_odd

    every = params.feature_columns == ColumnSelection.all()
    chosen = None if every else params.feature_columns.names(dataset)
    return Trained(train_odd(untrained_model, dataset, chosen))
