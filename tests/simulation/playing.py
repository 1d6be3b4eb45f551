"""Plays many schedules, in several processes: each a fork of one that is set up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

CHUNK = 25
_play: Callable[[int], None] | None = None


def begin(plant: str = "") -> Callable[[int], None]:
    """Sets this process up, with a fault of the past where one is named; what plays a seed's schedule."""
    global _play
    from tests.simulation.stage import set_up

    _play = set_up()(plant)
    return _play


def play(seeds: range) -> list[str]:
    """What went wrong in these schedules."""
    from tests.simulation.checks import Wrong

    assert _play
    wrong = []
    for seed in seeds:
        try:
            _play(seed)
        except Wrong as problem:
            wrong.append(str(problem))
    return wrong


def many(schedules: int, first: int, processes: int, plant: str = "") -> Iterator[tuple[int, list[str]]]:
    """How many schedules were played more, and what went wrong in them."""
    seeds = range(first, first + schedules)
    begin(plant)
    chunks = [seeds[start : start + CHUNK] for start in range(0, schedules, CHUNK)]
    with ProcessPoolExecutor(processes, get_context("fork")) as pool:
        try:
            for chunk, wrong in zip(chunks, pool.map(play, chunks), strict=True):
                yield len(chunk), wrong
        finally:
            pool.shutdown(cancel_futures=True)
