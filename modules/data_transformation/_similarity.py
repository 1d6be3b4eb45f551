"""How alike two texts are, from 0 to 1, and which pairs of many are alike enough."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np
import pyarrow as pa

from modules.data_transformation._duckdb import take_engine
from modules.sdk.errors import ModuleError

Measure = Literal["jaro_winkler", "levenshtein", "words"]
MEASURES = {
    "jaro_winkler": "Jaro-Winkler, for names",
    "levenshtein": "Levenshtein, for typing mistakes",
    "words": "Words in common, in any order",
}
MOST_PAIRS = 50_000_000
"""Pairs of different texts that are compared at most: some ten seconds of work."""
SCORES = {
    "jaro_winkler": "jaro_winkler_similarity(a.t, b.t)",
    "levenshtein": "1 - levenshtein(a.t, b.t) / greatest(length(a.t), length(b.t), 1)",
    "words": (
        "coalesce(len(list_intersect(a.w, b.w)) / "
        "nullif(len(a.w) + len(b.w) - len(list_intersect(a.w, b.w)), 0), 0)"
    ),
}


class Alike(NamedTuple):
    """Pairs of places in two lists of texts, with the score of each."""

    left: np.ndarray
    right: np.ndarray
    score: np.ndarray


def folded(text: str) -> str:
    """Without what makes no other text: capitals, and spaces beyond one.

    >>> folded("  Straße  1 ")
    'strasse 1'
    """
    return " ".join(text.casefold().split())


def alike_pairs(
    left: Sequence[str], right: Sequence[str], measure: Measure, least: float, param: str
) -> Alike:
    """All pairs of a left and a right text whose score is at least that; of one list with itself each pair
    twice. ModuleError if there are too many to compare."""
    if len(left) * len(right) > MOST_PAIRS:
        raise ModuleError(
            f"{len(left):,} × {len(right):,} different texts are more pairs than are compared "
            f"({MOST_PAIRS:,}). Filter the rows first, or compare within groups.",
            param=param,
        )
    words = "list_distinct(string_split(t, ' '))"
    with take_engine() as engine:
        for name, texts in (("l", left), ("r", right)):
            engine.register(
                f"{name}_texts", pa.table({"t": pa.array(texts, pa.string()), "i": np.arange(len(texts))})
            )
            engine.execute(f"create table {name} as select t, i, {words} w from {name}_texts")  # noqa: S608  our words
        found = engine.execute(
            f"select i, j, s from (select a.i i, b.i j, {SCORES[measure]} s from l a, r b) "  # noqa: S608  our words
            "where s >= ? order by i, s desc, j",
            [least],
        ).fetchnumpy()
    return Alike(*(np.asarray(found[name]) for name in ("i", "j", "s")))
