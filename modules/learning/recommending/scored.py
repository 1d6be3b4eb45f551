"""What Score Matchbox Recommender is asked for, by its settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from modules.learning.recommending.ranking import (
    ranked_table,
    rated,
    recommended,
    recommended_of_rated,
    related,
    related_of_rated,
)
from modules.learning.recommending.recommender import Recommender
from modules.learning.recommending.triples import ids, read_triples
from modules.sdk.errors import ModuleError
from modules.sdk.values import Table

if TYPE_CHECKING:
    from modules.machine_learning.score.score_matchbox_recommender import ScoreRecommenderParams

Features = tuple[Table | None, Table | None]


def scored(
    made: Recommender,
    table: Table,
    features: Features,
    training: Table | None,
    params: ScoreRecommenderParams,
) -> Table:
    if not table.columns:
        raise ModuleError("The dataset to score has no column of users or items.")
    kind = params.recommender_prediction_kind
    if kind == "rating_prediction":
        return rated(made, read_triples(table, rated=False), features)
    if kind == "item_recommendation":
        return _items(made, table, features, training, params)
    return _related(made, table, features, kind == "related_users", params)


def _items(
    made: Recommender,
    table: Table,
    features: Features,
    training: Table | None,
    params: ScoreRecommenderParams,
) -> Table:
    most = params.maximum_number_of_items_to_recommend_to_a_user
    if params.recommended_item_selection == "from_rated_items":
        least = params.minimum_size_of_the_recommendation_pool_for_a_single_user
        found = recommended_of_rated(made, read_triples(table), features, most, least)
        return ranked_table(found, "User", "Item", (made.users.whole, made.items.whole))
    seen = {}
    if params.recommended_item_selection == "from_unrated_items":
        if training is None:
            raise ModuleError(
                "To leave out what users have rated, wire the training dataset into the fifth port.",
                param="recommended_item_selection",
            )
        seen = read_triples(training).by_user()
    users = list(dict.fromkeys(ids(table.columns[0], "users")))
    found = recommended(made, users, features, most, seen)
    return ranked_table(found, "User", "Item", (made.users.whole, made.items.whole))


def _related(
    made: Recommender, table: Table, features: Features, users: bool, params: ScoreRecommenderParams
) -> Table:
    known, own, name = (made.users, features[0], "User") if users else (made.items, features[1], "Item")
    if users:
        own_only = params.related_user_selection == "from_users_that_rated_items"
        most = params.maximum_number_of_related_users_to_find_for_a_user
        common = (
            params.minimum_number_of_items_that_the_query_user_and_the_related_user_must_have_rated_in_common
        )
        least = params.minimum_size_of_the_related_user_pool_for_a_single_user
    else:
        own_only = params.related_item_selection == "from_rated_items"
        most = params.maximum_number_of_related_items_to_find_for_an_item
        common = params.minimum_number_of_users_that_the_query_item_and_the_related_item_must_have_been_rated_by_in_common  # noqa: E501  classic's name
        least = params.minimum_size_of_the_related_item_pool_for_a_single_item
    if own_only:
        pairs = read_triples(table)
        found = related_of_rated(known, pairs if users else pairs.turned(), own, most, common, least)
    else:
        found = related(known, list(dict.fromkeys(ids(table.columns[0], known.what))), own, most)
    return ranked_table(found, name, f"Related {name}", (known.whole, known.whole))
