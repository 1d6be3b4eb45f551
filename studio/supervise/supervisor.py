"""Keeps children running: shows what they print, starts again what dies, stops them all.

One thread, one loop. The kernel wakes it for output, a child's death or a signal; else it sleeps.
"""

from __future__ import annotations

import os
import selectors
import signal
import socket
import time
from collections.abc import Callable, Iterable
from types import FrameType

from studio.supervise.child import TOO_OFTEN, WINDOW, Child
from studio.supervise.printer import Printer

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PATIENCE = 3.0
"""Seconds that children get to end by themselves before they are killed, where nobody says another number."""


class GivenUp(Exception):
    """Studio cannot go on; the message says why."""


class Supervisor:
    """Watches children, in the main thread: signals arrive there, and children are tied to it."""

    def __init__(self, printer: Printer, patience: float = PATIENCE) -> None:
        self.printer, self.patience = printer, patience
        self.children: list[Child] = []
        self.signals = 0
        self._selector = selectors.DefaultSelector()
        self._wake, self._waker = socket.socketpair()
        for end in (self._wake, self._waker):
            end.setblocking(False)
        self._selector.register(self._wake, selectors.EVENT_READ)
        signal.set_wakeup_fd(self._waker.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        for number in STOPPING:
            signal.signal(number, self._on_signal)

    @property
    def stopping(self) -> bool:
        return self.signals > 0

    def start(self, child: Child) -> None:
        if child not in self.children:
            self.children.append(child)
        self._selector.register(child.start(), selectors.EVENT_READ, child)

    def wait_for(self, what: Callable[[], bool], patience: float, otherwise: str) -> bool:
        """Watches until `what` is so: True. False where Studio is to stop first.

        GivenUp, with `otherwise`, after `patience` seconds.
        """
        end = time.monotonic() + patience
        while not self.stopping:
            if what():
                return True
            if time.monotonic() > end:
                raise GivenUp(otherwise)
            self.turn(0.05)
        return False

    def watch(self) -> None:
        """Watches until Studio is to stop. GivenUp where a child keeps dying."""
        while not self.stopping:
            self.turn()

    def turn(self, longest: float | None = None) -> None:
        """Sleeps until something happens, and deals with it."""
        due = [child.due - time.monotonic() for child in self.children if child.due]
        waits = [max(0.0, wait) for wait in (*due, *([] if longest is None else [longest]))]
        self._pump(min(waits) if waits else None)
        for child in self.children:
            if child.due is None and not child.alive:
                self._on_death(child)
            elif child.due and child.due <= time.monotonic() and not self.stopping:
                self.start(child)

    def stop(self) -> None:
        """Ends all children, those that stand on others first; within a few seconds whatever they do."""
        for group in (self.children[1:], self.children[:1]):
            for child in group:
                child.tell(signal.SIGTERM)
            self._wait_for_ends(group)
            for child in group:
                if child.process:
                    self._let_go(child)
                    child.sweep()

    def _wait_for_ends(self, group: Iterable[Child]) -> None:
        asked, end = self.signals, time.monotonic() + self.patience
        while (
            any(child.alive for child in group) and time.monotonic() < end and self.signals <= max(asked, 1)
        ):
            self._pump(0.05)

    def _pump(self, longest: float | None) -> None:
        for key, _ in self._selector.select(longest):
            if key.data is None:
                self._drain_wakes()
            else:
                self._show(key.data)

    def _drain_wakes(self) -> None:
        try:
            while self._wake.recv(4096):
                pass
        except BlockingIOError:
            return

    def _show(self, child: Child) -> None:
        if not child.alive:
            self._let_go(child)
            return
        for line in child.lines():
            self.printer.line(child.name, line)

    def _let_go(self, child: Child) -> None:
        """The last lines of one that has ended."""
        if child.output is not None:
            self._selector.unregister(child.output)
            for line in child.lines():
                self.printer.line(child.name, line)
            child.output = None

    def _on_death(self, child: Child) -> None:
        self._let_go(child)
        if self.stopping:
            return
        how = child.how_it_ended()
        if child.process and child.process.returncode == os.EX_CONFIG:
            raise GivenUp(child.last_line)  # it has said why, and would say it again
        if not child.died():
            raise GivenUp(
                f"The {child.name} process has died {TOO_OFTEN} times in {WINDOW:.0f} seconds ({how}), "
                f"so Studio stops. Its last line: {child.last_line or 'none'}"
            )
        self.printer.line("studio", f"{child.name} died ({how}); starting it again.")

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self.signals += 1
