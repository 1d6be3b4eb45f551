"""Assign Data to Clusters

Says to which cluster of a trained model each row belongs.

The columns that the clusters were found in are looked for by name; others pass through. `Assignments` is the
number of the cluster, from 0; `DistancesToClusterCenter no.0` and so on are the distances to all centers. A
row where a feature is missing belongs to no cluster.

>>> from modules.machine_learning.clustering.k_means_clustering import MeansParams, k_means_clustering
>>> from modules.machine_learning.train.train_clustering_model import ClusterParams, train_clustering_model
>>> learner = k_means_clustering(MeansParams(initialization="evenly")).untrained_model
>>> trained = train_clustering_model(learner, Table.of(x=[0.0, 0.1, 9.0, 9.1]), ClusterParams()).trained_model
>>> done = assign_data_to_clusters(trained, Table.of(x=[8.0, 1.0]), AssignParams()).results_dataset
>>> done.column("Assignments").data.to_pylist()
[1, 0]
"""

from __future__ import annotations

from typing import Annotated, NamedTuple

from modules.sdk.declare import module, port
from modules.sdk.params import Params, toggle
from modules.sdk.values import Model, Table


class AssignParams(Params):
    check_for_append_or_uncheck_for_result_only: bool = toggle(
        True,
        "Check for Append or Uncheck for Result Only",
        "Off: the output has the assignments and distances alone.",
    )


class Assigned(NamedTuple):
    results_dataset: Annotated[Table, port("Results dataset")]


@module(version=1, row_by_row=True, synonyms=("k-means", "predict", "segments"))
def assign_data_to_clusters(
    trained_model: Annotated[Model, port("Trained model")],
    dataset: Annotated[Table, port("Dataset")],
    params: AssignParams,
) -> Assigned:
    from modules.learning.clustering import assigned, assigner

    return Assigned(
        assigned(assigner(trained_model), dataset, params.check_for_append_or_uncheck_for_result_only)
    )
