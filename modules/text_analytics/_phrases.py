"""Key phrases: runs of words between stop words and marks, scored by the company of their words (RAKE)."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection

PART = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|[^\w\s]|\n")
MOST_WORDS = 4


def candidates(text: str, stop: Collection[str]) -> list[list[str]]:
    """Runs of at most four words that are no stop words, in their order.

    >>> candidates("The old city of Bath has hot springs.", {"the", "of", "has"})
    [['old', 'city'], ['Bath'], ['hot', 'springs']]
    """
    runs: list[list[str]] = [[]]
    for word in PART.findall(text):
        low = word.casefold()
        if not word[0].isalnum() or low in stop or word.isdigit() or len(word) < 2:
            runs.append([])
        else:
            runs[-1].append(word)
    return [run for run in runs if 0 < len(run) <= MOST_WORDS]


def key_phrases(text: str, stop: Collection[str]) -> list[str]:
    """The best third of the candidates, at least one, as they are first written; best first, ties by
    place."""
    runs = candidates(text, stop)
    often: Counter[str] = Counter()
    degree: defaultdict[str, int] = defaultdict(int)
    for run in runs:
        for word in run:
            often[word.casefold()] += 1
            degree[word.casefold()] += len(run)
    scores: dict[str, float] = {}
    written: dict[str, str] = {}
    for run in runs:
        key = " ".join(run).casefold()
        written.setdefault(key, " ".join(run))
        scores[key] = sum(degree[word.casefold()] / often[word.casefold()] for word in run)
    best = sorted(scores, key=lambda key: -scores[key])
    return [written[key] for key in best[: max(1, (len(best) + 2) // 3)]]
