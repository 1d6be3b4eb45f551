"""Evaluate Recommender

Measures what Score Matchbox Recommender said beside ratings that are known.

The first three columns of the *Test dataset* are user, item and rating. What the *Scored dataset* is, its
columns say:

- `User`, `Item`, `Rating`: `MAE` and `RMSE`, the mean error and the root of the mean square, over the pairs
  in both.
- `User`, `Item 1` …: `NDCG`, from 0 to 1: whether the items that a user has rated highest come first.
- `User`, `Related User 1` …, or `Item`, `Related Item 1` …: `L1 Sim NDCG` and `L2 Sim NDCG`, whether those
  come first whose ratings in common are nearest, by their distance or by its square. **Minimum number of
  items** (or **of users**) is how many ratings two must have in common.

A rating, or the likeness 1 / (1 + mean distance), counts less the further down it stands, by the logarithm
of its place.

>>> test = Table.of(user=["a", "a"], item=["x", "y"], rating=[5, 1])
>>> scored = Table.of(User=["a"], **{"Item 1": ["y"], "Item 2": ["x"]})
>>> done = evaluate_recommender(test, scored, EvaluateParams())
>>> round(done.metric.column("NDCG").data[0].as_py(), 3)
0.738
"""

from __future__ import annotations

from typing import Annotated, NamedTuple

from modules.sdk.declare import module, port
from modules.sdk.params import Params, integer
from modules.sdk.values import Table


class EvaluateParams(Params):
    minimum_number_of_items_that_the_query_user_and_the_related_user_must_have_rated_in_common: int = integer(
        2, "Minimum number of items that the query user and the related user must have rated in common", ge=1
    )
    minimum_number_of_users_that_the_query_item_and_the_related_item_must_have_been_rated_by_in_common: int = integer(  # noqa: E501  classic's name
        2,
        "Minimum number of users that the query item and the related item must have been rated by in common",
        ge=1,
    )


class RecommenderMeasured(NamedTuple):
    metric: Annotated[Table, port("Metric")]


@module(version=1, synonyms=("ndcg", "rmse", "metrics", "recommendation"))
def evaluate_recommender(
    test_dataset: Annotated[Table, port("Test dataset")],
    scored_dataset: Annotated[Table, port("Scored dataset")],
    params: EvaluateParams,
) -> RecommenderMeasured:
    from modules.learning.recommending.measures import measure

    items = params.minimum_number_of_items_that_the_query_user_and_the_related_user_must_have_rated_in_common
    users = params.minimum_number_of_users_that_the_query_item_and_the_related_item_must_have_been_rated_by_in_common  # noqa: E501  classic's name
    found = measure(test_dataset, scored_dataset, items, users)
    return RecommenderMeasured(Table.of(**{name: [value] for name, value in found.items()}))
