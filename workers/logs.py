"""What children print, passed on in batches: kept and shown at most 0.1 s after it was printed."""

from __future__ import annotations

import threading
from collections.abc import Callable

from django.db import connection

PAUSE = 0.1
"""Seconds between two batches of one node; a reader sees no difference, the database does."""

KEPT = 1 << 20
"""Characters of a log that the cache keeps, to show them again with a cached result."""


class LogBuffer:
    """Collects what one node prints; `whole` is all of it, up to `KEPT` characters."""

    def __init__(self, write: Callable[[str, str], None]) -> None:
        self._write = write
        self._lock, self._flushing = threading.Lock(), threading.Lock()
        self._pending: list[tuple[str, str]] = []
        self.whole = ""

    def add(self, stream: str, text: str) -> None:
        text = text.replace("\x00", "\ufffd")  # PostgreSQL takes none
        with self._lock:
            if self._pending and self._pending[-1][0] == stream:
                text = self._pending.pop()[1] + text
            self._pending.append((stream, text))
        flusher.wake(self)

    def flush(self) -> None:
        with self._flushing:
            with self._lock:
                pending, self._pending = self._pending, []
            for stream, text in pending:
                self.whole += text[: KEPT - len(self.whole)]
                self._write(stream, text)


class Flusher:
    """One thread that flushes every buffer that has something, a moment after it came."""

    def __init__(self) -> None:
        self._dirty: set[LogBuffer] = set()
        self._more = threading.Condition()
        self._thread: threading.Thread | None = None

    def wake(self, buffer: LogBuffer) -> None:
        with self._more:
            if self._thread is None:
                self._thread = threading.Thread(target=self._loop, name="log-flusher", daemon=True)
                self._thread.start()
            self._dirty.add(buffer)
            self._more.notify()

    def _loop(self) -> None:
        while True:
            with self._more:
                self._more.wait_for(lambda: self._dirty)
            threading.Event().wait(PAUSE)
            with self._more:
                dirty, self._dirty = self._dirty, set()
            for buffer in dirty:
                try:
                    buffer.flush()
                except Exception:  # the database is away for a moment: the final flush tries again
                    connection.close()


flusher = Flusher()
