"""Figures of integers beyond 2^53, which floats would round: of their distances, which floats hold."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

from modules.sdk.exact import FIRST_GAP, exact_sum


def are_long(ascending: np.ndarray) -> bool:
    """Whether sorted values are integers, some of them beyond 2^53."""
    if ascending.dtype.kind not in "iu" or not len(ascending):
        return False
    return bool(ascending[0] < -FIRST_GAP or ascending[-1] > FIRST_GAP)


def mean(values: np.ndarray) -> int | float:
    """Exact where it is whole, else the nearest float."""
    exact = Fraction(exact_sum(values), len(values))
    return exact.numerator if exact.denominator == 1 else float(exact)


def deviation(ascending: np.ndarray) -> float:
    """The standard deviation of a sample: that of the distances from the least value."""
    if len(ascending) < 2:
        return float("nan")
    with np.errstate(over="ignore"):
        distances = ascending.astype(np.uint64) - ascending[:1].astype(np.uint64)  # wraps around, and back
    return float(distances.astype(np.float64).std(ddof=1))


def histogram(ascending: np.ndarray, bins: int) -> dict[str, Any]:
    """`edges, counts` of up to so many bins, as wide as each other give or take one. Edges are integers; the
    last is one beyond the largest value."""
    low, span = int(ascending[0]), int(ascending[-1]) - int(ascending[0]) + 1
    bins = min(bins, span)
    edges = [low + at * span // bins for at in range(bins)]
    places = np.searchsorted(ascending, np.array(edges[1:], ascending.dtype), "left")
    return {
        "edges": [*edges, low + span],
        "counts": np.diff(places, prepend=0, append=len(ascending)).tolist(),
    }
