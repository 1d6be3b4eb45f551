"""50 rows of noise: a selection outside the folds finds what is not there, one inside them finds nothing."""

from __future__ import annotations

import numpy as np
import pytest

from modules.feature_selection.filter_based_feature_selection import (
    FilterParams,
    filter_based_feature_selection,
)
from modules.learning.forms import LogisticParams
from modules.machine_learning.classification.two_class_logistic_regression import (
    two_class_logistic_regression,
)
from modules.machine_learning.evaluate.cross_validate_model import CrossParams, cross_validate_model
from modules.sdk.values import Table, Transform
from tests.modules.tables import values

SEEDS = (1, 2)


def auc(table: Table, transform: Transform | None) -> float:
    learner = two_class_logistic_regression(LogisticParams(l1_regularization_weight=0)).untrained_model
    params = CrossParams(label_column="y", number_of_folds=4)
    found = cross_validate_model(learner, table, transform, params=params).scored_results
    scores = np.array(values(found, "Scored Probabilities"))
    labels = np.array(values(found, "y"))
    return float(np.mean(scores[labels == 1][:, None] > scores[labels == 0][None, :]))


def noise(seed: int) -> Table:
    random = np.random.default_rng(seed)
    columns = {f"x{n}": random.normal(size=50) for n in range(2000)}
    return Table.of(**columns, y=[0, 1] * 25)


def test_noise_is_found_to_be_noise_inside_the_folds_only() -> None:
    inside, outside = [], []
    for seed in SEEDS:
        table = noise(seed)
        params = FilterParams(target_column=["y"], number_of_desired_features=20)
        chosen = filter_based_feature_selection(table, params)
        inside.append(auc(table, chosen.transformation))
        outside.append(auc(chosen.filtered_dataset, None))
    assert np.mean(inside) == pytest.approx(0.5, abs=0.1)
    assert min(outside) > 0.8
