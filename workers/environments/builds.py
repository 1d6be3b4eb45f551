"""Builds an environment once, whoever asks for it, and says meanwhile how far it is."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db.models import Q, QuerySet

from studio import config
from studio.database.clock import clock
from studio.environments.models import Environment
from studio.environments.pins import Pin, read_lock
from workers.environments import base, folders
from workers.environments.index import read_index
from workers.environments.locks import key_of, to_install, write_lock
from workers.environments.steps import Builder, Cancelled, NotBuilt
from workers.identity import is_dead, own_name
from workers.sandbox.logs import Log
from workers.sandbox.parent import Sandbox

log = logging.getLogger(__name__)

BEAT = 1.0
SILENT = timedelta(seconds=60)
"""After which a builder on another machine counts as gone."""
LOG_BYTES = 256 << 10

_here: set[str] = set()
"""What this process builds."""
_lock = threading.Lock()


def build_environment(id: str, sandbox: Sandbox) -> bool:
    """Makes it ready, or failed with the reason. False if another builds it, or nobody wants it any more."""
    with _claimed(id) as environment:
        if environment is None:
            return False
        said, cancelled, over = Log(LOG_BYTES), threading.Event(), threading.Event()
        beat = threading.Thread(target=_beat, args=(id, said, cancelled, over), name="builds", daemon=True)
        beat.start()
        changes: dict[str, object]
        try:
            changes = _build(environment, Builder(sandbox, read_index(), said, cancelled))
        except Cancelled:
            return False
        except (NotBuilt, config.SettingError) as problem:
            changes = {"state": Environment.State.FAILED, "error": str(problem)}
        except Exception as error:
            log.exception("environment %s", id)
            message = f"Studio itself failed at building it: {error}. See the worker's log."
            changes = {"state": Environment.State.FAILED, "error": message}
        finally:
            over.set()
            beat.join()
        _mine(id).update(**changes, log=_text(said), worker="", alive=None, built=clock.now())
        return True


def _build(environment: Environment, builder: Builder) -> dict[str, object]:
    pins = _pins(environment, builder)
    lock = write_lock(pins, base.pins())
    todo = to_install(lock, base.pins())
    if refused := builder.index.refused(pin.name for pin in todo):
        raise NotBuilt(
            f"{', '.join(refused)} may not be installed on this server: the administrator allows "
            f"{', '.join(builder.index.names)} only (setting STUDIO_PACKAGE_ALLOW)."
        )
    ready = {"state": Environment.State.READY, "error": "", "lock": lock}
    if not todo:
        builder.say("Base has all of it; nothing is installed.\n")
        return {**ready, "key": "", "packages": {}, "names": [], "bytes": 0}
    key = key_of(todo)
    facts = builder.install(todo, key)
    return {**ready, "key": key, **facts._asdict()}


def _pins(environment: Environment, builder: Builder) -> list[Pin]:
    """The lock that came along, if it fits this server; otherwise a new one."""
    given = read_lock(environment.lock)
    fixed = {pin.name for pin in given if pin.name in base.FIXED and base.pins().get(pin.name) != pin.version}
    if given and not fixed:
        builder.say("Taking the versions of the lock that came with it.\n")
        return given
    if fixed:
        builder.say(
            f"Its lock is for another version of Studio ({', '.join(sorted(fixed))}); finding anew.\n"
        )
    builder.say(f"Finding versions on {builder.index.called} …\n")
    return builder.find_versions(environment.requirements)


@contextmanager
def _claimed(id: str) -> Iterator[Environment | None]:
    """The environment, if this process is to build it."""
    with _lock:
        found = Environment.objects.filter(pk=id, state=Environment.State.BUILDING).first()
        free = found is not None and id not in _here and _is_free(found)
        if free and found:
            same = Environment.objects.filter(
                pk=id, state=found.state, worker=found.worker, alive=found.alive
            )
            free = same.update(worker=own_name(), alive=clock.now(), log="") == 1
        if free:
            _here.add(id)
    try:
        yield found if free else None
    finally:
        if free:
            with _lock:
                _here.discard(id)


def _is_free(environment: Environment) -> bool:
    worker = environment.worker
    if not worker or worker == own_name() or environment.alive is None:
        return True
    return is_dead(worker) or clock.now() - environment.alive > SILENT


def _mine(id: str) -> QuerySet[Environment]:
    return Environment.objects.filter(pk=id, state=Environment.State.BUILDING, worker=own_name())


def _beat(id: str, said: Log, cancelled: threading.Event, over: threading.Event) -> None:
    """Says that it is still being built, and shows the log; notices that nobody wants it any more."""
    shown = ""
    while not over.wait(BEAT):
        try:
            text = _text(said)
            changes = {"alive": clock.now(), **({"log": text} if text != shown else {})}
            shown = text
            if not _mine(id).update(**changes):
                cancelled.set()
        except Exception as error:  # the database is away: the build goes on
            log.warning("environment %s could not be told of: %s", id, error)


def _text(said: Log) -> str:
    parts = (
        f"\n… {piece.skipped:,} bytes left out …\n{piece.text}" if piece.skipped else piece.text
        for piece in said.kept()
    )
    return "".join(parts)


def lost() -> list[str]:
    """Environments whose builder is gone, and those that nobody began."""
    rows = Environment.objects.filter(state=Environment.State.BUILDING).only("id", "worker", "alive", "state")
    return [row.pk for row in rows if row.pk not in _here and _is_free(row)]


def sweep() -> int:
    """Removes from this machine the packages of environments that are no more."""
    if not (config.home() / "environments").is_dir():
        return 0
    used = Environment.objects.filter(~Q(key="")).values_list("key", flat=True)
    return folders.sweep(used)
