"""One host: a worker's engine and its watchdog, as the product has them, and what may happen to them."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from tests.simulation.doubles import MemorySandbox, MemorySlots, MemoryStore
from workers.engine.memory_room import Room
from workers.engine.patience import AWAY, Patience
from workers.engine.scheduler import Engine
from workers.housekeeping.watchdog import Watchdog

if TYPE_CHECKING:
    from tests.simulation.schedule import Schedule

PAUSE = 2.0, 5.5
"""Seconds between two rounds of a watchdog, at least and at most: its host has other things to do."""
SETTLED = 12.0
"""Seconds after which a host that was out of reach is like any other."""


class Never:
    """No pruning here, and no orders."""

    def look(self) -> None:
        return

    def follow(self) -> bool:
        return False


class SimulatedWatchdog(Watchdog):
    def _tell(self, free: int) -> None:
        self.say(free)


class SimulatedHost:
    """`number` is the machine's; each start of a worker on it has a name of its own, as processes do."""

    def __init__(self, schedule: Schedule, number: int, start: int, store: MemoryStore) -> None:
        self.schedule, self.world, self.number, self.start = schedule, schedule.world, number, start
        self.name = f"host{number}:1:{start}:1:1.1"
        self.dead = self.stopping = False
        self.frozen_until = self.cut_until = 0.0
        self.skew = schedule.skews[number]
        self.next_commit = ""
        self.commits_before = 0
        self.running = 0
        self.sandbox = MemorySandbox(self, store)
        slots: Any = MemorySlots(schedule.slots)
        self.engine = Engine(self.sandbox, slots, schedule.wake, self.name, lambda: "")  # type: ignore[arg-type]
        self.engine.room = Room(lambda: (1 << 40, 1 << 40), lambda node_run: 0)
        self.engine.patience = Patience(lambda: self.stopping, self.world.sleep, self.world.steady)
        self.watchdog = SimulatedWatchdog(self.engine, steady=self.world.steady)
        self.watchdog.pruning = Never()  # type: ignore[assignment]
        self.watchdog.orders = Never()  # type: ignore[assignment]
        self.world.start(self, self._watch)

    def _watch(self) -> None:
        self._calmly(self.watchdog.offer_lost)
        if self.start > len(self.schedule.skews):
            self.schedule.wake(2)
        while not self.stopping:
            self.world.sleep(self.world.random.uniform(*PAUSE))
            self._calmly(self.watchdog.round)

    def work(self) -> None:
        """What a message leads to."""
        if not (self.dead or self.stopping):
            self.world.start(self, lambda: self._calmly(self._work))

    def _work(self) -> None:
        self.running += 1
        try:
            self.engine.work()
        finally:
            self.running -= 1

    def _calmly(self, what: Any) -> None:
        try:
            what()
        except AWAY:
            logging.getLogger(__name__).debug("away")

    def stop(self) -> None:
        """In order, as SIGTERM does."""
        self.stopping = True
        self.engine.stop()

    @property
    def healthy(self) -> bool:
        """Whether nobody may take anything from it."""
        latest = max(self.frozen_until, self.cut_until, self.world.database_away_until)
        return not (self.dead or self.stopping) and latest + SETTLED < self.world.now

    def began(self, script: str, inputs: list[str]) -> None:
        self.schedule.checks.began(self, script, inputs)

    def computed(self, script: str, inputs: list[str]) -> None:
        self.schedule.checks.computed(script, inputs)
