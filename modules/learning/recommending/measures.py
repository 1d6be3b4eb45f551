"""How good a recommender is: errors of ratings, and the order of what it names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from modules.learning.recommending.triples import Triples, ids, read_triples
from modules.sdk.casting import cast, uncategorical
from modules.sdk.errors import ModuleError
from modules.sdk.values import Table

Ratings = Mapping[str, Mapping[str, float]]


def measure(test: Table, scored: Table, common_items: int, common_users: int) -> dict[str, float]:
    """The metrics of a scored table, by what its columns say it is."""
    names, truth = scored.names, read_triples(test)
    if names[:3] == ["User", "Item", "Rating"]:
        return _errors(truth, read_triples(scored))
    first, rest = names[:1], names[1:]
    if first == ["User"] and rest and all(name.startswith("Item ") for name in rest):
        return {
            "NDCG": _mean(
                _item_gains(truth.by_user(), _lists(scored)), "items that the test dataset has rated"
            )
        }
    for own, ratings, common in (("User", truth, common_items), ("Item", truth.turned(), common_users)):
        if first == [own] and rest and all(name.startswith(f"Related {own} ") for name in rest):
            return _alike(ratings.by_user(), _lists(scored), common)
    raise ModuleError(
        "The scored dataset is none of Score Matchbox Recommender: its columns are User, Item, Rating; or "
        "User, "
        "Item 1 …; or User, Related User 1 …; or Item, Related Item 1 …."
    )


def _errors(truth: Triples, said: Triples) -> dict[str, float]:
    known = truth.by_user()
    pairs = [
        (known[user][item], rating)
        for user, item, rating in zip(said.users, said.items, said.ratings, strict=True)
        if item in known.get(user, ())
    ]
    if not pairs:
        raise ModuleError("No pair of user and item in the scored dataset has a rating in the test dataset.")
    away = np.array([one - other for one, other in pairs])
    return {"MAE": float(np.abs(away).mean()), "RMSE": float(np.sqrt((away**2).mean()))}


def _lists(scored: Table) -> dict[str, list[str]]:
    whose = ids(scored.columns[0], "users or items")
    named = [cast(uncategorical(column), "string").data.to_pylist() for column in scored.columns[1:]]
    return {one: [name for name in row if name is not None] for one, *row in zip(whose, *named, strict=True)}


def _gain(relevant: Sequence[float]) -> float:
    return float(sum(value / np.log2(place + 2) for place, value in enumerate(relevant)))


def _normalized(found: Sequence[float], best: Sequence[float]) -> float:
    ideal = _gain(sorted(best, reverse=True)[: len(found)])
    return _gain(found) / ideal if ideal > 0 else 1.0


def _item_gains(truth: Ratings, lists: Mapping[str, list[str]]) -> list[float]:
    gains = []
    for user, items in lists.items():
        own = truth.get(user, {})
        found = [own.get(item, 0.0) for item in items]
        if any(item in own for item in items):
            gains.append(_normalized(found, list(own.values())))
    return gains


def _alike(truth: Ratings, lists: Mapping[str, list[str]], common: int) -> dict[str, float]:
    """Likeness is that of ratings in common: 1 / (1 + distance), the distance by value (L1) or by square "
    "(L2)."""
    gains: dict[int, list[float]] = {1: [], 2: []}
    for one, others in lists.items():
        if one not in truth:
            continue
        for power, found in gains.items():
            all = {
                other: _likeness(truth[one], truth[other], power, common) for other in truth if other != one
            }
            best = [value for value in all.values() if value is not None]
            told = [all.get(other) or 0.0 for other in others]
            if any(told):
                found.append(_normalized(told, best))
    what = "related ones that the test dataset has ratings in common with"
    return {f"L{power} Sim NDCG": _mean(found, what) for power, found in gains.items()}


def _likeness(one: Mapping[str, float], other: Mapping[str, float], power: int, common: int) -> float | None:
    """None where too few ratings are in common."""
    shared = one.keys() & other.keys()
    if len(shared) < common:
        return None
    away = np.abs([one[name] - other[name] for name in shared]) ** power
    return 1.0 / (1.0 + float(away.mean()) ** (1.0 / power))


def _mean(gains: Sequence[float], what: str) -> float:
    if not gains:
        raise ModuleError(f"The scored dataset names no {what}, so that nothing can be measured.")
    return float(np.mean(gains))
