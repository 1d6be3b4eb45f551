"""What a recommender says, as the tables that Score Matchbox Recommender gives."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from modules.learning.recommending.recommender import Known, Recommender
from modules.learning.recommending.triples import Triples
from modules.sdk.casting import cast
from modules.sdk.column import Column
from modules.sdk.numbers import float_column
from modules.sdk.values import Table

Ranked = dict[str, list[str]]
CHUNK = 2_000_000
NUMBER = re.compile(r"-?\d{1,18}")


def rated(made: Recommender, pairs: Triples, features: Sequence[Table | None]) -> Table:
    """`User`, `Item` and the predicted `Rating` of each pair."""
    users = made.users.vectors(pairs.users, features[0])
    items = made.items.vectors(pairs.items, features[1])
    ends = [_names("User", pairs.users, made.users.whole), _names("Item", pairs.items, made.items.whole)]
    rating = float_column("Rating", made.of_pairs(users, items))
    return Table.from_columns([*ends, rating], len(pairs.users))


def recommended(
    made: Recommender, users: Sequence[str], features: Sequence[Table | None], most: int, seen: dict[str, Any]
) -> Ranked:
    """Of each user the items with the highest predicted ratings, without those that are `seen`."""
    items = made.items.vectors(made.items.names, features[1])
    found: Ranked = {}
    step = max(1, CHUNK // max(1, len(items)))
    for start in range(0, len(users), step):
        part = users[start : start + step]
        told = made.of_all(made.users.vectors(part, features[0]), items)
        for user, ratings in zip(part, told, strict=True):
            order = (made.items.names[at] for at in np.argsort(-ratings, kind="stable"))
            out = seen.get(user, {})
            found[user] = _first((item for item in order if item not in out), most)
    return found


def recommended_of_rated(
    made: Recommender, pairs: Triples, features: Sequence[Table | None], most: int, least: int
) -> Ranked:
    """Of each user with enough rated items these items, in the order of their predicted ratings."""
    found: Ranked = {}
    for user, own in pairs.by_user().items():
        if len(own) < least:
            continue
        items = list(own)
        told = made.of_all(made.users.vectors([user], features[0]), made.items.vectors(items, features[1]))
        found[user] = [items[at] for at in np.argsort(-told[0], kind="stable")[:most]]
    return found


def related(known: Known, wanted: Sequence[str], features: Table | None, most: int) -> Ranked:
    """Of each one those trained on that are most like it: by the angle between their factors."""
    return _nearest(known, wanted, features, most, lambda one: known.names)


def related_of_rated(
    known: Known, pairs: Triples, features: Table | None, most: int, common: int, least: int
) -> Ranked:
    """The same among those that share enough ratings in these pairs, of those that have enough of such."""
    own = pairs.by_user()
    by_item = pairs.turned().by_user()

    def pool(one: str) -> list[str]:
        shared: dict[str, int] = {}
        for item in own[one]:
            for other in by_item[item]:
                shared[other] = shared.get(other, 0) + 1
        return [other for other, count in shared.items() if other != one and count >= common]

    pools = {one: pool(one) for one in own}
    wanted = [one for one in own if len(pools[one]) >= least]
    return _nearest(known, wanted, features, most, pools.__getitem__)


def _nearest(
    known: Known,
    wanted: Sequence[str],
    features: Table | None,
    most: int,
    pool: Callable[[str], Sequence[str]],
) -> Ranked:
    own, found = _unit(known.vectors(wanted, features)), {}
    whole = _unit(known.vectors(known.names, features))
    for one, vector in zip(wanted, own, strict=True):
        others = pool(one)
        vectors = whole if others is known.names else _unit(known.vectors(others, features))
        order = (others[at] for at in np.argsort(-(vectors @ vector), kind="stable"))
        found[one] = _first((other for other in order if other != one), most)
    return found


def ranked_table(ranked: Ranked, first: str, behind: str, whole: tuple[bool, bool]) -> Table:
    """A row for each, with the others beside it, best first: `User`, `Item 1`, `Item 2` …"""
    width = max((len(others) for others in ranked.values()), default=0)
    columns = [_names(first, list(ranked), whole[0])]
    for at in range(width):
        texts = [others[at] if at < len(others) else None for others in ranked.values()]
        columns.append(_names(f"{behind} {at + 1}", texts, whole[1]))
    return Table.from_columns(columns, len(ranked))


def _names(name: str, texts: Sequence[str | None], whole: bool) -> Column:
    """Identifiers as the table had them: whole numbers, or texts."""
    column = Column(name, pa.chunked_array([pa.array(list(texts), pa.large_string())]))
    return (
        cast(column, "integer")
        if whole and all(text is None or NUMBER.fullmatch(text) for text in texts)
        else column
    )


def _unit(vectors: np.ndarray) -> np.ndarray:
    length = np.sqrt((vectors**2).sum(axis=1, keepdims=True))
    return np.asarray(vectors / np.where(length > 0, length, 1.0))


def _first(found: Any, most: int) -> list[str]:
    return [one for one, _ in zip(found, range(most), strict=False)]
