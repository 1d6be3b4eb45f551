"""Brings the database to today's form; a new home gets the samples."""

from __future__ import annotations

import logging
import subprocess
import time

from django.core.management import call_command
from django.db import DatabaseError, connection, connections
from django.db.migrations.executor import MigrationExecutor

from studio import config
from studio.artifacts.s3_errors import Away
from studio.artifacts.store import store
from studio.database.one_at_a_time import alone
from studio.database.pool import close_all, try_database
from studio.errors import StudioError
from studio.runs import release
from studio.samples import MARK
from studio.supervise.supervisor import GivenUp

log = logging.getLogger(__name__)


def prepare() -> bool:
    """Whether samples were loaded. GivenUp where the database cannot be used. Leaves no connection open."""
    try:
        try_database()
        if refusal := release.too_new():
            raise GivenUp(refusal)
        if not is_prepared():
            call_command("migrate", verbosity=0, interactive=False)
        release.take_over()
    except DatabaseError as error:
        said = str(error).strip().splitlines()[-1]
        raise GivenUp(f"The database cannot be used: {said} (DATABASE_URL says which one it is)") from error
    finally:
        close_all()  # connections of before do not have the role's bounds
    try:
        store().make()
    except Away as error:  # it may come back; until then each request says so
        log.warning("%s", error.detail)
    except StudioError as error:
        raise GivenUp(error.detail) from error
    if (config.home() / MARK).exists():
        return False
    with alone():
        # In a process of its own, whose libraries take memory only as long as it runs.
        if subprocess.run(config.command("samples"), stdout=subprocess.DEVNULL, check=False).returncode:
            raise GivenUp("The samples could not be loaded. The lines above say why.")
    return True


def is_prepared() -> bool:
    """Whether the database has today's form."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def wait_until_prepared(seconds: float = 300) -> bool:
    """Waits for whoever prepares the database; False where nobody does."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if is_prepared():
                return True
        except DatabaseError:
            pass
        finally:
            connections.close_all()
        time.sleep(0.2)
    return False
