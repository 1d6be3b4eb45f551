"""N-grams of texts: found, counted over a corpus, weighed."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np

TOKEN = re.compile(r"\|\|\||[^\W_]+(?:['’-][^\W_]+)*")
MARK = "|||"
JOIN = "_"
DAMPING, ROUNDS, WINDOW = 0.85, 30, 4


class Shape(NamedTuple):
    """Which words and runs of words are n-grams. `skip`: how many words may be left out in one of them."""

    most: int = 1
    skip: int = 0
    shortest: int = 3
    longest: int = 25
    begin: bool = False


def ngrams(text: str, shape: Shape) -> list[str]:
    """The n-grams of a text in their order, as often as they occur. None goes over the end of a sentence.

    >>> ngrams("One two three", Shape(most=2, skip=1))
    ['One', 'One_two', 'One_three', 'two', 'two_three', 'three']
    """
    found: list[str] = []
    for words in _sentences(text, shape):
        for at in range(len(words)):
            if words[at] != MARK:
                found.append(words[at])
            for n in range(2, shape.most + 1):
                behind = range(at + 1, min(len(words), at + n + shape.skip))
                for rest in combinations(behind, n - 1):
                    found.append(JOIN.join((words[at], *(words[place] for place in rest))))
    return found


def _sentences(text: str, shape: Shape) -> Iterable[list[str]]:
    words: list[list[str]] = [[]]
    for token in TOKEN.findall(text):
        if token == MARK:
            words.append([])
        elif shape.shortest <= len(token) <= shape.longest:
            words[-1].append(token)
    return [[MARK, *part] if shape.begin else part for part in words if part]


class Vocabulary(NamedTuple):
    """In how many documents of a corpus each n-gram occurs."""

    documents: int
    frequency: Mapping[str, float]
    idf: Mapping[str, float]


def vocabulary_of(documents: Sequence[Sequence[str]]) -> Vocabulary:
    often: Counter[str] = Counter()
    for found in documents:
        often.update(list(dict.fromkeys(found)))
    return counted(len(documents), often)


def counted(documents: float, frequency: Mapping[str, float]) -> Vocabulary:
    idf = {gram: math.log(documents / df) if documents > df else 0.0 for gram, df in frequency.items()}
    return Vocabulary(int(documents), frequency, idf)


def frequent(known: Vocabulary, least: float, ratio: float) -> Vocabulary:
    """The n-grams of at least so many documents, and of at most this share of them."""
    most = ratio * known.documents
    kept = {gram: df for gram, df in known.frequency.items() if least <= df <= most}
    return Vocabulary(known.documents, kept, {gram: known.idf[gram] for gram in kept})


def weights(found: Sequence[str], known: Vocabulary, weighting: str) -> dict[str, float]:
    """The weight of each known n-gram of a document."""
    often = Counter(gram for gram in found if gram in known.frequency)
    if weighting == "binary_weight":
        return dict.fromkeys(often, 1.0)
    if weighting == "tf_weight":
        return {gram: float(count) for gram, count in often.items()}
    if weighting == "idf_weight":
        return {gram: known.idf[gram] for gram in often}
    if weighting == "tf_idf_weight":
        return {gram: count * known.idf[gram] for gram, count in often.items()}
    return ranks([gram for gram in found if gram in often])


def ranks(found: Sequence[str]) -> dict[str, float]:
    """TextRank: how central each n-gram is among those that stand up to four places from it; their sum is 1.

    >>> {gram: round(rank, 2) for gram, rank in ranks(["a", "b", "a"]).items()}
    {'a': 0.5, 'b': 0.5}
    """
    grams = list(dict.fromkeys(found))
    place = {gram: at for at, gram in enumerate(grams)}
    n = len(grams)
    if not n:
        return {}
    pairs: Counter[tuple[int, int]] = Counter()
    for at, gram in enumerate(found):
        for other in found[at + 1 : at + WINDOW + 1]:
            if other != gram:
                pairs[place[gram], place[other]] += 1
                pairs[place[other], place[gram]] += 1
    if not pairs:
        return dict.fromkeys(grams, 1.0 / n)
    ends = np.array(list(pairs))
    much = np.array(list(pairs.values()), float)
    out = np.bincount(ends[:, 0], much, n)
    rank = np.full(n, 1.0 / n)
    for _ in range(ROUNDS):
        sent = np.divide(rank, out, out=np.zeros(n), where=out > 0)
        rank = (1 - DAMPING) / n + DAMPING * np.bincount(ends[:, 1], much * sent[ends[:, 0]], n)
    return {gram: float(rank[at] / rank.sum()) for gram, at in place.items()}
