"""Holds leases, notices cancelled runs, offers again what a dead worker held, says that this worker is up."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Any

from django.db import close_old_connections, connection
from django.db.models import Q

from studio.celery import hint
from studio.database.clock import clock
from studio.runs import recorder, release
from studio.runs.models import NodeRun, State
from workers.engine.leases import Leases
from workers.engine.patience import AWAY
from workers.engine.queue import count_free
from workers.engine.scheduler import Engine
from workers.environments import builds
from workers.housekeeping.orders import Orders
from workers.housekeeping.pruning import Pruning
from workers.identity import died_alone, is_dead

log = logging.getLogger(__name__)

BUSY, IDLE, SLOW = 0.5, 1.0, 5.0
"""Seconds between two looks for cancelled runs, busy and idle, and between the rest."""

SKEWED = 2.0
"""Seconds between this host's clock and the database's that are worth a word."""


class Watchdog:
    """A thread beside the engine."""

    def __init__(
        self,
        engine: Engine,
        tell: Callable[[], Any] = lambda: None,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        self.engine, self.tell = engine, tell
        self._steady, self._due = steady, 0.0
        self.pruning = Pruning()
        self.leases = Leases(engine.name, steady)
        self.orders = Orders(engine, steady=steady)
        self.skew = 0.0
        """Seconds by which this host's clock is ahead of the database's."""
        self._telling = threading.Lock()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._loop, name="watchdog", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()

    def _loop(self) -> None:
        away = False
        while not self._stop.wait(BUSY if self.engine.under_way else IDLE):
            try:
                self.round()
                if away:
                    log.warning("the database answers again")
                away = False
            except AWAY as error:
                connection.close()
                if not away:
                    log.warning("the database is away: %s; trying again", str(error).strip())
                away = True
            except Exception:
                log.exception("watchdog; trying again")

    def round(self) -> None:
        """Looks once; the slow part where it is due."""
        try:
            close_old_connections()
            self._stop_cancelled()
            self.engine.give_idle_slots()
            if self.orders.follow():
                self._due = 0.0  # tells so at once
            if self._steady() >= self._due:
                self._due = self._steady() + SLOW
                self._slow_round()
        except AWAY:
            self.leases.forget()
            self._due = 0.0  # leases are renewed at once when it answers again
            raise

    def offer_lost(self) -> None:
        """Offers again what dead workers held: those of this host are known at once, others by a lease."""
        running = NodeRun.objects.filter(state=State.RUNNING).defer("plan")
        for held, dead in self.leases.lost(running, clock.now(), is_dead, self.engine.under_way):
            log.warning("node %s of run %s lost its worker; offering it again", held.node, held.run_id)
            alive = held.worker == self.engine.name  # it was claimed without our hearing of it
            died = dead and died_alone(held.worker)
            recorder.give_back(held, died=died, silent=not dead and not alive, unless_renewed=True)

    def _stop_cancelled(self) -> None:
        """Stops what was cancelled, and what this worker no longer holds (its run may be deleted)."""
        if not (mine := dict(self.engine.under_way)):
            return
        held = Q(state=State.RUNNING, worker=self.engine.name, run__cancel_requested=False)
        asked = {pk for pk, _ in mine}
        keep = set(NodeRun.objects.filter(held, pk__in=asked).values_list("pk", "attempt"))
        for claim, execution in mine.items():
            if claim not in keep:
                execution.cancelled.set()

    def _slow_round(self) -> None:
        self._look_at_clocks()
        recorder.renew([pk for pk, _ in self.engine.under_way], self.engine.name)
        self.offer_lost()
        release.fill_owners()
        self.pruning.look()
        for lost in builds.lost():
            hint("workers.build_environment", lost)
        self._tell(count_free())

    def _tell(self, free: int) -> None:
        """In a thread of its own: leases must not wait for a Redis that does not answer."""
        if not self._telling.locked():
            threading.Thread(target=self.say, args=(free,), name="teller", daemon=True).start()

    def say(self, free: int) -> None:
        """Says that this worker is up, and wakes workers for what is free."""
        with self._telling:
            self.tell()
            self.engine.wake(free)

    def _look_at_clocks(self) -> None:
        before, self.skew = self.skew, clock.skew()
        if abs(self.skew) > SKEWED and abs(self.skew - before) > SKEWED / 2:
            log.warning(self.skewed)

    @property
    def skewed(self) -> str:
        """What is wrong with this host's clock; empty where nothing is."""
        if abs(self.skew) <= SKEWED:
            return ""
        way = "ahead of" if self.skew > 0 else "behind"
        return f"This host's clock is {abs(self.skew):.1f} s {way} the database's; set it right (NTP)."
