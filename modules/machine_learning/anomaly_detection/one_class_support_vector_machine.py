"""One-Class Support Vector Machine

A learner that draws a border around usual rows, so that rows outside are odd.

Connect it to *Train Anomaly Detection Model*, then *Score Model*.

The features are scaled inside. The same machine (libsvm) runs here as in ML Studio (classic). `Scored
Probabilities` is a curve over the distance from the border, above 0.5 outside; it is no calibrated
probability. The time grows with the square of the rows. Rows with missing features are left out of the
training and get no score.

>>> made = one_class_support_vector_machine(OneClassParams(nu=0.2)).untrained_model
>>> made.card["task"], made.card["params"]["nu"]
('anomaly', 0.2)
"""

from __future__ import annotations

from typing import Any

from modules.learning.learner import Shape, Untrained, learner, untrained
from modules.learning.params import LearnerParams, Swept, TrainerMode, seed, swept, trainer_mode
from modules.sdk.declare import module


class OneClassParams(LearnerParams):
    create_trainer_mode: TrainerMode = trainer_mode()
    nu: Swept = swept(
        0.1, "nu", [0.001, 0.01, 0.1], "The share of training rows that may be odd.", gt=0, le=1
    )
    epsilon: Swept = swept(0.001, "epsilon", [0.001, 0.01, 0.1], "When the training has settled.", gt=0)
    random_number_seed: int = seed()


def _build(params: OneClassParams, shape: Shape) -> Any:
    from modules.learning.estimators.anomalies import one_class

    return one_class(params, shape)


LEARNER = learner("one-class-support-vector-machine", "anomaly", OneClassParams, _build, weights=False)


@module(version=1, synonyms=("outlier", "novelty", "svm"))
def one_class_support_vector_machine(params: OneClassParams) -> Untrained:
    return untrained(LEARNER, params)
