"""Notes calls after they are answered: counted in memory, and written every two seconds, so that no call
waits for the database."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from datetime import datetime, timedelta

from asgiref.sync import sync_to_async

from studio.ids import new_id
from studio.services import call_store
from studio.services.call_store import Minute
from studio.services.latency import step_of
from studio.services.noted_call import NotedCall

log = logging.getLogger(__name__)

EVERY = 2.0
MOST_FAILURES, MOST_RECORDED_BYTES = 200, 32 << 20
"""Between two writes; what goes beyond is counted, and not kept."""


class CallLog:
    """One a web process, used from its loop alone. What was noted since the last write is lost where the
    process is killed."""

    def __init__(self) -> None:
        self.writer = new_id()
        self._minutes: dict[tuple[str, datetime], Minute] = {}
        self._changed: set[tuple[str, datetime]] = set()
        self._failures: list[NotedCall] = []
        self._recorded: list[NotedCall] = []
        self._bytes = 0
        self._task: asyncio.Task[None] | None = None

    def note(self, call: NotedCall) -> None:
        key = (call.service, call.at.replace(second=0, microsecond=0))
        minute = self._minutes.setdefault(key, Minute(0, 0, Counter()))
        minute.calls += 1
        minute.errors += call.failed
        minute.spent[step_of(call.milliseconds)] += 1
        self._changed.add(key)
        if call.failed and len(self._failures) < MOST_FAILURES:
            self._failures.append(call)
        if call.is_recorded and self._bytes < MOST_RECORDED_BYTES:
            self._recorded.append(call)
            self._bytes += len(call.body) + len(call.answer)
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._write_soon())

    async def _write_soon(self) -> None:
        """As long as there is something to write."""
        while self._changed:
            await asyncio.sleep(EVERY)
            minutes = {key: self._minutes[key] for key in self._changed}
            failures, recorded = self._failures, self._recorded
            self._changed, self._failures, self._recorded, self._bytes = set(), [], [], 0
            frozen = {key: Minute(m.calls, m.errors, Counter(m.spent)) for key, m in minutes.items()}
            try:
                await sync_to_async(call_store.write, thread_sensitive=False)(
                    self.writer, frozen, failures, recorded
                )
            except Exception as error:  # the database is away: the counts are written with the next ones
                log.warning("calls could not be noted: %s", error)
                self._changed |= minutes.keys()
            self._forget_old()

    def _forget_old(self) -> None:
        newest = max((at for _, at in self._minutes), default=None)
        for key in [key for key in self._minutes if key not in self._changed]:
            if newest and newest - key[1] > timedelta(minutes=2):
                del self._minutes[key]
