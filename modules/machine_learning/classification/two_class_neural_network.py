"""Two-Class Neural Network

A learner that tells two classes apart by layers of nodes that are trained together.

Connect it to *Train Model*, *Cross-Validate Model* or *Tune Model Hyperparameters*.

scikit-learn's MLPClassifier runs here with plain gradient descent, as ML Studio (classic) did; the weights
start otherwise, so results are near, not equal. The features are scaled inside by the normalizer. Rows with
missing features are left out of the training and get no score.

>>> made = two_class_neural_network(TwoClassNetworkParams(number_of_hidden_nodes="10, 5")).untrained_model
>>> made.card["task"], made.card["params"]["number_of_hidden_nodes"]
('two-class', '10, 5')
"""

from __future__ import annotations

from typing import Any

from modules.learning.forms import NetworkParams
from modules.learning.learner import Shape, Untrained, learner, untrained
from modules.learning.params import ClassWeight, Swept, class_weights, swept
from modules.sdk.declare import module


class TwoClassNetworkParams(NetworkParams):
    learning_rate: Swept = swept(0.1, "Learning rate", [0.1, 0.2, 0.4], gt=0, le=1)
    class_weight: ClassWeight = class_weights()


def _build(params: TwoClassNetworkParams, shape: Shape) -> Any:
    from modules.learning.estimators.networks import network_classes

    return network_classes(params, shape)


LEARNER = learner("two-class-neural-network", "two-class", TwoClassNetworkParams, _build)


@module(version=1, synonyms=("mlp", "deep learning", "classifier"))
def two_class_neural_network(params: TwoClassNetworkParams) -> Untrained:
    return untrained(LEARNER, params)
