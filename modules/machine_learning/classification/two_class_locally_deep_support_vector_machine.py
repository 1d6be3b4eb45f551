"""Two-Class Locally Deep Support Vector Machine

A learner that tells two classes apart by a small tree of linear borders.

Connect it to *Train Model*, *Cross-Validate Model* or *Tune Model Hyperparameters*.

Gradient descent over the smooth tree of Jose and others (2013) runs here. ML Studio (classic) made the gates
of the tree sharp while training, so results are near, not equal. A logistic curve over the training rows
makes probabilities. Rows with missing features are left out of the training and get no score.

>>> made = two_class_locally_deep_support_vector_machine(DeepParams(depth_of_the_tree=2)).untrained_model
>>> made.card["task"], made.card["params"]["depth_of_the_tree"]
('two-class', 2)
"""

from __future__ import annotations

from typing import Any

from modules.learning.learner import Shape, Untrained, learner, untrained
from modules.learning.params import (
    LearnerParams,
    Normalizer,
    Swept,
    TrainerMode,
    normalizer,
    seed,
    swept,
    trainer_mode,
    unknown_levels,
)
from modules.sdk.declare import module


class DeepParams(LearnerParams):
    create_trainer_mode: TrainerMode = trainer_mode()
    depth_of_the_tree: Swept = swept(3, "Depth of the tree", [1, 3, 5, 7], whole=True, ge=1, le=10)
    lambda_w: Swept = swept(0.1, "Lambda W", [0.1, 0.01, 0.001], gt=0)
    lambda_theta: Swept = swept(0.01, "Lambda Theta", [0.1, 0.01, 0.001], gt=0)
    lambda_theta_prime: Swept = swept(0.01, "Lambda Theta Prime", [0.1, 0.01, 0.001], gt=0)
    sigmoid_sharpness: Swept = swept(1.0, "Sigmoid sharpness", [1.0, 0.1, 0.01], gt=0)
    number_of_iterations: Swept = swept(
        15_000, "Number of iterations", [10_000, 15_000, 20_000], whole=True, ge=1, le=10_000_000
    )
    feature_normalizer: Normalizer = normalizer("Feature normalizer")
    random_number_seed: int = seed()
    allow_unknown_categorical_levels: bool = unknown_levels()


def _build(params: DeepParams, shape: Shape) -> Any:
    from modules.learning.estimators.locally_deep import locally_deep

    return locally_deep(params, shape)


LEARNER = learner(
    "two-class-locally-deep-support-vector-machine", "two-class", DeepParams, _build, weights=False
)


@module(version=1, synonyms=("svm", "ldsvm", "classifier"))
def two_class_locally_deep_support_vector_machine(params: DeepParams) -> Untrained:
    return untrained(LEARNER, params)
