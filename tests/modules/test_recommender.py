"""Recommenders: ratings divided, learned, predicted and measured."""

from __future__ import annotations

import math

import numpy as np
import pyarrow as pa
import pytest

from modules.data_transformation.split_data import SplitParams, split_data
from modules.machine_learning.evaluate.evaluate_recommender import EvaluateParams, evaluate_recommender
from modules.machine_learning.score.score_matchbox_recommender import (
    ScoreRecommenderParams,
    score_matchbox_recommender,
)
from modules.machine_learning.train.train_matchbox_recommender import (
    RecommenderParams,
    train_matchbox_recommender,
)
from modules.sdk.errors import ModuleError
from modules.sdk.values import Table
from tests.modules.tables import values

RNG = np.random.default_rng(5)
USERS, ITEMS = 120, 60
TASTE, KIND = RNG.choice([-1.0, 1.0], USERS), RNG.choice([-1.0, 1.0], ITEMS)
U = np.repeat(np.arange(USERS), 20)
I = np.concatenate([RNG.choice(ITEMS, 20, replace=False) for _ in range(USERS)])  # noqa: E741
R = np.clip(3 + 1.5 * TASTE[U] * KIND[I] + RNG.normal(0, 0.3, len(U)), 1, 5)


def ratings(rows=slice(None)) -> Table:
    return Table.of(u=U[rows].tolist(), i=[f"Böck {i}" for i in I[rows]], r=R[rows].tolist())


def train(table=None, users=None, items=None, **params):
    given = RecommenderParams(
        **{"number_of_traits": 2, "number_of_recommendation_algorithm_iterations": 10, **params}
    )
    return train_matchbox_recommender(
        ratings() if table is None else table, users, items, params=given
    ).trained_matchbox_recommender


def score(model, table, kind, *features, **params) -> Table:
    given = ScoreRecommenderParams(recommender_prediction_kind=kind, **params)
    return score_matchbox_recommender(model, table, *features, params=given).scored_dataset


@pytest.fixture(scope="module")
def model():
    return train(ratings(slice(0, None, 2)))


def test_ratings_that_were_not_seen_are_predicted(model) -> None:
    test = ratings(slice(1, None, 2))
    scored = score(model, test, "rating_prediction")
    assert scored.names == ["User", "Item", "Rating"]
    assert scored.column("User").type == "integer"
    found = evaluate_recommender(test, scored, EvaluateParams()).metric
    away = np.array(values(scored, "Rating")) - R[1::2]
    assert values(found, "RMSE") == [pytest.approx(math.sqrt((away**2).mean()))]
    assert values(found, "MAE") == [pytest.approx(np.abs(away).mean())]
    assert values(found, "RMSE")[0] < 0.5 < R.std()


def test_biases_alone_are_ridge_regression() -> None:
    table = Table.of(u=["a", "a", "b"], i=["x", "y", "x"], r=[5.0, 1, 3])
    scored = score(
        train(table, number_of_traits=0, number_of_recommendation_algorithm_iterations=500),
        table,
        "rating_prediction",
    )
    design = np.array([[1, 0, 1, 0], [1, 0, 0, 1], [0, 1, 1, 0]], float)
    right = np.array([5.0, 1, 3]) - 3
    best = 3 + design @ np.linalg.solve(design.T @ design + 2 * np.eye(4), design.T @ right)
    assert values(scored, "Rating") == pytest.approx(best.tolist(), abs=1e-6)


def test_items_and_users_alike_come_first(model) -> None:
    done = score(
        model, Table.of(u=[3, 3]), "item_recommendation", recommended_item_selection="From All Items"
    )
    assert values(done, "User") == [3]
    named = [int(values(done, f"Item {at}")[0].split()[1]) for at in range(1, 6)]
    assert {KIND[item] for item in named} == {TASTE[3]}
    near = score(model, Table.of(u=[3]), "related_users", related_user_selection="from_all_users")
    assert {TASTE[values(near, f"Related User {at}")[0]] for at in range(1, 6)} == {TASTE[3]}
    alike = score(model, Table.of(i=["Böck 7"]), "related_items", related_item_selection="from_all_items")
    assert {KIND[int(values(alike, f"Related Item {at}")[0].split()[1])] for at in range(1, 6)} == {KIND[7]}
    unrated = score(
        model,
        Table.of(u=[3]),
        "item_recommendation",
        None,
        None,
        ratings(slice(0, None, 2)),
        recommended_item_selection="from_unrated_items",
        maximum_number_of_items_to_recommend_to_a_user=60,
    )
    assert len(unrated.names) == 1 + 50


