"""`manage.py pause` and, by another `what`, `manage.py resume`."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from studio.errors import StudioError
from studio.runs import orders


class Command(BaseCommand):
    help = "Lets workers finish what runs and claim no more; runs wait until `resume`."
    requires_system_checks = []
    what = "pause"
    said = "{} claims no more nodes. `resume` lets it go on."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "worker",
            nargs="?",
            default=orders.EVERYONE,
            help="a worker's or host's name, as `workers` lists them; without one all, also later ones",
        )

    def handle(self, *args: Any, worker: str, **options: Any) -> None:
        try:
            told = orders.give(self.what, worker)
        except StudioError as error:
            raise CommandError(error.detail) from error
        for name in told:
            self.stdout.write(self.said.format(name or "Every worker"))
