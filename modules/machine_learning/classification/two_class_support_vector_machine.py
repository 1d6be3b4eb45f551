"""Two-Class Support Vector Machine

A learner that tells two classes apart by the border with the widest margin.

Connect it to *Train Model*, *Cross-Validate Model* or *Tune Model Hyperparameters*.

scikit-learn's SGDClassifier runs here with the hinge loss, row by row as in ML Studio (classic); results are
near, not equal. One iteration, the default, is one pass over the rows: more are often better. A logistic
curve over the training rows makes probabilities of the distances from the border. Rows with missing features
are left out of the training and get no score.

>>> made = two_class_support_vector_machine(MachineParams(number_of_iterations=10)).untrained_model
>>> made.card["task"], made.card["params"]["number_of_iterations"]
('two-class', 10)
"""

from __future__ import annotations

from typing import Any

from pydantic import create_model

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
from modules.sdk.params import toggle

FIELDS: dict[str, Any] = {
    "create_trainer_mode": (TrainerMode, trainer_mode()),
    "number_of_iterations": (
        Swept,
        swept(1, "Number of iterations", [1, 10, 100], whole=True, ge=1, le=1_000_000),
    ),
    "lambda": (
        Swept,
        swept(0.001, "Lambda", [1e-5, 1e-4, 0.001, 0.01, 0.1], "Weight of the penalty L2.", gt=0),
    ),
    "normalize_features": (bool, toggle(True, "Normalize features")),
    "project_to_the_unit_sphere": (bool, toggle(False, "Project to the unit-sphere")),
    "class_weight": (ClassWeight, class_weights()),
    "random_number_seed": (int, seed()),
    "allow_unknown_categorical_levels": (bool, unknown_levels()),
}
MachineParams = create_model("MachineParams", __base__=LearnerParams, **FIELDS)
"""Made by a call, because `lambda` cannot be a name in a class."""


def _build(params: MachineParams, shape: Shape) -> Any:
    from modules.learning.estimators.margins import linear_svm

    return linear_svm(params, shape)


LEARNER = learner("two-class-support-vector-machine", "two-class", MachineParams, _build)


@module(version=1, synonyms=("svm", "linear", "classifier"))
def two_class_support_vector_machine(params: MachineParams) -> Untrained:
    return untrained(LEARNER, params)
