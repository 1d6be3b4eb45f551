"""`manage.py restore FILE`: makes the database and the store of a backup again."""

from __future__ import annotations

import tarfile
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from studio.backup.archive import BackupError
from studio.backup.restoring import restore
from studio.errors import StudioError
from studio.live.worker_reports import worker_reports
from studio.supervise.supervisor import GivenUp
from studio.supervise.up import only_one


class Command(BaseCommand):
    help = "Makes the database and the store again that `backup` wrote. Studio must be stopped."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--replace", action="store_true", help="first drop the experiments and datasets that are here"
        )

    def handle(self, *args: Any, file: Path, replace: bool, **options: Any) -> None:
        try:
            with only_one():
                if worker_reports():
                    raise BackupError("A worker is up. Stop all workers and web processes first.")
                head = restore(file, replace=replace)
        except (BackupError, GivenUp, OSError, StudioError, tarfile.TarError) as error:
            raise CommandError(str(error)) from error
        rows = sum(head["rows"].values())
        self.stdout.write(f"Restored {rows:,} rows of Studio {head['studio']}, as of {head['made']}.")
