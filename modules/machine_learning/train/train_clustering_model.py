"""Train Clustering Model

Lets a clustering learner find groups of rows.

**Untrained model** is the output of *K-Means Clustering*. **Column Set** says which columns count; columns
of very different scale should be normalized first, for the widest one decides otherwise. Text becomes an
indicator for each of its values.

*Results dataset* has the cluster of each row, counted from 0 (`Assignments`), and its distance to each
center (`DistancesToClusterCenter no.0` and so on). *Trained model* goes into *Assign Data to Clusters*.

>>> from modules.machine_learning.clustering.k_means_clustering import MeansParams, k_means_clustering
>>> learner = k_means_clustering(MeansParams()).untrained_model
>>> table = Table.of(x=[0.0, 0.1, 9.0, 9.1])
>>> done = train_clustering_model(learner, table, ClusterParams()).results_dataset
>>> done.names[:2], len(set(done.column("Assignments").data.to_pylist()))
(['x', 'Assignments'], 2)
"""

from __future__ import annotations

from typing import Annotated, NamedTuple

from modules.sdk.declare import module, port
from modules.sdk.params import Params, columns, toggle
from modules.sdk.selection import ColumnSelection
from modules.sdk.values import Model, Table


class ClusterParams(Params):
    column_set: ColumnSelection = columns(ColumnSelection.all(), "Column Set", of="dataset")
    check_for_append_or_uncheck_for_result_only: bool = toggle(
        True,
        "Check for Append or Uncheck for Result Only",
        "Off: the results dataset has the assignments and distances alone.",
    )


class Clustered(NamedTuple):
    trained_model: Annotated[Model, port("Trained model")]
    results_dataset: Annotated[Table, port("Results dataset")]


@module(version=1, synonyms=("k-means", "segments", "fit"))
def train_clustering_model(
    untrained_model: Annotated[Model, port("Untrained model")],
    dataset: Annotated[Table, port("Dataset")],
    params: ClusterParams,
) -> Clustered:
    from modules.learning.clustering import assigned, clustering_recipe, find_clusters
    from modules.learning.pickling import model_of

    every = params.column_set == ColumnSelection.all()
    chosen = None if every else params.column_set.names(dataset)
    trained = find_clusters(clustering_recipe(untrained_model), dataset, chosen)
    results = assigned(trained, dataset, params.check_for_append_or_uncheck_for_result_only)
    return Clustered(model_of(trained), results)
