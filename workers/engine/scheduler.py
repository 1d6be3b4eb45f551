"""Which node runs may start now, and the engine that carries them out, so many at a time."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import islice

from django.db import transaction
from django.db.models import QuerySet

from studio import config
from studio.live.worker_reports import wake_workers
from studio.runs import recorder
from studio.runs.change import Change
from studio.runs.models import UNDER_WAY, NodeRun, Run, State
from workers.engine import disk_room
from workers.engine.execution import Execution
from workers.engine.identity import own_name
from workers.engine.memory_room import Room
from workers.engine.patience import Patience
from workers.engine.slots import Slots, slots_folder
from workers.sandbox.parent import Sandbox

log = logging.getLogger(__name__)

FEW = 16
"""Runs looked at for something free, and free node runs counted."""


def next_free(run_id: str | None = None) -> Iterator[NodeRun]:
    """Node runs that may be claimed, best first: of each run its first, the least busy runs before others,
    and of these the one that has waited for longest.

    Each is read when it is asked for: mostly the first one is taken. However many runs wait, no more are
    looked at than may be better than the few that are told.
    """
    free = (_first_free(run) for run in ([run_id] if run_id else _best_runs()))
    yield from islice((found for found in free if found), FEW)


def _best_runs() -> list[str]:
    """Runs that may have something free. One without has something that runs, so there are few of those."""
    busy = Counter(NodeRun.objects.filter(state=State.RUNNING).values_list("run_id", flat=True))
    found: list[tuple[int, datetime, str]] = []
    for state in UNDER_WAY:  # each in the order of an index
        runs = Run.objects.filter(state=state, cancel_requested=False).order_by("served")
        found += [
            (busy[pk], served, pk) for pk, served in runs.values_list("pk", "served")[: FEW + len(busy)]
        ]
    return [pk for *_, pk in sorted(found)]


def _first_free(run_id: str) -> NodeRun | None:
    return _waiting().filter(run_id=run_id).order_by("place").first()


def count_free() -> int:
    """How many node runs may be claimed, as far as it matters."""
    return len(_waiting().values_list("pk")[:FEW])


def _waiting() -> QuerySet[NodeRun]:
    return NodeRun.objects.filter(state=State.QUEUED, waiting=0, run__cancel_requested=False)


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
            try:
                short_of_memory = self._drain(run_id)
            finally:
                self.slots.give(slot)
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

    def _drain(self, run_id: str | None) -> bool:
        """True where something free was left for want of memory."""
        node_run: NodeRun | None = None
        short_of_memory = False
        while node_run or self.takes():
            if node_run is None:
                node_run, short_of_memory = self._claim(next_free(run_id))
            if node_run is None:
                break
            node_run, free = self._carry_out(node_run)
            self.wake(len(free))
        return short_of_memory

    def _claim(self, candidates: Iterable[NodeRun]) -> tuple[NodeRun | None, bool]:
        """The first that fits into memory and nobody else took; whether one did not fit."""
        short_of_memory = False
        for found in candidates:
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
                return found, short_of_memory
        return None, short_of_memory

    def _carry_out(self, node_run: NodeRun) -> tuple[NodeRun | None, list[NodeRun]]:
        """The next node run, where one is claimed already, and the others that this one set free."""
        reserved: list[NodeRun] = []
        claimed: list[NodeRun] = []

        def go_on(change: Change, free: list[NodeRun]) -> bool:
            self.room.leave(node_run)
            alone = free and not _waiting().exclude(run_id=node_run.run_id).exists()
            best = free[0] if alone else next(next_free(), None)
            if best is None or best.run_id != node_run.run_id or not self.takes():
                return False
            if not self.room.take(best):
                return False
            reserved.append(best)
            if not recorder.claim_within(change, best, self.name):
                return False
            transaction.on_commit(lambda: claimed.append(best))
            return True

        execution = Execution(node_run, self.sandbox, go_on, self.patience)
        claim = node_run.pk, node_run.attempt
        self.under_way[claim] = execution
        if self.stopping:
            execution.stop()
        try:
            free = execution.carry_out()
        finally:
            del self.under_way[claim]
            self.room.leave(node_run)
        for one in reserved:
            if one not in claimed:
                self.room.leave(one)
        if claimed:
            return claimed[0], [other for other in free if other != claimed[0]]
        return None, free

    def stop(self) -> None:
        """Ends what is under way and offers it again, to this worker's successor."""
        self.stopping = True
        for execution in list(self.under_way.values()):
            execution.stop()
