"""The Celery tasks. A message is only a hint to look at the database."""

from __future__ import annotations

import logging
import threading
import time
from functools import partial
from typing import Any

import redis
from celery.signals import worker_init, worker_ready, worker_shutting_down
from celery.worker.state import active_requests

from modules.registry import catalog
from studio import config
from studio.artifacts.store import store
from studio.celery import HINTS, QUESTIONS, app, hint
from studio.datasets.models import Dataset
from studio.housekeeping import cleanup_state
from studio.housekeeping.prune import Pruned, prune
from studio.live.reply import Reply
from studio.live.worker_reports import report_worker, wake_workers, worker_reports
from studio.runs import release
from studio.supervise.health import beat
from studio.supervise.started import started
from workers.data.imports import import_dataset as read_dataset
from workers.data.sandbox_input import bounds
from workers.engine import disk_room
from workers.engine.consoles import Consoles
from workers.engine.sampling import Samples
from workers.engine.scheduler import Engine
from workers.engine.slots import machine, share
from workers.environments import builds
from workers.housekeeping.watchdog import Watchdog
from workers.looks.look import look as look_into
from workers.looks.preview import preview as preview_file
from workers.looks.reader_pool import Readers
from workers.looks.script_helpers import Helpers
from workers.replies import Tell, question
from workers.sandbox import delegation
from workers.sandbox.link import TemplateError
from workers.sandbox.parent import Sandbox
from workers.services import versions
from workers.services.job_call import read_call
from workers.services.pool import Services

log = logging.getLogger(__name__)

TIERS = {"1": "namespaces", "2": "landlock", "off": "off"}

sandbox = Sandbox(
    config.home(), config.sandbox(), config.reserve(), partial(delegation.get, config.cgroups())
)
fit = release.Fit()
engine = Engine(sandbox, refuse=lambda: fit.refusal() or disk_room.refusal())
readers = Readers(sandbox)
helpers = Helpers(sandbox)
services = Services(sandbox, engine.name, config.service_idle_seconds, versions.find)
samples = Samples(sandbox)
consoles = Consoles(sandbox)


@app.task(name="workers.work")
def work() -> None:
    """Carries out whatever is free."""
    engine.work()


@app.task(name="workers.import_dataset")
def import_dataset(dataset_id: str) -> None:
    """Reads an uploaded file."""
    read_dataset(dataset_id, sandbox)


@app.task(name="workers.build_environment")
def build_environment(environment_id: str) -> None:
    """Finds versions that go together, and installs them."""
    builds.build_environment(environment_id, sandbox)


@question("workers.look", failed="Studio could not read this table: {error}.")
def look(artifact_id: str, verb: str, args: dict[str, Any], *, tell: Tell) -> Reply:
    """What is asked about an artifact."""
    return look_into(artifact_id, verb, args, sandbox, readers, tell)


@question("workers.read_call", failed="Studio could not read this call: {error}.")
def read_job_call(version: str, form: str, body: str, query: dict[str, str], *, tell: Tell) -> Reply:
    """What the call of a service's job says."""
    return read_call(version, form, body, query, sandbox)


@question("workers.sample", failed="Studio could not try this node: {error}.")
def sample(
    steps: list[dict[str, Any]], wish: dict[str, Any], whose: str, owner: int | None = None, *, tell: Tell
) -> Reply:
    """What a node leaves on a few rows."""
    return samples.try_node(steps, wish, whose, owner)


@question("workers.open_console", failed="Studio could not open the console: {error}.")
def open_console(steps: list[dict[str, Any]], dialogue: dict[str, Any], *, tell: Tell) -> Reply:
    """Starts a console on what lies above a node."""
    return consoles.open(steps, dialogue)


@question("workers.help_script", failed="Studio could not help with this script: {error}.")
def help_script(bundle: str | None, verb: str, args: dict[str, Any], *, tell: Tell) -> Reply:
    """What is asked about a place in a script."""
    return helpers.ask(bundle, verb, args)


@question("workers.preview", failed="Studio could not look at this file: {error}.")
def preview(upload: str, args: dict[str, Any], *, tell: Tell) -> Reply:
    """How an upload would be read."""
    return preview_file(upload, args, sandbox)


