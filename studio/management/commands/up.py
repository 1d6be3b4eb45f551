"""`manage.py up`, where it is called with options or by another command; see `studio.__main__`."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from studio.supervise.up import main


class Command(BaseCommand):
    help = "Starts web, worker and a private Redis, and stops them all on Ctrl-C or SIGTERM."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        sys.exit(main())
