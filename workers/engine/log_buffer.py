"""What running nodes say, passed on in batches: kept and shown at most 0.1 s after it was said."""

from __future__ import annotations

import logging
import threading
from typing import Protocol

from django.db import connection

from studio.database.pool import give_back
from studio.runs.logs import LogWriter
from workers.sandbox.logs import Log, Piece

PAUSE = 0.1
"""Seconds between two batches of one node; a reader sees no difference, the database does."""

logger = logging.getLogger(__name__)


class Flushable(Protocol):
    def flush(self) -> None:
        """Passes on what is new. Where that fails, nothing is lost: it is asked again."""


class LogBuffer:
    """The log of one node run, on its way to the database and the browsers: it waits here until the node
    run is claimed and `lead_to` says who writes it."""

    def __init__(self, most: int) -> None:
        self.log = Log(most, self._wake)
        self._writer: LogWriter | None = None
        self._flushing = threading.Lock()
        self._waiting = self._skipped = self._closed = False

    def lead_to(self, writer: LogWriter) -> None:
        """From now on it is written."""
        self._writer = writer
        if self._waiting:
            flusher.wake(self)

    def _wake(self) -> None:
        self._waiting = True
        if self._writer:
            flusher.wake(self)

    def flush(self) -> None:
        with self._flushing:
            if not self._closed:
                self._pass_on()

    def finish(self) -> list[Piece]:
        """Passes on the rest, and brings what was skipped in haste to what is kept. Gives all of it."""
        with self._flushing:
            self._pass_on()
            kept = self.log.kept()
            if self._skipped and self._writer:
                self._writer.replace(kept)
        return kept

    def close(self) -> None:
        """From now on nothing is written."""
        with self._flushing:
            self._closed = True

    def _pass_on(self) -> None:
        if self._writer and (pieces := self.log.news()):
            self._writer.write(pieces)
            self.log.passed()
            self._skipped = self._skipped or any(piece.skipped for piece in pieces)


class Flusher:
    """One thread that flushes everything that has something new, a moment after it came."""

    def __init__(self) -> None:
        self._dirty: set[Flushable] = set()
        self._more = threading.Condition()
        self._thread: threading.Thread | None = None

    def wake(self, one: Flushable) -> None:
        with self._more:
            if self._thread is None:
                self._thread = threading.Thread(target=self._loop, name="log-flusher", daemon=True)
                self._thread.start()
            self._dirty.add(one)
            self._more.notify()

    def _loop(self) -> None:
        while True:
            with self._more:
                self._more.wait_for(lambda: self._dirty)
            threading.Event().wait(PAUSE)
            with self._more:
                dirty, self._dirty = self._dirty, set()
            for one in dirty:
                try:
                    one.flush()
                except Exception as error:  # the database is away for a moment
                    logger.warning("a log could not be written, trying again: %s", error)
                    connection.close()
                    self.wake(one)
            give_back()


flusher = Flusher()
