"""A trained recommender: predicts ratings, and puts items, users and items like one in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from modules.learning.recommending.factors import Side, find_factors
from modules.learning.recommending.traits import Traits, fit_traits
from modules.learning.recommending.triples import check_ratings, read_triples
from modules.learning.threads import steady
from modules.sdk.card import Card
from modules.sdk.errors import ModuleError
from modules.sdk.values import Model, Table

SLUG = "train-matchbox-recommender"


@dataclass(frozen=True)
class Known:
    """Users, or items: their identifiers in order, whether these are whole numbers, their factors, and how
    features of theirs are read."""

    what: str
    names: tuple[str, ...]
    whole: bool
    side: Side
    traits: Traits

    def vectors(self, wanted: Sequence[str], features: Table | None) -> np.ndarray:
        """Factors of these; of those that were not trained on, what their features say."""
        place = {name: at for at, name in enumerate(self.names)}
        new = [name for name in wanted if name not in place]
        guessed = dict(
            zip(new, self.traits.matrix(features, new, self.what) @ self.side.of_features, strict=True)
        )
        rows = [self.side.factors[place[name]] if name in place else guessed[name] for name in wanted]
        return np.array(rows).reshape(len(wanted), self.side.factors.shape[1])


@dataclass(frozen=True)
class Recommender:
    """`mean` and `scale` of the ratings, and their ends, beyond which nothing is predicted."""

    users: Known
    items: Known
    mean: float
    scale: float
    low: float
    high: float

    def of_pairs(self, users: np.ndarray, items: np.ndarray) -> np.ndarray:
        """Predicted ratings, of a row of `users` with the same row of `items`."""
        told = users[:, 0] + items[:, 0] + (users[:, 1:] * items[:, 1:]).sum(axis=1)
        return np.asarray(np.clip(self.mean + self.scale * told, self.low, self.high))

    def of_all(self, users: np.ndarray, items: np.ndarray) -> np.ndarray:
        """The same of each row of `users` with each of `items`: users × items. Not bound to the ends of the
        ratings, so that an order can be told."""
        told = users[:, :1] + items[:, 0] + users[:, 1:] @ items[:, 1:].T
        return np.asarray(self.mean + self.scale * told)


def train_recommender(
    table: Table, user_features: Table | None, item_features: Table | None, traits: int, rounds: int
) -> Model:
    triples = read_triples(table)
    check_ratings(triples.ratings)
    mean, scale = float(triples.ratings.mean()), float(triples.ratings.std())
    names, places, coded = [], [], []
    for own, features, what in (
        (triples.users, user_features, "users"),
        (triples.items, item_features, "items"),
    ):
        known = tuple(dict.fromkeys(own))
        place = {name: at for at, name in enumerate(known)}
        names.append(known)
        places.append(np.array([place[name] for name in own]))
        coded.append(fit_traits(features, what))
    matrices = (
        coded[0].matrix(user_features, names[0], "users"),
        coded[1].matrix(item_features, names[1], "items"),
    )
    with steady():
        sides = find_factors(np.array(places), (triples.ratings - mean) / scale, matrices, traits, rounds)
    made = Recommender(
        Known("users", names[0], table.columns[0].type == "integer", sides[0], coded[0]),
        Known("items", names[1], table.columns[1].type == "integer", sides[1], coded[1]),
        mean,
        scale,
        float(triples.ratings.min()),
        float(triples.ratings.max()),
    )
    return _model(made, len(table), traits, rounds)


def _model(made: Recommender, rows: int, traits: int, rounds: int) -> Model:
    from modules.learning.pickling import pickled

    params = {"number_of_traits": traits, "number_of_recommendation_algorithm_iterations": rounds}
    card = Card(task="unknown", learner=SLUG, params=dict(params), trained=True, rows=rows)
    return Model(pickled(made), SLUG, "Matchbox recommender", card.model_dump(mode="json"))


def recommender_of(model: Model) -> Recommender:
    from modules.learning.pickling import opened

    thing = opened(model)
    if not isinstance(thing, Recommender):
        raise ModuleError("The model is no recommender. Connect the output of Train Matchbox Recommender.")
    return thing
