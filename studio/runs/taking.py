"""Results of the cache taken for many node runs of a run at once; else as the recorder does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from studio.artifacts.models import Artifact
from studio.database.clock import clock
from studio.runs.change import Change
from studio.runs.logs import Piece, write_cached
from studio.runs.models import NodeRun, Output, Run, State
from studio.runs.recorder import end_run_if_done, set_free


class Taken(NamedTuple):
    """A node run that comes from the cache: its `key`, `basis`, `saved` and `reason` are set. `outputs`:
    artifacts by port. `printed`: what it printed when it was computed. `began`: when it was looked up."""

    node_run: NodeRun
    began: datetime
    outputs: Mapping[str, Artifact]
    printed: Sequence[Piece]


def take(run: Run, taken: Sequence[Taken]) -> list[NodeRun]:
    """Commits many results of the cache at once, those above first; the node runs that they set free.

    A node run that somebody else has claimed meanwhile is left to him, with all that stands on it.
    """
    with Change(run.pk) as change:
        if change.run.cancel_requested:
            return []
        waiting = set(change.run.nodes.filter(state=State.QUEUED).values_list("node", flat=True))
        ours: list[Taken] = []
        left: set[str] = set()
        for each in taken:
            above = {node for node, _ in each.node_run.plan["inputs"].values()}
            if each.node_run.node in waiting and not above & left:
                ours.append(each)
            else:
                left.add(each.node_run.node)
        for each in ours:
            _take(change, each.node_run, each.began)
        _pass_on(change, ours)
        free = set_free([each.node_run.pk for each in ours])
        if not free:
            end_run_if_done(change)
    return free


def _take(change: Change, node_run: NodeRun, began: datetime) -> None:
    said = {name: getattr(node_run, name) for name in ("key", "basis", "saved", "reason")}
    change.move(
        node_run,
        State.QUEUED,
        state=State.FINISHED,
        attempt=node_run.attempt + 1,
        waiting=0,
        cached=True,
        started=began,
        finished=clock.now(),
        timings={"queued": 0.0},
        **said,
    )


def _pass_on(change: Change, taken: Sequence[Taken]) -> None:
    """Results and logs of the cache, to the database and the browsers."""
    Output.objects.bulk_create(
        Output(node_run=each.node_run, port=port, artifact=artifact)
        for each in taken
        for port, artifact in each.outputs.items()
    )
    write_cached([(each.node_run, each.printed) for each in taken], change.run.experiment_id)
    for each in taken:
        change.tell_node(each.node_run, each.outputs)
