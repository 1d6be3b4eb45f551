"""With which node run a worker goes on when it has finished one."""

from __future__ import annotations

from collections.abc import Callable

from studio.runs.models import NodeRun, State
from workers.engine.memory_room import Room
from workers.engine.queue import first_free, waiting


class Policy:
    """`worker`: in whose name node runs are claimed. `room`: the memory of those under way. `takes`: whether
    anything more may be claimed."""

    def __init__(self, worker: str, room: Room, takes: Callable[[], bool]) -> None:
        self.worker, self.room, self.takes = worker, room, takes

    def next_after(self, node_run: NodeRun) -> NodeRun | None:
        """What may be claimed with this one's commit: a node run of the same run, below it if there is one.
        None if nothing fits into memory, or other runs wait: the fairest is looked for after the commit."""
        if not self.takes() or waiting().exclude(run_id=node_run.run_id).exists():
            return None
        below = node_run.targets.filter(state=State.QUEUED, waiting=1, run__cancel_requested=False)
        best = below.order_by("place").first() or first_free(node_run.run_id)
        if best is None:
            return None
        best.run = node_run.run
        self.room.leave(node_run)
        return best if self.room.take(best) else None
