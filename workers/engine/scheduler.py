"""The engine: carries out the node runs of this process, so many at a time."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from studio import config
from studio.database.pool import give_back
from studio.live.worker_reports import wake_workers
from studio.runs import recorder
from workers.engine import disk_room
from workers.engine.debugging import wish_of
from workers.engine.execution import Done, Execution
from workers.engine.memory_room import Room
from workers.engine.patience import Patience
from workers.engine.policy import Policy
from workers.engine.queue import next_free
from workers.engine.slots import HeldSlot, Slots, slots_folder
from workers.identity import own_name
from workers.sandbox.parent import Sandbox

IDLE_SLOT = 10.0
"""Seconds that a paused node keeps its slot."""

log = logging.getLogger(__name__)


class Engine:
    """Carries out node runs in this process: at most `slots` at once, each in a child of the sandbox."""

    def __init__(
        self,
        sandbox: Sandbox,
        slots: Slots | None = None,
        wake: Callable[[int], None] = wake_workers,
        name: str | None = None,
        refuse: Callable[[], str] = disk_room.refusal,
    ) -> None:
        self.name = name or own_name()
        self.sandbox, self.wake = sandbox, wake
        self.slots = slots or Slots(slots_folder, config.workers())
        self.under_way: dict[tuple[int, int], Execution] = {}
        """By claim: the number of the node run, and its attempt."""
        self.patience = Patience(lambda: self.stopping)
        self._refuse = refuse
        self.refusal = ""
        """Why no node is taken; empty where some are."""
        self.room = Room()
        self.stopping = False
        self.held = False
        """Whether nothing more may be claimed, while what is under way goes on."""

    @property
    def closed(self) -> bool:
        """Whether nothing may be claimed, for whatever reason."""
        return self.stopping or self.held

    def work(self, run_id: str | None = None) -> None:
        """Carries out whatever is free until nothing is, unless all slots are taken."""
        while self.takes() and (slot := self.slots.take()) is not None:
            held: HeldSlot | None = HeldSlot(self.slots, slot)
            try:
                short_of_memory, held = self._drain(run_id, held)
            finally:
                if held:
                    held.give()
            # A hint that came while this slot was still taken was dropped: look once more. What waits
            # for memory is looked at again when a node ends, and by the watchdog.
            if short_of_memory or next(next_free(run_id), None) is None:
                return

    def takes(self) -> bool:
        """Whether nodes are taken at all; where not, `refusal` says why."""
        if self.closed:
            return False
        before, self.refusal = self.refusal, self._refuse()
        if self.refusal != before:
            log.warning(self.refusal or "nodes are taken again")
        return not self.refusal

    def _drain(self, run_id: str | None, slot: HeldSlot | None) -> tuple[bool, HeldSlot | None]:
        """Carries out one node run after the other. True if something free was left for want of memory; and
        the slot, unless a debugged node goes on in it."""
        short_of_memory = False
        execution: Execution | None = None
        while execution or self.takes():
            if execution is None:
                execution, short_of_memory = self._claim(run_id)
            if execution is None:
                break
            if wish_of(execution.node_run) is not None:
                execution.slot = slot
                self._carry_out_apart(execution)
                return False, None
            free, execution = self._carry_out(execution)
            self.wake(len(free))
        return short_of_memory, slot

    def _carry_out_apart(self, execution: Execution) -> None:
        """In a thread of its own, since somebody may look at a paused node for hours."""

        def carry_out() -> None:
            try:
                free, _ = self._carry_out(execution)
                self.wake(len(free))
            finally:
                if execution.slot:
                    execution.slot.give()
                give_back()
            self.work()

        self.under_way[execution.node_run.pk, execution.node_run.attempt] = execution
        threading.Thread(target=carry_out, name="debugged", daemon=True).start()

    def give_idle_slots(self) -> None:
        """Slots of nodes that are paused for a while, and stand, go to others."""
        for execution in list(self.under_way.values()):
            if execution.slot and execution.slot.look(time.monotonic(), IDLE_SLOT):
                self.wake(1)

    def _claim(self, run_id: str | None) -> tuple[Execution | None, bool]:
        """The first that fits into memory and nobody else took; whether one did not fit."""
        short_of_memory = False
        policy = Policy(self.name, self.room, self.takes)
        for found in next_free(run_id):
            if not self.room.take(found):
                short_of_memory = True
                continue
            claimed = False
            try:
                claimed = recorder.claim(found, self.name)
            finally:
                if not claimed:
                    self.room.leave(found)
            if claimed:
                return Execution(found, self.sandbox, self.patience, policy), short_of_memory
        return None, short_of_memory

    def _carry_out(self, execution: Execution) -> Done:
        node_run = execution.node_run
        claim = node_run.pk, node_run.attempt
        self.under_way[claim] = execution
        if self.stopping:
            execution.stop()
        try:
            return execution.carry_out()
        finally:
            del self.under_way[claim]
            self.room.leave(node_run)

    def stop(self) -> None:
        """Ends what is under way and offers it again, to this worker's successor."""
        self.stopping = True
        for execution in list(self.under_way.values()):
            execution.stop()