@pytest.mark.parametrize("kind", ["item_recommendation", "related_users", "related_items"])
def test_what_is_rated_in_a_test_is_ranked_and_measured(model, kind) -> None:
    test = ratings(slice(1, None, 2))
    found = evaluate_recommender(test, score(model, test, kind), EvaluateParams()).metric
    assert all(0.7 < values(found, name)[0] <= 1 for name in found.names)


def test_gain_is_that_of_the_books() -> None:
    test = Table.of(u=["a"] * 3, i=["x", "y", "z"], r=[3, 2, 1])
    scored = Table.of(User=["a", "b"], **{"Item 1": ["z", "x"], "Item 2": ["x", None]})
    found = evaluate_recommender(test, scored, EvaluateParams()).metric
    assert values(found, "NDCG") == [pytest.approx((1 + 3 / math.log2(3)) / (3 + 2 / math.log2(3)))]


def test_new_users_and_items_get_what_their_features_say() -> None:
    users = Table.of(u=list(range(USERS + 1)), taste=["hot" if t > 0 else "cold" for t in TASTE] + ["hot"])
    items = Table.of(i=[f"Böck {i}" for i in range(ITEMS)], heat=KIND.tolist())
    made = train(None, users, items)
    pairs = Table.of(u=[USERS, USERS], i=[f"Böck {np.argmax(KIND)}", f"Böck {np.argmin(KIND)}"])
    hot, cold = values(score(made, pairs, "rating_prediction", users, items), "Rating")
    assert hot > 4 > 2 > cold
    assert len(set(values(score(made, pairs, "rating_prediction"), "Rating"))) <= 2


@pytest.mark.parametrize(
    ("table", "why"),
    [
        (Table.of(u=["a"], i=["x"]), "The first 3 columns"),
        (Table.of(u=["a", "a"], i=["x", "x"], r=[1, 2]), "User a has rated item x more than once"),
        (Table.of(u=["a", "b"], i=["x", "x"], r=[1, 1]), "All ratings are 1"),
        (Table.of(u=["a", "b"], i=["x", "x"], r=[0, 100]), "less than 100 apart"),
        (Table.of(u=["a", None], i=["x", "x"], r=[1, 2]), "Row 2 of column u names none"),
        (Table.of(u=["a", "b"], i=["x", "x"], r=[1, None]), "Row 2 of column r has no rating"),
        (Table.of(u=[0.5], i=["x"], r=[1]), "not float"),
        (ratings().take(pa.array([], pa.int64())), "no ratings to learn from"),
    ],
)
def test_ratings_that_cannot_be_learned_are_refused(table, why) -> None:
    with pytest.raises(ModuleError, match=why):
        train(table)


def test_ratings_are_divided_by_users_and_items() -> None:
    params = SplitParams(
        splitting_mode="Recommender Split",
        fraction_of_training_only_users=0.25,
        fraction_of_cold_users=0.1,
        fraction_of_cold_items=0.2,
        fraction_of_ignored_users=0.1,
        fraction_of_ignored_items=0.1,
    )
    first, second = split_data(ratings(), params)
    train_users, test_users = (set(values(part, "u")) for part in (first, second))
    assert len(train_users | test_users) == USERS * 0.9
    assert len(train_users - test_users) == USERS * 0.25
    assert len(test_users - train_users) == USERS * 0.1
    assert len(set(values(second, "i")) - set(values(first, "i"))) == ITEMS * 0.2
    mixed = train_users & test_users
    kept = sum(user in mixed for user in values(first, "u"))
    assert 0.15 < kept / (len(mixed) * 20) < 0.3
    again = split_data(ratings(), params)
    assert again.results_dataset1.arrow().equals(first.arrow())
    none, empty = split_data(ratings().take(pa.array([], pa.int64())), params)
    assert len(none) == len(empty) == 0
    with pytest.raises(ModuleError, match="more than all users"):
        split_data(ratings(), SplitParams(splitting_mode="recommender_split", fraction_of_cold_users=0.6))
