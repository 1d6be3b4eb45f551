"""Linear Regression

A learner that predicts numbers by a weighted sum of the features.

Connect it to *Train Model*, *Cross-Validate Model* or *Tune Model Hyperparameters*.

*Ordinary Least Squares* has one exact solution, with the L2 weight as penalty on the squared weights, as in
ML Studio (classic). *Online Gradient Descent* goes over the rows one by one (scikit-learn's SGDRegressor)
and is near it. Rows with missing features are left out of the training and get no score.

>>> made = linear_regression(LinearParams(l2_regularization_weight=0.5)).untrained_model
>>> made.card["task"], made.card["params"]["l2_regularization_weight"]
('regression', 0.5)
"""

from __future__ import annotations

from typing import Any, Literal

from modules.learning.learner import Shape, Untrained, learner, untrained
from modules.learning.params import (
    LearnerParams,
    Swept,
    TrainerMode,
    seed,
    swept,
    trainer_mode,
    unknown_levels,
)
from modules.sdk.declare import module
from modules.sdk.params import choice, toggle

METHODS = {
    "ordinary_least_squares": "Ordinary Least Squares",
    "online_gradient_descent": "Online Gradient Descent",
}
DESCENT = {"solution_method": ["online_gradient_descent"]}


class LinearParams(LearnerParams):
    solution_method: Literal["ordinary_least_squares", "online_gradient_descent"] = choice(
        "ordinary_least_squares", "Solution method", METHODS
    )
    create_trainer_mode: TrainerMode = trainer_mode(shown_when=DESCENT)
    learning_rate: Swept = swept(0.1, "Learning rate", [0.025, 0.05, 0.1, 0.2], gt=0, shown_when=DESCENT)
    number_of_training_epochs: Swept = swept(
        10, "Number of training epochs", [1, 10, 100], whole=True, ge=0, le=100_000, shown_when=DESCENT
    )
    l2_regularization_weight: Swept = swept(0.001, "L2 regularization weight", [0.001, 0.01, 0.1], ge=0)
    normalize_features: bool = toggle(True, "Normalize features", shown_when=DESCENT)
    average_final_hypothesis: bool = toggle(True, "Average final hypothesis", shown_when=DESCENT)
    decrease_learning_rate: bool = toggle(True, "Decrease learning rate", shown_when=DESCENT)
    include_intercept_term: bool = toggle(
        True, "Include intercept term", shown_when={"solution_method": ["ordinary_least_squares"]}
    )
    random_number_seed: int = seed()
    allow_unknown_categorical_levels: bool = unknown_levels()


def _build(params: LinearParams, shape: Shape) -> Any:
    from modules.learning.estimators.linear import least_squares

    return least_squares(params, shape)


LEARNER = learner("linear-regression", "regression", LinearParams, _build)


@module(version=1, synonyms=("ols", "ridge", "least squares", "regressor"))
def linear_regression(params: LinearParams) -> Untrained:
    return untrained(LEARNER, params)
