"""The time as the database tells it: hosts' clocks differ and jump, and all hosts share the database.

It is asked now and then, and its answer carried on by this process's steady clock, which never jumps. So a
time costs no query, and is right to the length of one question.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.db import connection

FRESH = 10.0
"""Seconds for which an answer is carried on."""

ASK = {
    "postgresql": "SELECT clock_timestamp()",
    "sqlite": "SELECT strftime('%Y-%m-%d %H:%M:%f+00:00', 'now')",
}


def ask_database() -> datetime:
    """What the database's clock shows."""
    with connection.cursor() as cursor:
        cursor.execute(ASK[connection.vendor])
        (told,) = cursor.fetchone()
    moment = datetime.fromisoformat(told) if isinstance(told, str) else told
    return moment.astimezone(UTC)


class Clock:
    """`ask` gives the time that all share, `steady` seconds that never jump, `own` this host's time."""

    def __init__(
        self,
        ask: Callable[[], datetime] = ask_database,
        steady: Callable[[], float] = time.monotonic,
        own: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._ask, self._steady, self._own = ask, steady, own
        self._known: tuple[datetime, float] | None = None

    def now(self) -> datetime:
        """The shared time; asked for where the last answer is no longer fresh."""
        known = self._known
        if known is None or self._steady() - known[1] > FRESH:
            known = self._answer()
        told, when = known
        return told + timedelta(seconds=self._steady() - when)

    def skew(self) -> float:
        """Asks anew. Seconds by which this host's clock is ahead of the database's; behind it, below 0."""
        told, when = self._answer()
        here = self._own() - timedelta(seconds=self._steady() - when)
        return (here - told).total_seconds()

    def _answer(self) -> tuple[datetime, float]:
        before = self._steady()
        told = self._ask()
        self._known = told, (before + self._steady()) / 2
        return self._known


clock = Clock()
"""This process's."""
