"""How far training is, by what scikit-learn prints of each round ("[3/100] …", "Iteration 3, …")."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from io import TextIOBase
from typing import Any

from modules.learning.log import is_silent
from modules.sdk.progress import progress

ROUND = re.compile(r"\[(\d+)/\d+\]|Iteration (\d+),")
VERBOSE = ("HistGradientBoostingClassifier", "HistGradientBoostingRegressor", "MLPClassifier", "MLPRegressor")


def step_done(fraction: float) -> None:
    """Shows how far a training is, unless it is one of many."""
    if not is_silent():
        progress(fraction)


class _Rounds(TextIOBase):
    """Takes what is printed and tells how far the rounds are."""

    def __init__(self, total: int) -> None:
        self.total = total

    def write(self, text: str) -> int:
        for found in ROUND.finditer(text):
            progress(min(int(found[1] or found[2]) / self.total, 1.0))
        return len(text)

    def flush(self) -> None:
        pass


@contextmanager
def counting(estimator: Any) -> Iterator[None]:
    """While it is entered, rounds of training are shown on the node, where the estimator tells of them."""
    last = _last(estimator)
    if is_silent() or type(last).__name__ not in VERBOSE or last.max_iter < 2:
        yield
        return
    last.set_params(verbose=1)
    rounds = _Rounds(last.max_iter)
    try:
        with redirect_stdout(rounds):
            yield
    finally:
        last.set_params(verbose=0)
        sys.stdout.flush()


def _last(estimator: Any) -> Any:
    steps = getattr(estimator, "steps", None)
    inner = steps[-1][1] if steps else estimator
    return getattr(inner, "regressor", inner)
