"""How far training is, by what scikit-learn prints of each round ("[3/100] …", "Iteration 3, …")."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from io import TextIOBase
from typing import Any

from modules.learning.log import is_silent
from modules.sdk.progress import progress

ROUND = re.compile(r"\[(\d+)/\d+\]|Iteration (\d+),|-- Epoch (\d+)|building tree (\d+) of")

VERBOSE = {
    "HistGradientBoostingClassifier": 2,
    "HistGradientBoostingRegressor": 2,
    "MLPClassifier": 1,
    "MLPRegressor": 1,
    "SGDClassifier": 1,
    "SGDRegressor": 1,
    "RandomForestClassifier": 2,
    "NumberForest": 2,
    "RandomForestQuantileRegressor": 2,
}
"""Estimators that tell of each round or tree, and how talkative they must be to do so."""


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
            progress(min(int(found[found.lastindex or 1]) / self.total, 1.0))
        return len(text)

    def flush(self) -> None:
        pass


@contextmanager
def counting(estimator: Any) -> Iterator[None]:
    """While it is entered, rounds of training are shown on the node, where the estimator tells of them."""
    last = _last(estimator)
    loud = VERBOSE.get(type(last).__name__)
    total = getattr(last, "n_estimators", None) or getattr(last, "max_iter", None) or 0
    if is_silent() or loud is None or total < 2:
        yield
        return
    last.set_params(verbose=loud)
    rounds = _Rounds(total)
    try:
        with redirect_stdout(rounds), redirect_stderr(rounds):  # joblib tells of its threads on stderr
            yield
    finally:
        last.set_params(verbose=0)
        sys.stdout.flush()


def _last(estimator: Any) -> Any:
    """What is trained in rounds: the last step of a pipeline, inside what calibrates it or scales the
    label."""
    inner = estimator.estimator if type(estimator).__name__ == "Calibrated" else estimator
    steps = getattr(inner, "steps", None)
    inner = steps[-1][1] if steps else inner
    return getattr(inner, "regressor", inner)
