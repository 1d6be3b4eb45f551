"""Two-Class Boosted Decision Tree

A learner that tells two classes apart by many small trees, each correcting those before it.

Connect it to *Train Model*, *Cross-Validate Model* or *Tune Model Hyperparameters*.

scikit-learn's HistGradientBoostingClassifier runs here with the defaults of ML Studio (classic), whose trees
grow leaf by leaf over binned features as these do; results are near, not equal. Missing values are taken as
they are, also in text; a text that is unknown counts as missing.

>>> made = two_class_boosted_decision_tree(BoostedClassParams(learning_rate=0.1)).untrained_model
>>> made.card["task"], made.card["params"]["learning_rate"]
('two-class', 0.1)
"""

from __future__ import annotations

from typing import Any

from modules.learning.forms import BoostedParams
from modules.learning.learner import Shape, Untrained, learner, untrained
from modules.learning.params import ClassWeight, Swept, class_weights, seed, swept, unknown_levels
from modules.sdk.declare import module


class BoostedClassParams(BoostedParams):
    number_of_trees_constructed: Swept = swept(
        100, "Number of trees constructed", [20, 100, 500], whole=True, ge=1, le=100_000
    )
    class_weight: ClassWeight = class_weights()
    random_number_seed: int = seed()
    allow_unknown_categorical_levels: bool = unknown_levels()


def _build(params: BoostedClassParams, shape: Shape) -> Any:
    from modules.learning.estimators.trees import boosted_classes

    return boosted_classes(params, shape)


LEARNER = learner(
    "two-class-boosted-decision-tree",
    "two-class",
    BoostedClassParams,
    _build,
    categories="codes",
    missing="taken",
)


@module(version=1, synonyms=("gradient boosting", "gbm", "mart", "classifier"))
def two_class_boosted_decision_tree(params: BoostedClassParams) -> Untrained:
    return untrained(LEARNER, params)
