"""Sets the product up on a database in memory, once for many schedules."""

from __future__ import annotations

import gc
import logging
import os
import tempfile
from collections.abc import Callable
from typing import Any

from tests.simulation.bugs import BUGS

HOME = tempfile.mkdtemp(prefix="studio-simulation-")


def set_up() -> Callable[[str], Callable[[int], None]]:
    """What gets all ready, with a fault of the past put back where one is named: it gives what plays the
    schedule of a seed."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "studio.settings",
        "STUDIO_HOME": HOME,
        "DATABASE_URL": "sqlite://:memory:",
    }
    import django

    django.setup()
    logging.disable(logging.CRITICAL)
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    from studio.accounts.owner import owner
    from studio.artifacts import naming
    from studio.artifacts.store import store
    from studio.experiments.models import Experiment
    from studio.live import broadcast
    from studio.runs import recorder
    from tests.simulation import schedule
    from tests.simulation.doubles import MemoryStore
    from workers.housekeeping import watchdog

    kept: Any = store()
    kept.__class__ = MemoryStore  # everybody holds the function that gives this very store
    experiment = Experiment.objects.create(owner=owner(), name="Simulated", document={})
    plan_queries(True)

    def guard(execute: Any, *call: Any) -> Any:
        return schedule.current[-1].world.guard(execute, *call) if schedule.current else execute(*call)

    connection.execute_wrappers.append(guard)
    really: Any = connection._commit  # type: ignore[attr-defined]

    def commit() -> None:
        if schedule.current:
            schedule.current[-1].world.commit(really, connection._rollback)  # type: ignore[attr-defined]
        else:
            really()

    connection._commit = commit  # type: ignore[attr-defined]
    broadcast._send = lambda group, events: schedule.current[-1].checks.told(events)  # type: ignore[assignment]
    naming.digest_of = kept.digest
    watchdog.is_dead = lambda name: schedule.current[-1].is_dead(name)
    watchdog.died_alone = lambda name: True

    def ready(plant: str) -> Callable[[int], None]:
        if plant:
            kinds, put_back = BUGS[plant]
            schedule.FAULTS = {kind: schedule.FAULTS[kind] for kind in kinds}
            put_back()
        _observe(recorder, schedule)
        gc.freeze()
        gc.set_threshold(100_000, 50, 50)
        return lambda seed: schedule.Schedule(seed, kept, experiment).run()

    return ready


def plan_queries(planned: bool) -> None:
    """Whether queries are asked without building them again."""
    from django.db.models import Manager, QuerySet

    from tests.simulation.plans import Planned

    Manager._queryset_class = Planned if planned else QuerySet  # type: ignore[attr-defined]


def _observe(recorder: Any, schedule: Any) -> None:
    """Lets the checks see each claim, and each node that is taken from its worker."""
    from studio.runs.change import Change
    from tests.simulation.checks import ask

    claim, give_back, move = recorder.claim_within, recorder.give_back, Change.move

    def claim_within(change: Any, node_run: Any, worker: str) -> bool:
        if done := claim(change, node_run, worker):
            schedule.current[-1].checks.claimed(node_run)
        return bool(done)

    def observed(node_run: Any, **how: Any) -> bool:
        worker = node_run.worker
        taken = give_back(node_run, **how)
        if taken and how.get("unless_renewed"):
            schedule.current[-1].checks.given_back(node_run, worker)
        return bool(taken)

    def moved(change: Any, node_run: Any, expected: str, held: Any = None, /, **to: Any) -> bool:
        ends = to.get("state") in ("finished", "failed") and expected == "running"
        [holder] = ask("SELECT worker FROM runs_noderun WHERE id = %s", node_run.pk) if ends else [""]
        done = move(change, node_run, expected, held, **to)
        if done and ends and not to.get("deaths"):
            schedule.current[-1].checks.settled(node_run, holder)
        return bool(done)

    Change.move = moved  # type: ignore[method-assign]
    recorder.claim_within = claim_within
    recorder.give_back = observed
