"""Neural networks of scikit-learn, trained by plain gradient descent as classic's."""

from __future__ import annotations

from typing import Any

from sklearn.compose import TransformedTargetRegressor
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.preprocessing import StandardScaler

from modules.learning.estimators.scaling import scaled
from modules.learning.learner import Shape
from modules.sdk.errors import ModuleError

MOST_NODES = 10_000


def network_classes(params: Any, shape: Shape) -> Any:
    return scaled(params.the_type_of_normalizer, MLPClassifier(**_settings(params, shape)))


def network_numbers(params: Any, shape: Shape) -> Any:
    """The label is scaled too: steps of one size suit numbers of any."""
    network = MLPRegressor(**_settings(params, shape))
    return scaled(
        params.the_type_of_normalizer, TransformedTargetRegressor(network, transformer=StandardScaler())
    )


def _settings(params: Any, shape: Shape) -> dict[str, Any]:
    rounds = params.number_of_learning_iterations
    rate = getattr(params, "learning_rate", None) or params.the_learning_rate
    return {
        "hidden_layer_sizes": layers(params),
        "solver": "sgd",
        "learning_rate_init": rate,
        "momentum": min(params.the_momentum, 1.0),
        "nesterovs_momentum": False,
        "max_iter": rounds,
        "n_iter_no_change": rounds,
        "tol": 0.0,
        "shuffle": params.shuffle_examples,
        "random_state": shape.seed,
    }


def layers(params: Any) -> tuple[int, ...]:
    """The hidden nodes of each layer. ModuleError where they are no whole numbers."""
    if params.hidden_layer_specification == "custom_definition_script":
        raise ModuleError(
            "Net# scripts of ML Studio (classic) cannot run here. Choose the fully-connected case and "
            "write the "
            "hidden nodes of each layer, such as 100, 50.",
            param="hidden_layer_specification",
        )
    parts = [part.strip() for part in str(params.number_of_hidden_nodes).replace(";", ",").split(",")]
    if all(part.isdigit() and 0 < int(part) <= MOST_NODES for part in parts):
        return tuple(map(int, parts))
    raise ModuleError(
        f"{params.number_of_hidden_nodes!r} is no number of hidden nodes; write one for each layer, such as "
        f"100, 50, none above {MOST_NODES:,}.",
        param="number_of_hidden_nodes",
    )
