"""Neural Network Regression

A learner that predicts numbers by layers of nodes that are trained together.

Connect it to *Train Model*, *Cross-Validate Model* or *Tune Model Hyperparameters*.

scikit-learn's MLPRegressor runs here with plain gradient descent, as ML Studio (classic) did; the weights
start otherwise, so results are near, not equal. The features are scaled inside by the normalizer, and the
label too. Rows with missing features are left out of the training and get no score.

>>> made = neural_network_regression(NetworkNumberParams(number_of_hidden_nodes="10")).untrained_model
>>> made.card["task"], made.card["params"]["number_of_hidden_nodes"]
('regression', '10')
"""

from __future__ import annotations

from typing import Any

from modules.learning.forms import NetworkParams
from modules.learning.learner import Shape, Untrained, learner, untrained
from modules.learning.params import Swept, swept
from modules.sdk.declare import module


class NetworkNumberParams(NetworkParams):
    learning_rate: Swept = swept(0.005, "Learning rate", [], gt=0, le=0.01)


def _build(params: NetworkNumberParams, shape: Shape) -> Any:
    from modules.learning.estimators.networks import network_numbers

    return network_numbers(params, shape)


LEARNER = learner("neural-network-regression", "regression", NetworkNumberParams, _build)


@module(version=1, synonyms=("mlp", "deep learning", "regressor"))
def neural_network_regression(params: NetworkNumberParams) -> Untrained:
    return untrained(LEARNER, params)
