"""`manage.py mcp`: an agent on this machine speaks the Model Context Protocol over its standard streams."""

from __future__ import annotations

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from studio.accounts.owner import owner


class Command(BaseCommand):
    help = "Lets an agent on this machine in, over standard input and output (Model Context Protocol)."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--values", action="store_true", help="also send what stands in columns, not their names alone"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        from studio.agents.keys import Caller
        from studio.agents.protocol import answer_text

        caller = Caller(owner(), "manage.py mcp", options["values"])
        out, sys.stdout = sys.stdout, sys.stderr  # whatever else prints must not be taken for a message
        for line in sys.stdin:
            if line.strip() and (said := answer_text(caller, line)) is not None:
                print(json.dumps(said), file=out, flush=True)
