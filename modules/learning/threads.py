"""Threads of numeric libraries while a model is trained: the same sums on any number of processors."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager


def processors() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0))


@contextmanager
def steady(openmp: bool = False) -> Iterator[None]:
    """One thread for linear algebra, which adds up in another order with several; with `openmp` for loops of
    scikit-learn too, those of k-means for instance."""
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    with threadpool_limits(1, user_api=None if openmp else "blas"):
        yield
