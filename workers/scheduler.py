"""Which node runs may start now, and the engine that carries them out, so many at a time."""

from __future__ import annotations

import logging
import os
import socket
import threading
from collections import Counter
from collections.abc import Callable

from django.db.models import Min

from studio import config
from studio.celery import hint
from studio.runs import recorder
from studio.runs.models import NodeRun, State
from workers.execute import Execution
from workers.sandbox.parent import Sandbox

log = logging.getLogger(__name__)

FEW = 16
"""Hints sent at most at once: as many as workers could take."""


def wake_others(count: int) -> None:
    """Tells the workers that so many node runs are free."""
    for _ in range(min(count, FEW)):
        hint("workers.work")


def next_free(run_id: str | None = None) -> list[NodeRun]:
    """Node runs that may be claimed, best first: of each run its first, the least busy runs before others."""
    waiting = NodeRun.objects.filter(state=State.QUEUED, waiting=0, run__cancel_requested=False)
    if run_id:
        waiting = waiting.filter(run_id=run_id)
    firsts = list(waiting.values("run_id", "run__created").annotate(first=Min("place")))
    if not firsts:
        return []
    busy = Counter(NodeRun.objects.filter(state=State.RUNNING).values_list("run_id", flat=True))
    firsts.sort(key=lambda row: (busy[row["run_id"]], row["run__created"]))
    found = [waiting.filter(run_id=row["run_id"], place=row["first"]).first() for row in firsts[:FEW]]
    return [node_run for node_run in found if node_run]


class Engine:
    """Carries out node runs in this process: at most `slots` at once, each in a child of the sandbox."""

    def __init__(
        self, sandbox: Sandbox, slots: int | None = None, wake: Callable[[int], None] = wake_others
    ) -> None:
        self.name = f"{socket.gethostname()}:{os.getpid()}"
        self.sandbox, self.wake = sandbox, wake
        self.slots = threading.Semaphore(slots or config.workers())
        self.under_way: dict[int, Execution] = {}
        self.stopping = False

    def work(self, run_id: str | None = None) -> None:
        """Carries out whatever is free until nothing is, unless all slots are taken."""
        while not self.stopping and self.slots.acquire(blocking=False):
            try:
                self._drain(run_id)
            finally:
                self.slots.release()
            # A hint that came while this slot was still taken was dropped: look once more.
            if not next_free(run_id):
                return

    def _drain(self, run_id: str | None) -> None:
        free: list[NodeRun] = []
        while not self.stopping:
            node_run = self._claim(free) or self._claim(next_free(run_id))
            if node_run is None:
                return
            free = self._carry_out(node_run)
            self.wake(len(free) - 1)

    def _claim(self, candidates: list[NodeRun]) -> NodeRun | None:
        return next((found for found in candidates if recorder.claim(found, self.name)), None)

    def _carry_out(self, node_run: NodeRun) -> list[NodeRun]:
        execution = Execution(node_run, self.sandbox)
        self.under_way[node_run.pk] = execution
        try:
            return execution.carry_out()
        finally:
            del self.under_way[node_run.pk]

    def stop(self) -> None:
        """Ends what is under way and offers it again, to this worker's successor."""
        self.stopping = True
        for execution in list(self.under_way.values()):
            execution.stopping = True
            execution.cancelled.set()
