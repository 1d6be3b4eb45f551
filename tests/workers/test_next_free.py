"""What is claimed next, and how much it takes to find out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from studio.accounts.owner import owner
from studio.experiments.actions import create_experiment
from studio.live import broadcast
from studio.runs import recorder
from studio.runs.actions import start_run
from studio.runs.models import NodeRun, Run, State
from tests.builders import PASS_ON, chain
from workers.engine.queue import next_free

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(broadcast, "_send", lambda group, events: None)
    monkeypatch.setattr("studio.runs.actions.wake_workers", lambda count: None)


def start(times: int) -> list[Run]:
    """The first one has waited for longest."""
    experiment = create_experiment(owner(), chain(PASS_ON).file())
    return [start_run(experiment) for _ in range(times)]


def best() -> str | None:
    found = next(next_free(), None)
    return found.run_id if found else None


def steps() -> int:
    """What the database does to find the next one, in instructions of SQLite's machine."""
    count = 0

    def step() -> int:
        nonlocal count
        count += 1
        return 0

    connection.connection.set_progress_handler(step, 1)
    try:
        assert best()
    finally:
        connection.connection.set_progress_handler(None, 1)
    return count


def test_the_work_does_not_grow_with_the_queue() -> None:
    start(20)
    few = steps()
    start(200)
    assert steps() < 1.2 * few


def test_nor_with_the_runs_under_way() -> None:
    Run.objects.filter(pk__in=[run.pk for run in start(20)]).update(state=State.RUNNING)
    few = steps()
    Run.objects.filter(pk__in=[run.pk for run in start(200)]).update(state=State.RUNNING)
    assert steps() < 1.2 * few


def test_the_least_busy_comes_first_and_then_who_has_waited_for_longest() -> None:
    first, second, third = start(3)
    assert best() == first.pk
    claimed = next(next_free())
    recorder.claim(claimed, "worker")
    assert best() == second.pk
    recorder.claim(next(next_free()), "worker")
    recorder.claim(next(next_free()), "worker")
    assert best() is None  # each has one that runs, and the next stands below it
    NodeRun.objects.filter(run=first, state=State.RUNNING).update(state=State.QUEUED)
    NodeRun.objects.filter(run=third, state=State.RUNNING).update(state=State.QUEUED)
    assert best() == first.pk
    Run.objects.filter(pk=third.pk).update(served=timezone.now() - timedelta(hours=1))
    assert best() == third.pk


def test_a_cancelled_run_and_those_that_only_wait_for_what_runs_are_passed_by() -> None:
    runs = start(30)
    for _ in runs[:-1]:
        assert recorder.claim(next(next_free()), "worker")
    assert best() == runs[-1].pk
    Run.objects.filter(pk=runs[-1].pk).update(cancel_requested=True)
    assert best() is None
