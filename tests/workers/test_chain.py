"""A worker in a chain: the next child begins before the last commit, and there is one commit a node."""

from __future__ import annotations

import threading
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from modules.registry import find
from modules.wire_types.table import StoredTable
from studio.accounts.owner import owner
from studio.experiments.actions import create_experiment
from studio.runs import recorder
from studio.runs.actions import cancel_run, start_run
from studio.runs.models import LogChunk, Run
from tests.builders import Exp, chain
from workers.engine.patience import Patience
from workers.engine.scheduler import Engine
from workers.sandbox.job import Job, Outcome

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("published")]


class Quick:
    """A sandbox in which every node leaves an empty table at once. `order`: what happened."""

    def __init__(self) -> None:
        self.order: list[str] = []
        self.ended_early = 0

    def begin(
        self, job: Job, drafts: Path, cancelled: threading.Event, log: Any, on_progress: Any, *_: Any
    ) -> Child:
        self.order.append(f"begin {job.args['params'].get('script') or 'data'}")
        log.add("stdout", b"hello\n")
        return Child(self, job, drafts, cancelled)


class Child:
    def __init__(self, sandbox: Quick, job: Job, drafts: Path, cancelled: threading.Event) -> None:
        self.sandbox, self.job, self.drafts, self.cancelled = sandbox, job, drafts, cancelled

    @cached_property
    def outcome(self) -> Outcome:
        if self.cancelled.is_set():
            self.sandbox.ended_early += 1
            return Outcome(self.drafts, cancelled=True)
        spec = find(self.job.args["module"])
        assert spec
        return Outcome(self.drafts, outputs={spec.outputs[0].name: StoredTable(rows=0, columns=())})

    def wait(self) -> Outcome:
        return self.outcome


@pytest.fixture
def sandbox(monkeypatch: pytest.MonkeyPatch) -> Quick:
    quick, really = Quick(), recorder.finish

    def finish(node_run: Any, *args: Any, **more: Any) -> Any:
        quick.order.append(f"commit {node_run.node}")
        return really(node_run, *args, **more)

    monkeypatch.setattr(recorder, "finish", finish)
    return quick


def engine(sandbox: Quick) -> Engine:
    made = Engine(sandbox, wake=lambda count: None, refuse=lambda: "")  # type: ignore[arg-type]
    made.patience = Patience(sleep=lambda seconds: None)
    return made


def start(exp: Exp) -> Run:
    return start_run(create_experiment(owner(), exp.file()), hints=False)


def states(run: Run) -> dict[str, str]:
    return dict(run.nodes.values_list("node", "state"))


def test_the_next_child_begins_before_the_commit_of_the_last(sandbox: Quick) -> None:
    run = start(chain("s1", "s2"))
    engine(sandbox).work(run.pk)
    assert sandbox.order == ["begin data", "begin s1", "commit data", "begin s2", "commit s1", "commit s2"]
    assert set(states(run).values()) == {"finished"}
    assert LogChunk.objects.filter(node_run__run=run).count() == 3


def test_a_chain_has_one_transaction_a_node(sandbox: Quick) -> None:
    with CaptureQueriesContext(connection) as short:
        engine(sandbox).work(start(chain("a")).pk)
    with CaptureQueriesContext(connection) as long:
        engine(sandbox).work(start(chain("b", "c", "d", "e", "f")).pk)
    begun = [sum(query["sql"].startswith("BEGIN") for query in found) for found in (short, long)]
    assert begun[1] - begun[0] <= 4 * 2  # its commit, and what its child printed
    assert len(long) - len(short) <= 4 * 20


def test_what_the_cache_has_is_not_begun(sandbox: Quick) -> None:
    """The second script is the first one's twin: it is known once that is committed."""
    run = start(chain("same", "same"))
    engine(sandbox).work(run.pk)
    assert sandbox.order.count("begin same") == 1
    assert list(run.nodes.order_by("place").values_list("cached", flat=True)) == [False, False, True]


def test_a_refused_commit_is_tried_again_and_the_child_goes_on(
    sandbox: Quick, monkeypatch: pytest.MonkeyPatch
) -> None:
    really, refused = recorder.finish, [OperationalError("away"), OperationalError("away")]

    def finish(*args: Any, **more: Any) -> Any:
        if refused:
            raise refused.pop()
        return really(*args, **more)

    monkeypatch.setattr(recorder, "finish", finish)
    monkeypatch.setattr("workers.engine.patience._leave_connection", lambda: None)
    run = start(chain("s1"))
    engine(sandbox).work(run.pk)
    assert (states(run)["s1"], sandbox.order.count("begin s1"), sandbox.ended_early) == ("finished", 1, 0)


def test_a_child_that_the_commit_did_not_claim_is_ended(
    sandbox: Quick, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, really = start(chain("s1")), recorder.finish

    def finish(node_run: Any, *args: Any, **more: Any) -> Any:
        if node_run.node == "data":
            cancel_run(run)
        return really(node_run, *args, **more)

    monkeypatch.setattr(recorder, "finish", finish)
    engine(sandbox).work(run.pk)
    assert states(run)["s1"] == "cancelled"
    assert sandbox.ended_early == 1
    assert not LogChunk.objects.filter(node_run__node="s1").exists()
