"""Prints lines with a prefix each. A reader that stops reading holds nobody up: lines are dropped then."""

from __future__ import annotations

import os
import queue
import sys
import threading
from typing import TextIO

WIDTH = 6
KEPT = 10_000
COLOURS = {"studio": "1", "web": "36", "worker": "35", "redis": "33"}


class Printer:
    """One thread writes; everybody else only hands it lines."""

    def __init__(self, target: TextIO = sys.stdout) -> None:
        self._target = target
        self._colored = target.isatty() and "NO_COLOR" not in os.environ
        self._lines: queue.Queue[str | None] = queue.Queue(KEPT)
        self._thread = threading.Thread(target=self._write, name="printer", daemon=True)
        self._thread.start()

    def line(self, who: str, text: str) -> None:
        """A line of one process."""
        prefix = f"{who:<{WIDTH}} |"
        if self._colored:
            prefix = f"\x1b[{COLOURS.get(who, '0')}m{prefix}\x1b[0m"
        self.plain(f"{prefix} {text}")

    def plain(self, text: str) -> None:
        """A line as it is."""
        try:
            self._lines.put_nowait(text)
        except queue.Full:
            return

    def close(self) -> None:
        """Waits a moment for what is still to be printed."""
        try:
            self._lines.put(None, timeout=1)
        except queue.Full:
            return
        self._thread.join(1)

    def _write(self) -> None:
        while (line := self._lines.get()) is not None:
            try:
                self._target.write(line + "\n")
                self._target.flush()
            except (OSError, ValueError):  # nobody reads any more; Studio goes on
                continue
