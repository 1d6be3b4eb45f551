"""`manage.py health`, where it is called with options of Django's; see `studio.__main__`."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from studio.supervise.health import main


class Command(BaseCommand):
    help = "Exit 0 where web or worker on this machine answers."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("which", choices=["web", "worker"])

    def handle(self, *args: Any, which: str, **options: Any) -> None:
        sys.exit(main([which]))
