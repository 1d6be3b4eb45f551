"""What is unchanged is passed on, whatever becomes of the database meanwhile."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from modules.wire_types.device import StoredDevice
from studio.accounts.owner import owner
from studio.artifacts.store import store
from studio.experiments.actions import create_experiment
from studio.live import broadcast
from studio.runs import recorder
from studio.runs.actions import start_run
from studio.runs.cache_hits import Hit
from studio.runs.models import Output
from tests.builders import PASS_ON, chain
from workers.engine.replay import Replay

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(broadcast, "_send", lambda group, events: None)
    monkeypatch.setattr("studio.runs.actions.wake_workers", lambda count: None)


def test_a_database_that_is_away_between_two_steps_loses_and_doubles_nothing() -> None:
    run = start_run(create_experiment(owner(), chain(PASS_ON).file()))
    held = run.nodes.get(node="data")
    assert recorder.claim(held, "w")
    held.key, held.reason = "key of data", "cached"
    drafts = store().new_drafts()
    kept = store().keep(StoredDevice(text="printed"), drafts)
    drafts.rmdir()
    replay = Replay(run, Hit(held, timezone.now(), {"dataset": kept}))

    began, ended = 0, 0

    def away_after_the_first_step(execute: Any, sql: str, *rest: Any) -> Any:
        nonlocal began, ended
        if ended and ended == began:
            raise OperationalError("the connection was lost")
        began += sql.startswith("SAVEPOINT")
        ended += sql.startswith("RELEASE SAVEPOINT")
        return execute(sql, *rest)

    with connection.execute_wrapper(away_after_the_first_step), pytest.raises(OperationalError):
        replay()
    assert [free.node for free in replay()] == ["s1"]
    assert Output.objects.filter(node_run=held).count() == 1
    held.refresh_from_db()
    assert held.state == "finished"
