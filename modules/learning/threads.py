"""Threads of numeric libraries while a model is trained: the same sums on any number of processors."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

SMALL = 200_000
"""Cells of a matrix below which one thread is as fast as several."""


def processors() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0))


@contextmanager
def steady(openmp: bool = False, cells: int = SMALL) -> Iterator[None]:
    """One thread for linear algebra, which adds up in another order with several; with `openmp` for loops of
    scikit-learn too, those of k-means for instance, and where there are only few `cells` to go through: to
    wait for each other takes threads longer than that."""
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1, user_api=None if openmp or cells < SMALL else "blas"):
        yield
