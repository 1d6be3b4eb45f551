"""Multiclass Decision Jungle

A learner that tells several classes apart by the votes of many small trees.

Connect it to *Train Model*, *Cross-Validate Model* or *Tune Model Hyperparameters*.

ML Studio (classic) merged the branches of its trees into graphs, for which no kept library exists: a random
forest runs here, whose trees are no deeper and have no more leaves than the graphs were wide. Results are
near at best. Missing values are taken as they are; a missing or unknown text counts as none of the known
ones.

>>> made = multiclass_decision_jungle(JungleParams(number_of_decision_dags=20)).untrained_model
>>> made.card["task"], made.card["params"]["number_of_decision_dags"]
('multiclass', 20)
"""

from __future__ import annotations

from typing import Any

from modules.learning.forms import JungleParams
from modules.learning.learner import Shape, Untrained, learner, untrained
from modules.sdk.declare import module


def _build(params: JungleParams, shape: Shape) -> Any:
    from modules.learning.estimators.trees import jungle

    return jungle(params, shape)


LEARNER = learner("multiclass-decision-jungle", "multiclass", JungleParams, _build, missing="taken")


@module(version=1, synonyms=("random forest", "dag", "classifier"))
def multiclass_decision_jungle(params: JungleParams) -> Untrained:
    return untrained(LEARNER, params)
