"""Score Matchbox Recommender

Predicts ratings, or names items for users, users like a user, or items like an item.

**Recommender prediction kind**

- *Rating Prediction*: the first two columns of the dataset are user and item; `User`, `Item`, `Rating` come
  out.
- *Item Recommendation*: `User`, `Item 1`, `Item 2` … with the highest predicted ratings. *From All Items*:
  the first column of the dataset names users. *From Rated Items*: its first columns are user, item and
  rating, and a user's own items are put in order, which can be evaluated. *From Unrated Items*: like all
  items, without those that the user has rated in the **Training Dataset** on the fifth port.
- *Related Users*, *Related Items*: `User`, `Related User 1` …, those whose traits point the same way. *From
  All*: the first column names users (or items). *From Users That Rated Items*: the dataset is user, item
  and rating, and only those count with enough ratings in common.

Users and items that were not in the training get what their features say, if *User features* and *Item
features* are wired as in the training; without features they are taken as average ones.

>>> from modules.machine_learning.train.train_matchbox_recommender import *
>>> table = Table.of(user=["a", "a", "b", "b", "c"], item=["x", "y", "x", "y", "x"], rating=[5, 1, 4, 2, 5])
>>> model = train_matchbox_recommender(table, params=RecommenderParams()).trained_matchbox_recommender
>>> params = ScoreRecommenderParams(recommended_item_selection="from_all_items")
>>> done = score_matchbox_recommender(model, Table.of(user=["c"]), params=params).scored_dataset
>>> done.arrow().to_pydict()
{'User': ['c'], 'Item 1': ['x'], 'Item 2': ['y']}
"""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

from modules.sdk.declare import module, port
from modules.sdk.params import Params, choice, integer
from modules.sdk.values import Model, Table

KINDS = {
    "rating_prediction": "Rating Prediction",
    "item_recommendation": "Item Recommendation",
    "related_users": "Related Users",
    "related_items": "Related Items",
}
ITEM_CHOICES = {
    "from_all_items": "From All Items",
    "from_rated_items": "From Rated Items (for model evaluation)",
    "from_unrated_items": "From Unrated Items (to suggest new items to users)",
}
RELATED_ITEM_CHOICES = {name: ITEM_CHOICES[name] for name in ("from_all_items", "from_rated_items")}
USER_CHOICES = {
    "from_all_users": "From All Users",
    "from_users_that_rated_items": "From Users That Rated Items (for model evaluation)",
}
ITEMS = {"recommender_prediction_kind": ["item_recommendation"]}
USERS = {"recommender_prediction_kind": ["related_users"]}
RELATED = {"recommender_prediction_kind": ["related_items"]}
OWN_ITEMS = {**ITEMS, "recommended_item_selection": ["from_rated_items"]}
OWN_USERS = {**USERS, "related_user_selection": ["from_users_that_rated_items"]}
OWN_RELATED = {**RELATED, "related_item_selection": ["from_rated_items"]}


class ScoreRecommenderParams(Params):
    recommender_prediction_kind: Literal[
        "rating_prediction", "item_recommendation", "related_users", "related_items"
    ] = choice("item_recommendation", "Recommender prediction kind", KINDS)
    recommended_item_selection: Literal["from_all_items", "from_rated_items", "from_unrated_items"] = choice(
        "from_rated_items", "Recommended item selection", ITEM_CHOICES, shown_when=ITEMS
    )
    maximum_number_of_items_to_recommend_to_a_user: int = integer(
        5, "Maximum number of items to recommend to a user", ge=1, le=1000, shown_when=ITEMS
    )
    minimum_size_of_the_recommendation_pool_for_a_single_user: int = integer(
        2, "Minimum size of the recommendation pool for a single user", ge=1, shown_when=OWN_ITEMS
    )
    related_user_selection: Literal["from_all_users", "from_users_that_rated_items"] = choice(
        "from_users_that_rated_items", "Related user selection", USER_CHOICES, shown_when=USERS
    )
    maximum_number_of_related_users_to_find_for_a_user: int = integer(
        5, "Maximum number of related users to find for a user", ge=1, le=1000, shown_when=USERS
    )
    minimum_number_of_items_that_the_query_user_and_the_related_user_must_have_rated_in_common: int = integer(
        2,
        "Minimum number of items that the query user and the related user must have rated in common",
        ge=1,
        shown_when=OWN_USERS,
    )
    minimum_size_of_the_related_user_pool_for_a_single_user: int = integer(
        2, "Minimum size of the related user pool for a single user", ge=1, shown_when=OWN_USERS
    )
    related_item_selection: Literal["from_all_items", "from_rated_items"] = choice(
        "from_rated_items", "Related item selection", RELATED_ITEM_CHOICES, shown_when=RELATED
    )
    maximum_number_of_related_items_to_find_for_an_item: int = integer(
        5, "Maximum number of related items to find for an item", ge=1, le=1000, shown_when=RELATED
    )
    minimum_number_of_users_that_the_query_item_and_the_related_item_must_have_been_rated_by_in_common: int = integer(  # noqa: E501  classic's name
        2,
        "Minimum number of users that the query item and the related item must have been rated by in common",
        ge=1,
        shown_when=OWN_RELATED,
    )
    minimum_size_of_the_related_item_pool_for_a_single_item: int = integer(
        2, "Minimum size of the related item pool for a single item", ge=1, shown_when=OWN_RELATED
    )


class RecommenderScored(NamedTuple):
    scored_dataset: Annotated[Table, port("Scored dataset")]


@module(version=1, synonyms=("recommendation", "collaborative filtering", "similar items", "predict"))
def score_matchbox_recommender(
    trained_matchbox_recommender: Annotated[Model, port("Trained Matchbox recommender")],
    dataset_to_score: Annotated[Table, port("Dataset to score")],
    user_features: Annotated[Table | None, port("User features")] = None,
    item_features: Annotated[Table | None, port("Item features")] = None,
    training_dataset: Annotated[Table | None, port("Training Dataset")] = None,
    *,
    params: ScoreRecommenderParams,
) -> RecommenderScored:
    from modules.learning.recommending.recommender import recommender_of
    from modules.learning.recommending.scored import scored

    made = recommender_of(trained_matchbox_recommender)
    return RecommenderScored(
        scored(made, dataset_to_score, (user_features, item_features), training_dataset, params)
    )
