"""A node run that somebody debugs: its dialogue, whether it is paused, and the slot that it holds."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

from studio.live.dialogue_messages import Dialogue, Happened
from studio.runs import recorder
from studio.runs.models import NodeRun
from studio.runs.snapshot import dialogue_of
from workers.dialogues.bridge import Bridge
from workers.engine.log_buffer import flusher
from workers.engine.slots import HeldSlot
from workers.sandbox.channels import Channels
from workers.sandbox.job import Limits
from workers.sandbox.standstill import Standstill

LONGEST = 4 * 3600
"""Seconds that a debugged node may take by the clock, pauses included; processor time has its usual limit."""

FULL = (
    "All places of this worker are taken, and the script has used its share beside them: it goes on when one "
    "is free."
)


def wish_of(node_run: NodeRun) -> dict[str, Any] | None:
    """Breakpoints and what else somebody wants of the debugger; None of a node run that nobody debugs."""
    return node_run.plan.get("debug")


def with_time(limits: Limits) -> Limits:
    return limits.model_copy(update={"wall_seconds": max(limits.wall_seconds, LONGEST)})


class DebuggedNode:
    """`end` ends the child. `slot`: what it holds, given back while it is paused for long."""

    def __init__(self, node_run: NodeRun, end: Callable[[], None], slot: HeldSlot | None) -> None:
        run = node_run.run
        dialogue = Dialogue(
            id=dialogue_of(node_run),
            kind="debugger",
            owner=run.owner_id or 0,
            experiment=run.experiment_id or "",
            node=node_run.node,
        )
        self.node_run = node_run
        self._slot = slot
        self._paused = self._told = False
        self._flushing = threading.Lock()
        self._closed = False
        self.still = Standstill()
        if slot:
            slot.still = self.still
        self.bridge = Bridge(dialogue, end, self._heard, self._ordered)

    @property
    def channels(self) -> Channels:
        return {"debugger": self.bridge.theirs}

    def args(self) -> dict[str, Any]:
        """What the child is told."""
        return {**(wish_of(self.node_run) or {}), "text": self.node_run.plan["params"].get("script", "")}

    def start(self) -> None:
        self.bridge.start()

    def _heard(self, event: Happened) -> None:
        if event.event not in ("stopped", "continued"):
            return
        self._paused = event.event == "stopped"
        if self._slot:
            if self._paused:
                self._slot.idle_since = time.monotonic()
            else:
                self._slot.take_again()
        flusher.wake(self)

    def _ordered(self) -> str:
        """Before an order is passed on: the child goes on, to hear it. Why it does not, in a sentence."""
        return "" if self._slot is None or self._slot.go_on(time.monotonic()) else FULL

    def flush(self) -> None:
        """Writes it down, a moment later: a step is no pause that is worth a row."""
        with self._flushing:
            if not self._closed and self._paused != self._told:
                self._told = self._paused
                recorder.pause(self.node_run, self._told)

    def close(self) -> None:
        with self._flushing:
            self._closed = True
        self.bridge.close()
