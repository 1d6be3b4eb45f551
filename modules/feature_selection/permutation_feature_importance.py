"""Permutation Feature Importance

Says how much worse a trained model gets when the values of one feature are shuffled.

**Trained model** is any model that Score Model can score; **Test data** has its features and the true
labels, and should hold rows that the model was not trained on.

Each feature is shuffled **Repeats** times. *Score* is the mean change of the **Metric**, *Standard
Deviation* its spread over the repeats. The most important feature comes first; the change of a loss is
turned, so that larger is always more important. About 0 means that the model does not need the feature.
Where a metric does not fit the model, accuracy or the mean absolute error is taken, and the log says so.

>>> from modules.machine_learning.regression.linear_regression import LinearParams, linear_regression
>>> from modules.machine_learning.train.train_model import TrainParams, train_model
>>> table = Table.of(x=[1, 2, 3, 4], other=[0, 1, 1, 0], y=[2, 4, 6, 8])
>>> learner = linear_regression(LinearParams(l2_regularization_weight=0)).untrained_model
>>> trained = train_model(learner, table, params=TrainParams(label_column="y")).trained_model
>>> params = ImportanceParams(metric="mean_absolute_error")
>>> done = permutation_feature_importance(trained, table, params).feature_importance
>>> done.column("Feature").data.to_pylist()
['x', 'other']
"""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

from modules.learning.names import one_name
from modules.sdk.declare import module, port
from modules.sdk.params import Params, choice, columns, integer
from modules.sdk.selection import ColumnSelection
from modules.sdk.values import Model, Table

METRICS = {
    "accuracy": "Classification - Accuracy",
    "precision": "Classification - Precision",
    "recall": "Classification - Recall",
    "average_log_loss": "Classification - Average Log Loss",
    "mean_absolute_error": "Regression - Mean Absolute Error",
    "root_mean_squared_error": "Regression - Root Mean Squared Error",
    "relative_absolute_error": "Regression - Relative Absolute Error",
    "relative_squared_error": "Regression - Relative Squared Error",
    "coefficient_of_determination": "Regression - Coefficient of Determination",
}


class ImportanceParams(Params):
    random_seed: int = integer(0, "Random seed", "The same seed shuffles alike.", ge=0, le=2**32 - 1)
    metric: Literal[
        "accuracy",
        "precision",
        "recall",
        "average_log_loss",
        "mean_absolute_error",
        "root_mean_squared_error",
        "relative_absolute_error",
        "relative_squared_error",
        "coefficient_of_determination",
    ] = choice("accuracy", "Metric for measuring performance", METRICS)
    repeats: int = integer(5, "Repeats", "How often each feature is shuffled.", ge=1, le=1_000)
    label_column: ColumnSelection = columns(
        ColumnSelection.none(),
        "Label column",
        "Empty: the one that the model was trained on. A model of a script does not tell it.",
        of="test_data",
        single=True,
    )


class Importance(NamedTuple):
    feature_importance: Annotated[Table, port("Feature importance", shows="importance")]


@module(version=1, synonyms=("explain", "feature importance", "variable importance"))
def permutation_feature_importance(
    trained_model: Annotated[Model, port("Trained model")],
    test_data: Annotated[Table, port("Test data")],
    params: ImportanceParams,
) -> Importance:
    from modules.learning.importance import importance
    from modules.learning.pickling import trained_of
    from modules.learning.scoring import as_trained

    trained = as_trained(trained_of(trained_model), trained_model)
    label = one_name(params.label_column, test_data, "label_column", "The label") or trained.label
    return Importance(
        importance(trained, test_data, label, params.metric, params.random_seed, params.repeats)
    )
