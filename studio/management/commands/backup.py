"""`manage.py backup FILE`: all that is kept, as one file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from studio.backup.archive import write_backup
from studio.errors import StudioError
from studio.text import size


class Command(BaseCommand):
    help = "Writes the database and the store into one file, from which `restore` makes them again."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the file to write; it holds secrets")
        parser.add_argument(
            "--database-only",
            action="store_true",
            help="without the store's files, where the bucket or its disk is backed up by itself",
        )

    def handle(self, *args: Any, file: Path, database_only: bool, **options: Any) -> None:
        try:
            made = write_backup(file.absolute(), with_store=not database_only)
        except (OSError, StudioError) as error:
            raise CommandError(f"The backup could not be written: {error}") from error
        rows, bytes = sum(made["rows"].values()), file.stat().st_size
        self.stdout.write(f"{file}: {rows:,} rows and {made['files']:,} files, {size(bytes)}")
        if made["lost"]:
            self.stderr.write(
                f"{len(made['lost'])} files that rows name are missing in the store. "
                "`prune --verify` says whose they are."
            )
            sys.exit(1)