CLEAN_UP_FAILED = "The clean-up stopped: {error}. Try again; Studio's log says more."


@question("workers.clean_up", failed=CLEAN_UP_FAILED)
def clean_up(dry_run: bool, *, tell: Tell) -> Reply:
    """Drops all that nothing holds; what that freed."""

    def say(done: Pruned, how: str = "running") -> dict[str, Any]:
        told = {"freed": max(0, done.before - done.after), "results": done.results, "exports": done.exports}
        if not dry_run:
            cleanup_state.say(how, **told)
        return told

    try:
        say(Pruned())
        return Reply(data=say(prune(0, dry_run=dry_run, tell=say), "finished"))
    except Exception as error:
        if not dry_run:
            cleanup_state.say("failed", problem=CLEAN_UP_FAILED.format(error=error))
        raise


def tell() -> None:
    """Says that this worker is up, and what its sandbox can do."""
    try:
        limits = {name: part.model_dump() for name, part in bounds()._asdict().items()}
        detail = sandbox.report.sentence
        if sandbox.report.isolated:
            detail = f"{detail}; {delegation.sentence(config.cgroups())}"
        report = {"tier": TIERS.get(str(sandbox.tier), "none"), "detail": detail}
        others = [other for other in worker_reports() if other.get("name") != engine.name]
        engine.slots.count = share(config.workers(), engine.slots.files, others)
        report_worker(
            engine.name,
            {
                "sandbox": report,
                "slots": engine.slots.count,
                "limits": limits,
                "running": len(engine.under_way),
                "state": "stopping" if engine.held and leaving.is_set() else watchdog.orders.state,
                "machine": machine(),
                "files": engine.slots.files,
                "release": release.own(),
                "notes": [note for note in (engine.refusal, watchdog.skewed) if note],
            },
        )
        beat()
    except redis.RedisError as error:
        log.warning("Redis is away: %s", error)


watchdog = Watchdog(engine, tell)


@worker_init.connect
def on_start(**_: Any) -> None:
    """Warms the sandbox beside everything else: its imports take longest."""
    threading.Thread(target=_warm, name="warm", daemon=True).start()


def _warm() -> None:
    try:
        sandbox.start()
    except TemplateError:  # the first job tries again, and says what is wrong
        log.exception("the sandbox could not be started")
    catalog()  # the first run need not wait for the modules' imports
    started()


@worker_ready.connect
def on_ready(sender: Any, **_: Any) -> None:
    """Takes up what an earlier worker left. The sender is what takes messages."""
    watchdog.orders.listen = partial(_listen, sender)
    watchdog.orders.busy = lambda: bool(active_requests)
    watchdog.offer_lost()
    watchdog.start()
    store().sweep()
    tell()
    wake_workers(config.workers())
    for pk in Dataset.objects.filter(state=Dataset.State.IMPORTING).values_list("pk", flat=True):
        hint("workers.import_dataset", pk)
    for pk in builds.lost():
        hint("workers.build_environment", pk)
    services.start()
    for version in versions.called_last():
        services.warm_up(version)


def _listen(consumer: Any, hints: bool, others: bool) -> None:
    """From now on takes hints that nodes are free, and all other messages, or leaves them to others."""
    for queue, wanted in ((HINTS, hints), (QUESTIONS, others)):
        consumer.call_soon(consumer.add_task_queue if wanted else consumer.cancel_task_queue, queue)


leaving = threading.Event()


@worker_shutting_down.connect
def on_stop(**_: Any) -> None:
    """Claims no more, and lets what is under way end, within STUDIO_STOP_SECONDS."""
    leaving.set()
    engine.held = True
    services.leave()
    threading.Thread(target=_leave, name="leave", daemon=True).start()


def _leave() -> None:
    """Gives back what then still runs, so that another worker starts it anew at once."""
    end = time.monotonic() + config.stop_seconds()
    while (engine.under_way or services.busy()) and time.monotonic() < end:
        time.sleep(0.05)
    watchdog.stop()
    services.stop()
    consoles.close()
    engine.stop()
