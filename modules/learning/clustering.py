"""Clusters: found, assigned, measured and swept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from modules.learning.cluster_labels import find_with_label, relabeled
from modules.learning.pickling import recipe_of, trained_of
from modules.learning.pool import each
from modules.learning.recipe import Recipe
from modules.learning.results import metrics_table
from modules.learning.scoring import appended
from modules.learning.sweeping import Sweep, combinations
from modules.learning.trained import TrainedModel
from modules.sdk.errors import ModuleError
from modules.sdk.values import Model, Table

METRICS = ("simplified_silhouette", "davies_bouldin", "dunn", "average_deviation")
LESS_IS_BETTER = ("davies_bouldin", "average_deviation")
COUNT, SEED = "number_of_centroids", "random_number_seed"


def clustering_recipe(model: Model) -> Recipe:
    recipe = recipe_of(model)
    if recipe.task != "clustering":
        raise ModuleError(f"{recipe.name} finds no clusters. Connect K-Means Clustering.")
    return recipe


def find_clusters(recipe: Recipe, table: Table, columns: Sequence[str] | None) -> TrainedModel:
    """The clusters of a table. What becomes of its label column, if it has one, the recipe says."""
    return find_with_label(recipe, table, columns)


def assigned(trained: TrainedModel, table: Table, append: bool) -> Table:
    """The table with the cluster of each row and its distances to all centers, or these alone."""
    said = trained.predictions(table)
    table = relabeled(trained, table, said)
    return appended(table, said, None) if append else Table.from_columns(said.columns(), len(table))


def assigner(model: Model) -> TrainedModel:
    trained = trained_of(model)
    if not isinstance(trained, TrainedModel) or trained.learner.task != "clustering":
        raise ModuleError("The model finds no clusters; use Score Model for it.")
    return trained


def sweep_clusters(
    recipe: Recipe, table: Table, columns: Sequence[str] | None, metric: str, mode: str, runs: int, seed: int
) -> tuple[TrainedModel, Table]:
    """The best clusters by the metric, and a row for each run."""
    counts = recipe.axes().get(COUNT) or recipe.default_axes()[COUNT]
    axes: dict[str, Sequence[float]] = {COUNT: [count for count in counts if count <= len(table)] or counts}
    starts = int(recipe.params.get("number_of_seeds_to_sweep", 1))
    first = int(recipe.params.get(SEED, 0))
    tried = combinations(axes, Sweep(mode, runs, seed, "accuracy", "mean_absolute_error"))
    wanted = [{**values, SEED: first + start} for values in tried for start in range(starts)]
    again = (
        {"initialization": recipe.params.get("initialization_for_sweep", "k_means")} if recipe.ranges else {}
    )

    def one(values: dict[str, Any]) -> tuple[TrainedModel, float]:
        trained = find_clusters(recipe.with_values({**again, **values}), table, columns)
        said = trained.predictions(table)
        assert said.distances is not None
        kept = said.scored
        return trained, _metric(metric, said.distances[kept], trained.learned_.estimator.centers_)

    found = each(one, wanted)
    sign = 1 if metric in LESS_IS_BETTER else -1
    order = sorted(range(len(found)), key=lambda at: (np.isnan(found[at][1]), sign * found[at][1], at))
    told = [
        {"Cluster Metric": found[at][1], "Number of Centroids": int(wanted[at][COUNT]), "Index of Run": at}
        for at in order
    ]
    return found[order[0]][0], metrics_table(told)


def _metric(name: str, away: np.ndarray, centers: np.ndarray) -> float:
    """By distances to the centers, as classic defines them: not those between rows."""
    own = away.min(axis=1)
    place = away.argmin(axis=1)
    if name == "average_deviation":
        return float(own.mean())
    if name == "simplified_silhouette":
        others = np.sort(away, axis=1)[:, 1]
        larger = np.maximum(own, others)
        return float(np.mean(np.divide(others - own, larger, out=np.zeros_like(own), where=larger > 0)))
    between = np.sqrt(((centers[:, None] - centers[None]) ** 2).sum(axis=2))
    np.fill_diagonal(between, np.nan)
    if name == "dunn":
        return float(np.nanmin(between) / own.max()) if own.max() else np.nan
    spread = np.array([own[place == at].mean() if (place == at).any() else 0.0 for at in range(len(centers))])
    with np.errstate(all="ignore"):
        return float(np.mean(np.nanmax((spread[:, None] + spread[None]) / between, axis=1)))
