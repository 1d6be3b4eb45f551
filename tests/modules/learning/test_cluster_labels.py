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
    assert done.results_dataset.column("Assignments").data.null_count == 0


@pytest.mark.parametrize("metric", ["euclidean", "cosine"])
def test_a_row_without_a_label_goes_to_the_center_that_is_nearest_by_the_others(metric: str) -> None:
    table = Table.of(x=[0.0, 0.1, 0.2, 9.0, 9.1, 9.2], y=[5.0, 5.1, 5.2, 0.0, 0.1, 0.2], kind=[*"aaabbb"])
    marked = MetadataParams(column=ColumnSelection.of("kind"), fields="labels")
    done = clustered(
        edit_metadata(table, marked).results_dataset, assign_label_mode="fill_missing_values", metric=metric
    )
    first = done.results_dataset
    kinds, places = (first.column(name).data.to_pylist() for name in ("kind", "Assignments"))
    near = dict(zip(kinds, places, strict=True))

    def assigned(later: Table) -> list[object]:
        made = assign_data_to_clusters(done.trained_model, later, AssignParams()).results_dataset
        return list(made.column("Assignments").data.to_pylist())

    later = Table.of(x=[8.0, 1.0, 1.0, None], y=[1.0, 6.0, 6.0, 1.0], kind=[None, None, "a", "b"])
    assert assigned(later) == [near["b"], near["a"], near["a"], None]
    assert assigned(later.select(["x", "y"])) == [near["b"], near["a"], near["a"], None]
    with pytest.raises(ModuleError, match="'y'"):
        assigned(later.select(["x"]))


def test_a_label_of_numbers_may_be_missing_too() -> None:
    table = Table.of(x=X, kind=[1.0, 1.0, 1.0, 2.0, 2.0, 2.0])
    marked = MetadataParams(column=ColumnSelection.of("kind"), fields="labels")
    done = clustered(edit_metadata(table, marked).results_dataset, assign_label_mode="fill_missing_values")
    later = Table.of(x=[8.0, 1.0], kind=[None, None])
    made = assign_data_to_clusters(done.trained_model, later, AssignParams()).results_dataset
    places = made.column("Assignments").data.to_pylist()
    assert None not in places
    assert places[0] != places[1]


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
