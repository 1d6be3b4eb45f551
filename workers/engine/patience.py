"""Tries again, for minutes, what the database or the bucket refused; what a node computed waits meanwhile."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import TypeVar

from django.db import InterfaceError, OperationalError, connection

from studio.artifacts.s3_errors import Away

log = logging.getLogger(__name__)

T = TypeVar("T")

AWAY = (OperationalError, InterfaceError, Away)
"""The database is away or busy, or the store is."""

SECONDS = 600.0
"""How long a call of the database is tried again."""
STOPPING = 5.0
"""How long it is tried again if the worker is being stopped."""
FIRST, MOST = 0.1, 5.0
"""Seconds between two tries; doubled each time, up to the second number."""


class Patience:
    """`sleep` and `steady` are time's; `stopping` says that this worker is being stopped."""

    def __init__(
        self,
        stopping: Callable[[], bool] = lambda: False,
        sleep: Callable[[float], None] | None = None,
        steady: Callable[[], float] | None = None,
    ) -> None:
        self._stopping = stopping
        self._sleep, self._steady = sleep or time.sleep, steady or time.monotonic

    def insist(self, what: str, action: Callable[[], T]) -> T:
        """Does it, however often it takes; raises the last refusal once it has taken too long.

        `what` is being done, for the log. The action may have succeeded without our hearing of it, so it must
        be one that may be done twice.
        """
        began, pause = self._steady(), FIRST
        while True:
            try:
                return action()
            except AWAY as error:
                _leave_connection()
                spent = self._steady() - began
                if spent + pause > (STOPPING if self._stopping() else SECONDS):
                    raise
                if pause == FIRST:
                    log.warning("%s: %s; trying again for %.0f minutes", what, _line(error), SECONDS / 60)
            self._sleep(pause)
            pause = min(2 * pause, MOST)


def _leave_connection() -> None:
    """The next try gets a connection of its own."""
    if not connection.in_atomic_block:
        connection.close()


def _line(error: Exception) -> str:
    return str(error).strip().replace("\n", " ")
