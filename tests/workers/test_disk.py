"""A worker whose disk is nearly full takes no node, and blames no script."""

from __future__ import annotations

import errno
from typing import Any

import pytest

from studio.accounts.owner import owner
from studio.experiments.actions import create_experiment
from studio.runs.actions import start_run
from studio.runs.models import Run
from tests.builders import Exp
from workers.engine import disk_room
from workers.engine.scheduler import Engine
from workers.sandbox.job import Failure, Outcome
from workers.sandbox.parent import UnderWay

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("published")]


class Failing:
    """A sandbox in which every node fails in this way."""

    def __init__(self, failure: Failure | OSError) -> None:
        self.failure, self.times = failure, 0

    def begin(self, job: Any, drafts: Any, *_: Any) -> UnderWay:
        self.times += 1
        return UnderWay(lambda: self._fail(drafts))

    def _fail(self, drafts: Any) -> Outcome:
        if isinstance(self.failure, OSError):
            raise self.failure
        return Outcome(drafts, failure=self.failure)


@pytest.fixture
def run() -> Run:
    exp = Exp().script("s", "def azureml_main():\n    return\n")
    return start_run(create_experiment(owner(), exp.file()), hints=False)


def engine(sandbox: Any, refuse: Any = lambda: "") -> Engine:
    return Engine(sandbox, wake=lambda count: None, refuse=refuse)


def test_with_too_little_room_nodes_are_left_to_others(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STUDIO_RESERVE_BYTES", str(1 << 50))
    sandbox = Failing(Failure(type="ValueError", message="no"))
    full = engine(sandbox, disk_room.refusal)
    full.work(run.pk)
    assert "so the worker takes no nodes. Make room at" in full.refusal
    assert run.nodes.get().state == "queued"
    monkeypatch.setenv("STUDIO_RESERVE_BYTES", "0")
    full.work(run.pk)
    assert (full.refusal, run.nodes.get().state, sandbox.times) == ("", "failed", 1)


@pytest.mark.parametrize(
    "failure", [Failure(type="OSError", message="No space left"), OSError(errno.ENOSPC, "No space left")]
)
def test_a_disk_that_fills_up_meanwhile_is_named_after_three_tries(
    run: Run, failure: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk_room, "free", lambda: 1000)
    sandbox = Failing(failure)
    engine(sandbox).work(run.pk)
    node = run.nodes.get()
    assert (node.state, node.deaths, sandbox.times) == ("failed", 0, 3)
    assert node.error is not None
    assert node.error["type"] == "DiskFull"
    assert "was full while this node ran" in node.error["message"]
