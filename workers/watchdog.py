"""Holds leases, notices cancelled runs, offers again what a dead worker held, says that this worker is up."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Any

from django.db import close_old_connections
from django.db.models import Q
from django.utils import timezone

from studio.runs import recorder
from studio.runs.models import NodeRun, State
from workers.identity import died_alone, is_dead
from workers.pruning import Pruning
from workers.scheduler import Engine, count_free

log = logging.getLogger(__name__)

BUSY, IDLE, SLOW = 0.5, 1.0, 5.0
"""Seconds between two looks for cancelled runs, busy and idle, and between the rest."""


def offer_lost() -> None:
    """Offers again what dead workers held: those of this host are known at once, others by their lease."""
    now = timezone.now()
    for held in NodeRun.objects.filter(state=State.RUNNING).defer("plan"):
        if held.lease is None or held.lease < now or is_dead(held.worker):
            log.warning("node %s of run %s lost its worker; offering it again", held.node, held.run_id)
            recorder.give_back(held, died=died_alone(held.worker), unless_renewed=True)


class Watchdog:
    """A thread beside the engine."""

    def __init__(self, engine: Engine, tell: Callable[[], Any] = lambda: None) -> None:
        self.engine, self.tell = engine, tell
        self.pruning = Pruning()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._loop, name="watchdog", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()

    def _loop(self) -> None:
        due = 0.0
        while not self._stop.wait(BUSY if self.engine.under_way else IDLE):
            try:
                close_old_connections()
                self._stop_cancelled()
                if time.monotonic() >= due:
                    due = time.monotonic() + SLOW
                    self._slow_round()
            except Exception:
                log.exception("watchdog; trying again")

    def _stop_cancelled(self) -> None:
        """Stops what was cancelled, and what this worker no longer holds (its run may be deleted)."""
        if not (mine := dict(self.engine.under_way)):
            return
        held = Q(state=State.RUNNING, worker=self.engine.name, run__cancel_requested=False)
        keep = set(NodeRun.objects.filter(held, pk__in=mine).values_list("pk", flat=True))
        for pk, execution in mine.items():
            if pk not in keep:
                execution.cancelled.set()

    def _slow_round(self) -> None:
        recorder.renew(list(self.engine.under_way), self.engine.name)
        offer_lost()
        self.tell()
        self.pruning.look()
        if free := count_free():
            self.engine.wake(free)
