"""What training and scoring say in the node's log; nothing where they run many times, as in folds."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

_here = threading.local()


def tell(text: str) -> None:
    """Writes a line into the log, unless this thread is silent."""
    if not getattr(_here, "silent", False):
        print(text)


@contextmanager
def silent() -> Iterator[None]:
    """While it is entered, this thread says nothing."""
    before, _here.silent = getattr(_here, "silent", False), True
    try:
        yield
    finally:
        _here.silent = before


def is_silent() -> bool:
    return bool(getattr(_here, "silent", False))
