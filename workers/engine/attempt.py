"""One try to compute a node: its child, what it prints, and how far it is."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Protocol, TypeVar

from studio.artifacts.naming import Names
from studio.artifacts.store import store
from studio.runs.logs import LogWriter
from workers.data.sandbox_input import as_input, bounds
from workers.engine.badge import Badge
from workers.engine.debugging import DebuggedNode, wish_of, with_time
from workers.engine.log_buffer import LogBuffer
from workers.engine.outside import Asker, NotGiven, Outside, place_of
from workers.engine.slots import HeldSlot
from workers.engine.work import CannotRun, Work
from workers.sandbox.channels import NONE
from workers.sandbox.job import Job, Limits, Outcome
from workers.sandbox.limits import wished
from workers.sandbox.logs import Piece
from workers.sandbox.parent import Sandbox

T = TypeVar("T")


class Insist(Protocol):
    def __call__(self, doing: str, action: Callable[[], T]) -> T: ...


class Attempt:
    """Starts the child at once. What it says is passed on once `write_log` tells where to. `names`: content
    names of drafts that are hashed already. `began`: when, by the steady clock."""

    def __init__(
        self, work: Work, sandbox: Sandbox, cancelled: threading.Event, slot: HeldSlot | None = None
    ) -> None:
        self.work, self.cancelled = work, cancelled
        self.names = Names()
        self.printed: list[Piece] = []
        limits = _limits(work)
        args = {
            "module": work.spec.slug,
            "params": work.node_run.plan["params"],
            "watch": bool(work.node_run.plan.get("watch")),
            "pieces": work.node_run.plan.get("pieces") or "",
        }
        self.debugged = DebuggedNode(work.node_run, cancelled.set, slot) if wish_of(work.node_run) else None
        if self.debugged:
            limits = with_time(limits)
            room = {"memory": limits.memory_bytes, "processes": limits.processes}
            args["debug"] = {**self.debugged.args(), **room}
        self.outside = outside_of(work)
        job = Job(
            verb="node",
            args=args,
            inputs={port: as_input(artifact) for port, artifact in work.inputs.items()},
            limits=limits,
            environment=work.environment and work.environment.as_sandbox_takes_it(work.spec.slug),
            **(self.outside.for_job if self.outside else {}),
        )
        self.buffer, self.badge = LogBuffer(limits.log_bytes), Badge(work.node_run)
        self.drafts = store().new_drafts()
        self.began = time.monotonic()
        channels = self.debugged.channels if self.debugged else NONE
        log = self.outside.before(self.buffer.log) if self.outside else self.buffer.log
        lead = self.outside.lead if self.outside else None
        still = self.debugged.still if self.debugged else None
        self.child = sandbox.begin(job, self.drafts, cancelled, log, self.badge.say, channels, lead, still)

    def write_log(self, writer: LogWriter) -> None:
        """The node run is claimed: what its child says may be written."""
        self.buffer.lead_to(writer)
        self.badge.show()
        if self.debugged:
            self.debugged.start()

    def wait(self, insist: Insist) -> Outcome:
        """What came of it, once its log is written."""
        outcome = self.child.wait()
        if self.outside:
            self.outside.close(self.buffer.log)
            self.outside.cross_out(outcome)
        self.badge.close()
        if self.debugged:
            self.debugged.close()
        self.printed = insist("writing the log of", self.buffer.finish)
        return outcome

    def close(self) -> None:
        """Ends the child if it still runs; afterwards nothing of it is left."""
        self.cancelled.set()
        with suppress(Exception):  # whoever waited for it has heard of that
            self.child.wait()
        if self.outside:
            self.outside.close()
        self.badge.close()
        if self.debugged:
            self.debugged.close()
        self.buffer.close()
        shutil.rmtree(self.drafts, ignore_errors=True)


def outside_of(work: Work) -> Outside | None:
    """What the node is given of the world outside; None, which costs nothing, if it asks for nothing.
    CannotRun if it may not have that."""
    node_run = work.node_run
    asker = Asker(work.spec, node_run.plan["params"])
    if not asker.asks:
        return None
    try:
        return Outside(node_run.run.owner_id, [asker], place_of(node_run))
    except NotGiven as problem:
        raise CannotRun(problem.type, str(problem), problem.param) from None


def _limits(work: Work) -> Limits:
    try:
        return wished(work.node_run.plan.get("limits", {}), bounds())
    except ValueError as problem:
        raise CannotRun("LimitRefused", str(problem)) from None
