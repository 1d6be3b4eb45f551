"""Two-Class Averaged Perceptron

A learner that tells two classes apart by a weighted sum, the average of all that it tried.

Connect it to *Train Model*, *Cross-Validate Model* or *Tune Model Hyperparameters*.

The features are scaled inside. scikit-learn's SGDClassifier runs here with the loss of a perceptron; results
are near those of ML Studio (classic), not equal. A logistic curve over the training rows makes probabilities
of its sums. Rows with missing features are left out of the training and get no score.

>>> made = two_class_averaged_perceptron(PerceptronParams(learning_rate=0.5)).untrained_model
>>> made.card["task"], made.card["params"]["learning_rate"]
('two-class', 0.5)
"""

from __future__ import annotations

from typing import Any

from modules.learning.learner import Shape, Untrained, learner, untrained
from modules.learning.params import (
    ClassWeight,
    LearnerParams,
    Swept,
    TrainerMode,
    class_weights,
    seed,
    swept,
    trainer_mode,
    unknown_levels,
)
from modules.sdk.declare import module


class PerceptronParams(LearnerParams):
    create_trainer_mode: TrainerMode = trainer_mode()
    learning_rate: Swept = swept(1.0, "Learning rate", [0.1, 0.5, 1.0], gt=0)
    maximum_number_of_iterations: Swept = swept(
        10, "Maximum number of iterations", [1, 10], whole=True, ge=1, le=1_000_000
    )
    class_weight: ClassWeight = class_weights()
    random_number_seed: int = seed()
    allow_unknown_categorical_levels: bool = unknown_levels()


def _build(params: PerceptronParams, shape: Shape) -> Any:
    from modules.learning.estimators.margins import perceptron

    return perceptron(params, shape)


LEARNER = learner("two-class-averaged-perceptron", "two-class", PerceptronParams, _build)


@module(version=1, synonyms=("linear", "classifier"))
def two_class_averaged_perceptron(params: PerceptronParams) -> Untrained:
    return untrained(LEARNER, params)
