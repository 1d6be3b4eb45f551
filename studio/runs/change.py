"""A change of one run: one transaction under the run's lock, and what is told of it afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import TracebackType
from typing import Any

from django.db import transaction
from pydantic import BaseModel

from studio.artifacts.models import Artifact
from studio.live.broadcast import publish
from studio.runs.events import NodeEvent, RunEvent
from studio.runs.models import NodeRun, Run, State
from studio.runs.snapshot import node_entry, run_head


class Change:
    """`with Change(run_id) as change:` locks the run (without its graph, which may be large).

    Events get their sequence numbers in the order they are told; they leave together once the
    transaction has committed, and the run's row is written once. Where it is not committed, the node runs
    in memory are again as they were read, so that the same change can be tried once more.
    """

    run: Run

    def __init__(self, run_id: str) -> None:
        self._run_id = run_id
        self._atomic = transaction.atomic()
        self._set: dict[str, Any] = {}
        self._told: list[BaseModel] = []
        self._was: list[tuple[NodeRun, dict[str, Any]]] = []
        self._run_moved = False

    def __enter__(self) -> Change:
        self._atomic.__enter__()
        try:
            self.run = Run.objects.select_for_update().defer("graph", "until").get(pk=self._run_id)
        except BaseException as error:
            self._atomic.__exit__(type(error), error, error.__traceback__)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                try:
                    self._write()
                except BaseException as problem:
                    self._atomic.__exit__(type(problem), problem, problem.__traceback__)
                    raise
            self._atomic.__exit__(kind, error, trace)
        except BaseException:
            self._restore()
            raise
        if kind is not None:
            self._restore()

    def move(
        self, node_run: NodeRun, expected: str, held: Mapping[str, Any] | None = None, /, **to: Any
    ) -> bool:
        """Compare-and-set on the state and attempt that were read (and `held`). False changes nothing."""
        as_read = {"pk": node_run.pk, "state": expected, "attempt": node_run.attempt, **(held or {})}
        if expected == State.QUEUED and to.get("state") == State.RUNNING:
            as_read["waiting"] = 0
        if not NodeRun.objects.filter(**as_read).update(**to):
            return False
        self.remember(node_run, to)
        for name, value in to.items():
            setattr(node_run, name, value)
        return True

    def remember(self, node_run: NodeRun, names: Iterable[str]) -> None:
        """How it was, in case the change is not committed."""
        self._was.append((node_run, {name: getattr(node_run, name) for name in names}))

    def _restore(self) -> None:
        for node_run, values in reversed(self._was):
            for name, value in values.items():
                setattr(node_run, name, value)

    def set_run(self, **to: Any) -> None:
        """Changes the run's own row."""
        self._set |= to
        for name, value in to.items():
            setattr(self.run, name, value)

    def move_run(self, state: State, **to: Any) -> None:
        """Sets the run's state and other fields, and tells it: last, when all that happened to its nodes is
        known."""
        self.set_run(state=state, **to)
        self._run_moved = True

    def tell_node(self, node_run: NodeRun, outputs: Mapping[str, Artifact] | None = None) -> None:
        """`outputs`: what lies on its ports; nothing does where it is left out."""
        self.run.seq += 1
        entry = node_entry(node_run, outputs or {})
        self._told.append(NodeEvent(run=self.run.pk, node=node_run.node, seq=self.run.seq, **dict(entry)))

    def _write(self) -> None:
        if self._run_moved:
            self.run.seq += 1
        if self._told or self._set or self._run_moved:
            Run.objects.filter(pk=self.run.pk).update(**self._set, seq=self.run.seq)
        if self._run_moved:
            self._told.append(RunEvent(run=run_head(self.run)))
        if self._told:
            publish(self.run.watchers, *self._told)
