"""Follows what the operator tells this worker; the watchdog looks in every round."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from studio.runs.models import Order
from studio.runs.orders import order_for
from workers.engine.scheduler import Engine

log = logging.getLogger(__name__)


class Orders:
    """`listen` says which messages are still taken: hints that nodes are free, and all others. `busy` is
    whether any message is still dealt with. `steady` is time's."""

    def __init__(
        self,
        engine: Engine,
        listen: Callable[[bool, bool], None] = lambda hints, others: None,
        busy: Callable[[], bool] = lambda: False,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        self.engine, self.listen, self.busy, self._steady = engine, listen, busy, steady
        self.state = "working"
        """working, paused, draining or drained."""
        self._order: tuple[str, float] | None = None
        self._until = 0.0

    def follow(self) -> bool:
        """Whether this worker's state is another than before."""
        order = order_for(self.engine.name)
        told = (order.what, order.seconds) if order else None
        if told != self._order:
            self._begin(told)
        before, self.state = self.state, self._state()
        if self.state == "draining" and self._steady() > self._until:
            for execution in list(self.engine.under_way.values()):
                execution.stop()
        if before != self.state:
            log.warning("this worker is %s", self.state)
        return before != self.state

    def _begin(self, told: tuple[str, float] | None) -> None:
        self._order = told
        self.engine.held = told is not None
        drains = told is not None and told[0] == Order.What.DRAIN
        self._until = self._steady() + told[1] if told and drains else 0.0
        self.listen(told is None, not drains)

    def _state(self) -> str:
        if self._order is None:
            return "working"
        if self._order[0] == Order.What.PAUSE:
            return "paused"
        return "draining" if self.engine.under_way or self.busy() else "drained"
