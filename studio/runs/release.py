"""Which release of Studio a database is used by: web and workers of different hosts are updated one after the
other, and what two releases compute is not the same.

Whoever prepares the database says which release uses it from now on. Workers of another finish what they have
and claim nothing. A database that knows changes which this release does not is refused altogether.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable
from functools import cache

from blake3 import blake3
from django.apps import apps
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.models import OuterRef, Subquery

from studio import __version__, config
from studio.database.clock import clock
from studio.experiments.models import Experiment
from studio.runs.models import Release, Run

log = logging.getLogger(__name__)

FRESH = 1.0
"""Seconds for which a look at the database counts."""
ROOMS = ("modules", "studio", "workers")


@cache
def own() -> str:
    """Version and sources of this process: `0.2.0+3fa9c2d41b7e`. To be asked for first when it starts: later
    the files may be others than those that were loaded."""
    digest = blake3()
    for room in ROOMS:
        for file in sorted((config.ROOT / room).rglob("*.py")):
            digest.update(file.relative_to(config.ROOT).as_posix().encode() + b"\0" + file.read_bytes())
    return f"{__version__}+{digest.hexdigest()[:12]}"


def take_over() -> None:
    """This release uses the database from now on; not where a later version does."""
    used = Release.objects.first()
    if used and _number(used.name) > _number(own()):
        log.warning("release %s uses this database; this process is %s. Update it.", used.name, own())
        return
    if used is None or used.name != own():
        Release.objects.update_or_create(pk=1, defaults={"name": own(), "since": clock.now()})


def fill_owners() -> None:
    """Gives runs that a web process of the release before began, while it was updated, to who owns their
    experiment. Nobody sees them before."""
    without = Run.objects.filter(owner=None, experiment__isnull=False)
    if without.exists():
        owner = Experiment.objects.filter(pk=OuterRef("experiment_id")).values("owner_id")
        without.update(owner_id=Subquery(owner))


def unknown_changes() -> list[str]:
    """Changes that the database has and this release does not know, like `runs.0012_later`."""
    ours = {config.label for config in apps.get_app_configs()}
    loader = MigrationLoader(connection)
    return [
        f"{app}.{name}"
        for app, name in sorted(loader.applied_migrations)
        if app in ours and (app, name) not in loader.disk_migrations and not _replaced(loader, app, name)
    ]


def too_new() -> str:
    """Why the database is refused; empty where it is not."""
    if not (unknown := unknown_changes()):
        return ""
    return (
        f"The database is in the form of a later release than this one ({own()}): it has {unknown[-1]}. "
        "Update this Studio, or restore the backup that was made before the update."
    )


class Fit:
    """Whether this worker may claim; asks the database at most once a second."""

    def __init__(self, steady: Callable[[], float] = time.monotonic) -> None:
        self._steady, self._until, self._why = steady, 0.0, ""
        own()

    def refusal(self) -> str:
        """Why nothing is claimed; empty where something may be."""
        if self._steady() >= self._until:
            self._why = _misfit()
            self._until = self._steady() + FRESH
        return self._why


def _misfit() -> str:
    try:
        used = Release.objects.values_list("name", flat=True).first()
    except DatabaseError as error:
        if connection.in_atomic_block:
            raise
        return f"The database does not say which release uses it: {str(error).strip()}."
    if used in (None, own()):
        return ""
    return (
        f"This worker is release {own()}, and the database is used by {used}, so the worker takes no nodes. "
        "Update it, and start it again."
    )


def _number(name: str) -> tuple[int, ...]:
    """
    >>> _number("0.10.2+3fa9c2d41b7e") > _number("0.9.0+ffffffffffff")
    True
    """
    return tuple(int(part) for part in re.findall(r"\d+", name.partition("+")[0]))


def _replaced(loader: MigrationLoader, app: str, name: str) -> bool:
    return any((app, name) in migration.replaces for migration in loader.disk_migrations.values())
