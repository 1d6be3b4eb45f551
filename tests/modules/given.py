"""What single modules are given on ports where a value of the type alone does not do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from modules.data_transformation.learning_with_counts.build_counting_transform import (
    CountingParams,
    build_counting_transform,
)
from modules.data_transformation.learning_with_counts.export_count_table import export_count_table
from modules.machine_learning.train.train_matchbox_recommender import (
    RecommenderParams,
    train_matchbox_recommender,
)
from modules.sdk.values import Model, Table, Transform, Value
from modules.text_analytics._wabbit_params import TrainWabbitParams
from modules.text_analytics.train_vowpal_wabbit_version_8_model import train_vowpal_wabbit_version_8_model


@cache
def counts() -> Transform:
    params = CountingParams(label_column_index_or_name="y", select_columns_to_count=["x"])
    return build_counting_transform(Table.of(x=["a", "b"], y=[0, 1]), params).counting_transform


@cache
def wabbit() -> Model:
    lines = Table.of(line=["1 | a", "-1 | b"])
    return train_vowpal_wabbit_version_8_model(lines, params=TrainWabbitParams()).trained_model


RATED = Table.of(u=["a", "a", "b", "b", "c"], i=["x", "y", "x", "y", "x"], r=[5, 1, 4, 2, 5])


def ratings() -> Table:
    return RATED


@cache
def recommender() -> Model:
    return train_matchbox_recommender(RATED, params=RecommenderParams()).trained_matchbox_recommender


GIVEN: Mapping[str, Mapping[str, Callable[[], Value]]] = {
    "modify-count-table-parameters": {"counting_transform": counts},
    "merge-count-transform": {"previous_counting_transform": counts, "new_counting_transform": counts},
    "export-count-table": {"counting_transform": counts},
    "import-count-table": {
        "count_metadata": lambda: export_count_table(counts()).dracula_count_metadata,
        "count_table": lambda: export_count_table(counts()).dracula_count_table,
    },
    "train-matchbox-recommender": {
        "training_dataset_of_user_item_rating_triples": ratings,
        "training_dataset_of_user_features": lambda: Table.of(u=["a", "b"], age=[1, None], town=["é", None]),
        "training_dataset_of_item_features": lambda: Table.of(i=["x"], new=[True]),
    },
    "score-matchbox-recommender": {
        "trained_matchbox_recommender": recommender,
        "dataset_to_score": ratings,
        "training_dataset": ratings,
    },
    "evaluate-recommender": {
        "test_dataset": ratings,
        "scored_dataset": lambda: Table.of(User=["a"], Item=["x"], Rating=[4.0]),
    },
    "train-vowpal-wabbit-version-7-4-model": {"pre_trained_model": wabbit},
    "score-vowpal-wabbit-version-7-4-model": {"trained_model": wabbit},
    "score-vowpal-wabbit-version-7-10-model": {"trained_model": wabbit},
    "score-vowpal-wabbit-version-8-model": {"trained_model": wabbit},
}
"""By module and port; each makes its value."""
