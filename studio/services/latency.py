"""How long calls took, counted in steps: a percentile is right within a twentieth, however many calls there
were. Pure."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping

STEP = math.log(1.1)
"""Each step reaches a tenth further than the one before it; the first one ends at 0.1 milliseconds."""
FIRST = 0.1


def step_of(milliseconds: float) -> int:
    """
    >>> step_of(0.05), step_of(15.0) < step_of(17.0)
    (0, True)
    """
    return max(0, math.ceil(math.log(milliseconds / FIRST) / STEP)) if milliseconds > FIRST else 0


def together(counts: Iterable[Mapping[str, int]]) -> Counter[int]:
    """Several counts as one. Their keys are text, as JSON has it."""
    total: Counter[int] = Counter()
    for each in counts:
        for step, count in each.items():
            total[int(step)] += count
    return total


def percentile(counts: Mapping[int, int], share: float) -> float | None:
    """Milliseconds within which this share of the calls was answered; None where there were none.

    >>> counts = Counter(step_of(ms) for ms in range(1, 101))
    >>> 47 < percentile(counts, 0.5) < 53
    True
    """
    wanted, seen = share * sum(counts.values()), 0
    for step in sorted(counts):
        seen += counts[step]
        if seen >= wanted and seen:
            return float(f"{FIRST * math.exp(STEP * (step - 0.5)):.3g}")
    return None
