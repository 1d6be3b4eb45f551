"""Whom new files are for: this user alone, but what a command writes for a person as their shell says."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

PRIVATE = 0o077
_shells = 0o022


def keep_private() -> None:
    """From now on nobody else on this machine may read what this process makes."""
    global _shells
    _shells = os.umask(PRIVATE)


@contextmanager
def for_the_person() -> Iterator[None]:
    """Meanwhile files get the rights they would get without Studio."""
    ours = os.umask(_shells)
    try:
        yield
    finally:
        os.umask(ours)
