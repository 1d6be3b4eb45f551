"""How far a node says it is, on its way to the database and the browsers."""

from __future__ import annotations

import threading

from studio.runs import recorder
from studio.runs.models import NodeRun
from workers.engine.log_buffer import flusher


class Badge:
    """The progress of one running node: only the latest number counts. Nothing is told before `show`."""

    def __init__(self, node_run: NodeRun) -> None:
        self.node_run = node_run
        self._said: float | None = None
        self._flushing = threading.Lock()
        self._shown = self._closed = False

    def show(self) -> None:
        """The node run is claimed."""
        self._shown = True
        if self._said is not None:
            flusher.wake(self)

    def say(self, fraction: float) -> None:
        self._said = fraction
        if self._shown:
            flusher.wake(self)

    def flush(self) -> None:
        with self._flushing:
            said = self._said
            if said is not None and self._shown and not self._closed:
                recorder.progress(self.node_run, said)
                self._said = None if self._said == said else self._said

    def close(self) -> None:
        """From now on nothing is told."""
        with self._flushing:
            self._closed = True
