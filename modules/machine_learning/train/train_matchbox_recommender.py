"""Train Matchbox Recommender

Learns from ratings which users like which items.

The first three columns of the *training dataset* are user, item and rating: whole numbers or texts, then a
number. Each pair is rated once; ratings differ, and are less than 100 apart. The tables of *user features*
and *item features* are optional; their first column is the user or the item, the others are numbers or
texts. With features, users and items without a rating get one, too.

A rating is explained by a bias of the user and of the item, and by how their traits go together: **Number
of traits** of each; 0 takes the biases alone. **Number of recommendation algorithm iterations** is how
often users and items are fitted in turn. **Number of training batches** is kept for experiments of ML
Studio (classic); it changes nothing here.

What runs here is a matrix factorization with features by alternating ridge regression. ML Studio (classic)
passed messages in a Bayesian model of the same form: ratings are near, not the same. Numbers are scaled by
their largest value, and a missing feature is taken as the most frequent one, as there.

>>> table = Table.of(user=["a", "a", "b", "b", "c"], item=["x", "y", "x", "y", "x"], rating=[5, 1, 4, 2, 5])
>>> model = train_matchbox_recommender(table, params=RecommenderParams()).trained_matchbox_recommender
>>> model.card["learner"], model.card["rows"]
('train-matchbox-recommender', 5)
"""

from __future__ import annotations

from typing import Annotated, NamedTuple

from modules.sdk.declare import module, port
from modules.sdk.params import Params, integer
from modules.sdk.values import Model, Table


class RecommenderParams(Params):
    number_of_traits: int = integer(10, "Number of traits", ge=0, le=200)
    number_of_recommendation_algorithm_iterations: int = integer(
        5, "Number of recommendation algorithm iterations", ge=1, le=1000
    )
    number_of_training_batches: int = integer(
        4,
        "Number of training batches",
        "Kept for experiments of ML Studio (classic); it changes nothing here.",
        ge=1,
    )


class RecommenderTrained(NamedTuple):
    trained_matchbox_recommender: Annotated[Model, port("Trained Matchbox recommender")]


@module(
    version=1, synonyms=("recommendation", "collaborative filtering", "matrix factorization", "svd", "als")
)
def train_matchbox_recommender(
    training_dataset_of_user_item_rating_triples: Annotated[
        Table, port("Training dataset of user-item-rating triples")
    ],
    training_dataset_of_user_features: Annotated[
        Table | None, port("Training dataset of user features")
    ] = None,
    training_dataset_of_item_features: Annotated[
        Table | None, port("Training dataset of item features")
    ] = None,
    *,
    params: RecommenderParams,
) -> RecommenderTrained:
    from modules.learning.recommending.recommender import train_recommender

    model = train_recommender(
        training_dataset_of_user_item_rating_triples,
        training_dataset_of_user_features,
        training_dataset_of_item_features,
        params.number_of_traits,
        params.number_of_recommendation_algorithm_iterations,
    )
    return RecommenderTrained(model)
