"""Things that are dear to make and the same for every node: made once before any node is, then taken.

The sandbox's template prepares them; each child it forks has one of its own. What is made here must start
no thread: a fork would leave it behind.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

T = TypeVar("T")

_all: list[Ahead[Any]] = []


class Ahead(Generic[T]):
    """
    >>> lists = Ahead(list)
    >>> lists.prepare()
    >>> lists.take() is lists.take()
    False
    """

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._made: T | None = None
        _all.append(self)

    def prepare(self) -> None:
        self._made = self._make()

    def take(self) -> T:
        """The one that was prepared, the first time; a new one else."""
        made, self._made = self._made, None
        return self._make() if made is None else made


def prepare_all() -> None:
    """Makes all that modules want made."""
    for each in _all:
        each.prepare()
