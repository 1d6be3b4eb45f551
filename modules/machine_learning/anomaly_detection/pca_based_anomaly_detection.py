"""PCA-Based Anomaly Detection

A learner that finds rows odd where a few principal components do not explain them.

Connect it to *Train Anomaly Detection Model*, then *Score Model*.

The features are scaled to variance 1 inside. What the components leave of a row becomes a score from 0 to 1:
above 0.5, and odd, are rows that are explained worse than 95 per cent of the training rows. ML Studio
(classic) scaled the error another way, so scores are near, not equal. Rows with missing features are left
out of the training and get no score.

>>> made = pca_based_anomaly_detection(ComponentParams(number_of_components_to_use_in_pca=3)).untrained_model
>>> made.card["task"], made.card["params"]["number_of_components_to_use_in_pca"]
('anomaly', 3)
"""

from __future__ import annotations

from typing import Any

from modules.learning.learner import Shape, Untrained, learner, untrained
from modules.learning.params import LearnerParams, Swept, TrainerMode, seed, swept, trainer_mode
from modules.sdk.declare import module
from modules.sdk.params import toggle


class ComponentParams(LearnerParams):
    training_mode: TrainerMode = trainer_mode("Training mode")
    number_of_components_to_use_in_pca: Swept = swept(
        2, "Number of components to use in PCA", [2, 4, 6, 8, 10], whole=True, ge=1
    )
    oversampling_parameter_for_randomized_pca: Swept = swept(
        2, "Oversampling parameter for randomized PCA", [2, 4, 6, 8, 10], whole=True, ge=1
    )
    enable_input_feature_mean_normalization: bool = toggle(False, "Enable input feature mean normalization")
    random_number_seed: int = seed()


def _build(params: ComponentParams, shape: Shape) -> Any:
    from modules.learning.estimators.anomalies import components

    return components(params, shape)


LEARNER = learner("pca-based-anomaly-detection", "anomaly", ComponentParams, _build, weights=False)


@module(version=1, synonyms=("outlier", "principal components"))
def pca_based_anomaly_detection(params: ComponentParams) -> Untrained:
    return untrained(LEARNER, params)
