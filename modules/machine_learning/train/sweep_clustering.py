"""Sweep Clustering

Tries several numbers of clusters and keeps the best clusters.

The learner in the mode *Parameter Range* says which numbers of centers are tried, and from how many starts
each (**Number of seeds to sweep**).

**Metric:** all go by distances to centers. *Simplified Silhouette* and *Dunn* are better when larger,
*Davies-Bouldin* and *Average Deviation* when smaller; the average deviation falls with every further center.

*Sweep results* has a row for each run, the best first. *Results dataset* has the clusters of the best run.

>>> from modules.machine_learning.clustering.k_means_clustering import MeansParams, k_means_clustering
>>> learner = k_means_clustering(MeansParams(create_trainer_mode="parameter_range")).untrained_model
>>> table = Table.of(x=[0.0, 0.1, 0.2, 5.0, 5.1, 5.2])
>>> params = SweepClusterParams(specify_parameter_sweeping_mode="entire_grid")
>>> sweep_clustering(learner, table, params).sweep_results.column("Number of Centroids").data[0].as_py()
2
"""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

from modules.sdk.declare import module, port
from modules.sdk.params import Params, choice, columns, integer, toggle
from modules.sdk.selection import ColumnSelection
from modules.sdk.values import Model, Table

RANDOM = {"specify_parameter_sweeping_mode": ["random_sweep"]}
METRICS = {
    "simplified_silhouette": "Simplified Silhouette",
    "davies_bouldin": "Davies-Bouldin",
    "dunn": "Dunn",
    "average_deviation": "Average Deviation",
}


class SweepClusterParams(Params):
    metric_for_measuring_clustering_result: Literal[
        "simplified_silhouette", "davies_bouldin", "dunn", "average_deviation"
    ] = choice("simplified_silhouette", "Metric for measuring clustering result", METRICS)
    specify_parameter_sweeping_mode: Literal["entire_grid", "random_sweep"] = choice(
        "random_sweep",
        "Specify parameter sweeping mode",
        {"entire_grid": "Entire grid", "random_sweep": "Random sweep"},
    )
    maximum_number_of_runs_on_random_sweep: int = integer(
        5, "Maximum number of runs on random sweep", ge=1, le=10_000, shown_when=RANDOM
    )
    random_seed: int = integer(0, "Random seed", ge=0, le=2**32 - 1, shown_when=RANDOM)
    column_set: ColumnSelection = columns(ColumnSelection.all(), "Column Set", of="dataset")
    check_for_append_or_uncheck_for_result_only: bool = toggle(
        True,
        "Check for Append or Uncheck for Result Only",
        "Off: the results dataset has the assignments and distances alone.",
    )


class Swept(NamedTuple):
    best_trained_model: Annotated[Model, port("Best Trained model")]
    results_dataset: Annotated[Table, port("Results dataset")]
    sweep_results: Annotated[Table, port("Sweep results")]


@module(version=1, synonyms=("k-means", "number of clusters", "silhouette"))
def sweep_clustering(
    untrained_model: Annotated[Model, port("Untrained model")],
    dataset: Annotated[Table, port("Dataset")],
    params: SweepClusterParams,
) -> Swept:
    from modules.learning.clustering import assigned, clustering_recipe, sweep_clusters
    from modules.learning.pickling import model_of

    every = params.column_set == ColumnSelection.all()
    trained, results = sweep_clusters(
        clustering_recipe(untrained_model),
        dataset,
        None if every else params.column_set.names(dataset),
        params.metric_for_measuring_clustering_result,
        params.specify_parameter_sweeping_mode,
        params.maximum_number_of_runs_on_random_sweep,
        params.random_seed,
    )
    told = assigned(trained, dataset, params.check_for_append_or_uncheck_for_result_only)
    return Swept(model_of(trained), told, results)
