"""Which node runs have lost their worker, as one watcher sees it.

A lease is renewed every few seconds by a worker that lives. The watcher counts by its own steady clock how
long a lease has not moved, and only while the database answers. So no clock that is wrong or jumps, and no
database that was away, makes it take anything from a worker that lives.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable
from datetime import datetime

from studio.runs.models import NodeRun
from studio.runs.recorder import LEASE

UNMOVED = 10.0
"""Seconds that a lease which has run out must not have moved: two renewals of a worker that lives."""
UNHEARD = 4.0
"""Seconds that a claim in a worker's own name may be none of its work: it is about to begin. After that its
commit succeeded unheard, or it was given up."""


class Leases:
    """`own`: the name of the worker that watches. `steady`: seconds that never jump."""

    def __init__(self, own: str, steady: Callable[[], float] = time.monotonic) -> None:
        self._own, self._steady = own, steady
        self._seen: dict[tuple[int, int], tuple[datetime | None, float]] = {}

    def forget(self) -> None:
        """Counts anew: the database was away, for whoever renews leases too."""
        self._seen.clear()

    def lost(
        self,
        held: Iterable[NodeRun],
        now: datetime,
        is_dead: Callable[[str], bool],
        mine: Collection[tuple[int, int]],
    ) -> list[tuple[NodeRun, bool]]:
        """Those that nobody works at any more, and whether their worker is known to have died.

        `held`: all that are running. `now`: the database's time. `mine`: claims (number and attempt) under
        way in this worker.
        """
        steady, seen = self._steady(), self._seen
        self._seen, found = {}, []
        for node_run in held:
            claim = node_run.pk, node_run.attempt
            lease, since = seen.get(claim, (node_run.lease, steady))
            if lease != node_run.lease:
                since = steady
            self._seen[claim] = node_run.lease, since
            if claim in mine:
                continue
            unmoved = steady - since
            unheard = node_run.worker == self._own and unmoved >= UNHEARD
            if is_dead(node_run.worker):
                found.append((node_run, True))
            elif unheard or _is_silent(node_run, now, unmoved):
                found.append((node_run, False))
        return found


def _is_silent(node_run: NodeRun, now: datetime, unmoved: float) -> bool:
    if unmoved > LEASE.total_seconds():  # whatever the clocks say
        return True
    return unmoved >= UNMOVED and (node_run.lease is None or node_run.lease < now)
