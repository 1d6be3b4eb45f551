"""What k-means does with a column that is marked as the label."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from modules.data_transformation.edit_metadata import MetadataParams, edit_metadata
from modules.learning.pickling import opened
from modules.machine_learning.score.assign_data_to_clusters import AssignParams, assign_data_to_clusters
from modules.machine_learning.train.train_clustering_model import ClusterParams, train_clustering_model
from modules.sdk.errors import ModuleError
from modules.sdk.selection import ColumnSelection
from modules.sdk.values import Table
from tests.modules.learning.tables import model

KIND = ["a", "a", None, "b", "b", "a"]
X = [0.0, 0.1, 0.2, 9.0, 9.1, 9.2]


def rows(kind: Any = KIND) -> Table:
    table = Table.of(x=X, kind=kind)
    marked = MetadataParams(column=ColumnSelection.of("kind"), fields="labels")
    return edit_metadata(table, marked).results_dataset


def clustered(table: Table, **params: Any) -> Any:
    return train_clustering_model(model("k-means-clustering", **params), table, ClusterParams())


def features(done: Any) -> list[str]:
    return [feature["name"] for feature in done.trained_model.card["features"]]


def test_the_label_is_ignored_unless_somebody_asks_for_it() -> None:
    done = clustered(rows())
    assert features(done) == ["x"]
    assert done.results_dataset.column("kind").data.to_pylist() == KIND
    plain = edit_metadata(
        rows(), MetadataParams(column=ColumnSelection.of("kind"), fields="features")
    ).results_dataset
    assert features(clustered(plain)) == ["x", "kind"], "a column that is no label counts"


def test_as_a_feature_its_gaps_are_filled_from_the_clusters_of_the_others() -> None:
    done = clustered(rows(), assign_label_mode="fill_missing_values")
    assert features(done) == ["x", "kind"]
    assert opened(done.trained_model).learned_.rows == 6


def test_it_is_overwritten_by_the_row_nearest_to_the_center() -> None:
    done = clustered(rows(), assign_label_mode="overwrite_from_closest_to_center")
    assert done.results_dataset.column("kind").data.to_pylist() == ["a"] * 3 + ["b"] * 3
    other = Table.of(x=[8.0, 1.0, None], kind=["?", "?", "?"])
    again = assign_data_to_clusters(done.trained_model, other, AssignParams()).results_dataset
    assert again.column("kind").data.to_pylist() == ["b", "a", "?"]
    bare = assign_data_to_clusters(done.trained_model, other.select(["x"]), AssignParams()).results_dataset
    assert not bare.has("kind")


def test_clusters_start_from_the_means_of_the_labels() -> None:
    done = clustered(rows(["a", "a", "a", "b", "b", "b"]), initialization="use_label_column", iterations=1)
    centers = opened(done.trained_model).learned_.estimator.centers_
    assert np.allclose(centers, [[0.1], [9.1]])
    assert features(done) == ["x"]


@pytest.mark.parametrize(
    ("table", "params", "said"),
    [
        (Table.of(x=X), {"initialization": "use_label_column"}, "Mark it in Edit Metadata"),
        (rows(), {"initialization": "use_label_column", "number_of_centroids": 3}, "it has 2"),
        (
            rows(),
            {"initialization": "use_label_column", "assign_label_mode": "fill_missing_values"},
            "cannot be a feature",
        ),
        (rows([None] * 6), {"assign_label_mode": "overwrite_from_closest_to_center"}, "No row has a value"),
    ],
)
def test_what_cannot_be_done_says_why(table: Table, params: dict[str, Any], said: str) -> None:
    with pytest.raises(ModuleError, match=said):
        clustered(table, **params)
