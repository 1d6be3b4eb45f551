"""Results of the cache for many node runs of a run at once; otherwise as the recorder does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection

from studio.artifacts.models import Artifact
from studio.database.clock import clock
from studio.runs.change import Change
from studio.runs.dependents import set_free
from studio.runs.logs import Piece, write_cached
from studio.runs.models import NodeRun, Output, Run, State
from studio.runs.recorder import end_run_if_done


class Hit(NamedTuple):
    """A node run whose result is known: its `key`, `basis`, `cause` and `reason` are set, `cached` and
    `saved` too where an earlier run computed it (a dataset is only passed on). `outputs`: artifacts by port.
    `printed`: what it printed when it was computed. `began`: when it was looked up."""

    node_run: NodeRun
    began: datetime
    outputs: Mapping[str, Artifact]
    printed: Sequence[Piece] = ()


NAMES = {"state", "attempt", "waiting", "cached", "started", "finished", "lease", "timings", "key", "basis",
         "cause", "saved", "reason"}  # fmt: skip
SAID = [field for field in NodeRun._meta.concrete_fields if field.name in NAMES]
"""What a hit says of its node run."""


def commit_hits(run: Run, hits: Sequence[Hit]) -> list[NodeRun]:
    """Commits many known results at once, those above first. Returns the node runs that they set free.

    Each is of a node run that waits, or that this worker holds. If somebody else has claimed one meanwhile,
    it is left to him, with all that stands on it.
    """
    with Change(run.pk) as change:
        if change.run.cancel_requested:
            return []
        # Nobody else changes a node run of this run as long as the change goes on.
        asked = change.run.nodes.filter(pk__in=[hit.node_run.pk for hit in hits])
        now = {pk: as_read for pk, *as_read in asked.values_list("pk", "state", "attempt")}
        ours: list[Hit] = []
        left: set[str] = set()
        for hit in hits:
            one = hit.node_run
            above = {node for node, _ in one.plan["inputs"].values()}
            if now.get(one.pk) == [one.state, one.attempt] and not above & left:
                ours.append(hit)
            else:
                left.add(one.node)
        _settle(change, ours)
        _pass_on(change, ours)
        free = set_free([hit.node_run.pk for hit in ours])
        if not free:
            end_run_if_done(change)
    return free


def _settle(change: Change, hits: Sequence[Hit]) -> None:
    """One statement for all of them: `bulk_update` takes ten times as long."""
    finished = clock.now()
    for hit in hits:
        one = hit.node_run
        change.remember(one, [field.attname for field in SAID])
        if one.state == State.QUEUED:
            one.attempt, one.started, one.timings = one.attempt + 1, hit.began, {"queued": 0.0}
        one.state, one.waiting, one.lease, one.finished = State.FINISHED, 0, None, finished
    quote = connection.ops.quote_name
    changes = ", ".join(f"{quote(field.column or field.name)} = %s" for field in SAID)
    sql = f"UPDATE {quote(NodeRun._meta.db_table)} SET {changes} WHERE id = %s"  # noqa: S608  our own names
    with connection.cursor() as cursor:
        cursor.executemany(sql, [[*_values(hit.node_run), hit.node_run.pk] for hit in hits])


def _values(node_run: NodeRun) -> list[Any]:
    return [field.get_db_prep_save(getattr(node_run, field.attname), connection) for field in SAID]


def _pass_on(change: Change, hits: Sequence[Hit]) -> None:
    """Results and logs of the cache, to the database and the browsers."""
    Output.objects.bulk_create(
        Output(node_run=hit.node_run, port=port, artifact=artifact)
        for hit in hits
        for port, artifact in hit.outputs.items()
    )
    write_cached([(hit.node_run, hit.printed) for hit in hits], change.run.watchers)
    for hit in hits:
        change.tell_node(hit.node_run, hit.outputs)
