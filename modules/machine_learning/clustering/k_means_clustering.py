"""K-Means Clustering

A learner that groups rows around a given number of centers.

Connect it to *Train Clustering Model* or *Sweep Clustering*.

scikit-learn's KMeans runs here, on the features as they are: bring them to one scale before (*Normalize
Data*). Text becomes an indicator for each of its values. *First N* starts from the first rows, *Evenly* from
rows at even distances in the table; *K-Means++Fast* is *K-Means++* here. Rows with missing features belong
to no cluster.

**A label column** is one that *Edit Metadata* (*Fields: Labels*) has marked. *Ignore label column* leaves it
out. *Fill missing values* makes it a feature; a missing label is the most frequent one of the cluster that
the other features suggest, and a row without one that is scored later goes to the center that is nearest by
the other features. *Overwrite from closest to center* gives each row, in the results, the label of
the row that lies nearest to the center of its cluster. The initialization *Use label column* starts from the
means of the rows of each label, the most frequent ones first; it needs as many labels as centers.

>>> made = k_means_clustering(MeansParams(number_of_centroids=3)).untrained_model
>>> made.card["task"], made.card["params"]["number_of_centroids"]
('clustering', 3)
"""

from __future__ import annotations

from typing import Any, Literal

from modules.learning.learner import Shape, Untrained, learner, untrained
from modules.learning.params import LearnerParams, Swept, TrainerMode, seed, swept, trainer_mode
from modules.sdk.declare import module
from modules.sdk.params import choice, integer

Start = Literal["first_n", "random", "k_means", "k_means_fast", "evenly", "use_label_column"]
STARTS = {
    "first_n": "First N",
    "random": "Random",
    "k_means": "K-Means++",
    "k_means_fast": "K-Means++Fast",
    "evenly": "Evenly",
    "use_label_column": "Use label column",
}
LABEL_MODES = {
    "ignore_label_column": "Ignore label column",
    "fill_missing_values": "Fill missing values",
    "overwrite_from_closest_to_center": "Overwrite from closest to center",
}


class MeansParams(LearnerParams):
    create_trainer_mode: TrainerMode = trainer_mode()
    number_of_centroids: Swept = swept(2, "Number of Centroids", [2, 3, 4, 5], whole=True, ge=2, le=10_000)
    initialization: Start = choice(
        "k_means", "Initialization", STARTS, shown_when={"create_trainer_mode": ["single_parameter"]}
    )
    initialization_for_sweep: Start = choice(
        "k_means", "Initialization for sweep", STARTS, shown_when={"create_trainer_mode": ["parameter_range"]}
    )
    random_number_seed: int = seed()
    number_of_seeds_to_sweep: int = integer(
        1,
        "Number of seeds to sweep",
        "Sweep Clustering tries so many starts with each number of centers.",
        ge=1,
        le=1_000,
        shown_when={"create_trainer_mode": ["parameter_range"]},
    )
    metric: Literal["euclidean", "cosine"] = choice(
        "euclidean", "Metric", {"euclidean": "Euclidean", "cosine": "Cosine"}
    )
    iterations: int = integer(100, "Iterations", ge=1, le=1_000_000)
    assign_label_mode: Literal[
        "ignore_label_column", "fill_missing_values", "overwrite_from_closest_to_center"
    ] = choice(
        "ignore_label_column",
        "Assign label mode",
        LABEL_MODES,
        "What becomes of a column that Edit Metadata has marked as the label.",
    )


def _build(params: MeansParams, shape: Shape) -> Any:
    from modules.learning.estimators.clusters import k_means

    return k_means(params, shape)


LEARNER = learner("k-means-clustering", "clustering", MeansParams, _build, weights=False)


@module(version=1, synonyms=("kmeans", "segments", "groups"))
def k_means_clustering(params: MeansParams) -> Untrained:
    return untrained(LEARNER, params)
