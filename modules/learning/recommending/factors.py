"""Factors of users and items: what is found where ratings are explained by a bias and a few traits of "
"each."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from modules.sdk.progress import progress

RIDGE = 2.0
"""How many ratings the prior of a user's or an item's factors is worth."""

CHUNK = 100_000


class Side(NamedTuple):
    """Of users, or of items: a row of factors each (bias first), and the map from features to them."""

    factors: np.ndarray
    of_features: np.ndarray


def find_factors(
    places: np.ndarray, ratings: np.ndarray, features: tuple[np.ndarray, np.ndarray], traits: int, rounds: int
) -> tuple[Side, Side]:
    """Alternates between users and items, each time the best factors of one side by ridge regression, drawn
    to what its features say. `places`: user and item of each rating; ratings are centered."""
    rng = np.random.default_rng(0)
    sides = [
        Side(np.zeros((len(each), traits + 1)), np.zeros((each.shape[1], traits + 1))) for each in features
    ]
    sides[1].factors[:, 1:] = rng.normal(0, 0.3, (len(features[1]), traits))
    for step in range(rounds):
        progress(step / rounds)
        for own, other in ((0, 1), (1, 0)):
            sides[own] = _better(places[own], places[other], ratings, features[own], sides[own], sides[other])
    return sides[0], sides[1]


def _better(
    own: np.ndarray, other: np.ndarray, ratings: np.ndarray, features: np.ndarray, side: Side, against: Side
) -> Side:
    from scipy.sparse import csr_matrix

    count, width = side.factors.shape
    expected = features @ side.of_features
    gram = np.zeros((count, width * width))
    right = np.zeros((count, width))
    for start in range(0, len(ratings), CHUNK):
        part = slice(start, start + CHUNK)
        theirs = against.factors[other[part]]
        design = np.column_stack([np.ones(len(theirs)), theirs[:, 1:]])
        left = ratings[part] - theirs[:, 0] - (design * expected[own[part]]).sum(axis=1)
        rows = np.arange(len(theirs))
        adding = csr_matrix((np.ones(len(rows)), (own[part], rows)), shape=(count, len(rows)))
        gram += adding @ (design[:, :, None] * design[:, None, :]).reshape(len(rows), -1)
        right += adding @ (design * left[:, None])
    square = gram.reshape(count, width, width) + RIDGE * np.eye(width)
    factors = expected + np.linalg.solve(square, right[:, :, None])[:, :, 0]
    if not features.shape[1]:
        return Side(factors, side.of_features)
    normal = features.T @ features + RIDGE * np.eye(features.shape[1])
    return Side(factors, np.linalg.solve(normal, features.T @ factors))
