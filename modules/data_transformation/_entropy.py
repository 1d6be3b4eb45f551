"""Edges that part classes: the minimum description length principle (Fayyad & Irani 1993)."""

from __future__ import annotations

import heapq
from typing import NamedTuple

import numpy as np


class _Cut(NamedTuple):
    """Parts the sorted rows from `start` to `end` before row `at`. `gain` is its information gain times rows,
    negative for the heap; `at` 0: no cut is worth its description."""

    gain: float
    at: int
    start: int
    end: int


def entropy_edges(values: np.ndarray, classes: np.ndarray, most_bins: int) -> np.ndarray:
    """The edges between at most so many bins, midway between values; those that gain most come first.

    >>> entropy_edges(np.array([1.0, 2.0, 3.0, 10.0, 11.0, 12.0]), np.array([0, 0, 0, 1, 1, 1]), 10).tolist()
    [6.5]
    """
    if not len(values):
        return np.array([])
    order = np.argsort(values, kind="stable")
    values, (_, classes) = values[order], np.unique(classes[order], return_inverse=True)
    before = np.zeros((len(values) + 1, classes.max() + 1))
    np.add.at(before, (np.arange(1, len(values) + 1), classes), 1)
    before = before.cumsum(axis=0)  # by row the classes of the rows before it
    waiting = [_best_cut(values, before, 0, len(values))]
    edges: list[float] = []
    while waiting and len(edges) + 1 < most_bins:
        cut = heapq.heappop(waiting)
        if not cut.at:
            break
        low, high = values[cut.at - 1], values[cut.at]
        middle = low + (high - low) / 2
        edges.append(float(middle if low <= middle < high else low))
        for start, end in ((cut.start, cut.at), (cut.at, cut.end)):
            heapq.heappush(waiting, _best_cut(values, before, start, end))
    return np.array(sorted(edges))


def _best_cut(values: np.ndarray, before: np.ndarray, start: int, end: int) -> _Cut:
    none = _Cut(0.0, 0, start, end)
    places = start + 1 + np.flatnonzero(values[start + 1 : end] > values[start : end - 1])
    if not len(places):
        return none
    rows = end - start
    all_classes = before[end] - before[start]
    left, right = before[places] - before[start], before[end] - before[places]
    whole, first, second = _entropy(all_classes[None])[0], _entropy(left), _entropy(right)
    shares = (places - start) / rows
    gains = whole - shares * first - (1 - shares) * second
    best = int(np.argmax(gains))
    kinds = [int((counts > 0).sum()) for counts in (all_classes, left[best], right[best])]
    told = np.log2(3.0 ** kinds[0] - 2) - (
        kinds[0] * whole - kinds[1] * first[best] - kinds[2] * second[best]
    )
    if gains[best] <= (np.log2(rows - 1) + told) / rows:
        return none
    return _Cut(-float(gains[best]) * rows, int(places[best]), start, end)


def _entropy(counts: np.ndarray) -> np.ndarray:
    """Of each row of counts, in bits."""
    shares = counts / counts.sum(axis=1, keepdims=True)
    return -np.sum(shares * np.log2(np.where(shares > 0, shares, 1)), axis=1)
