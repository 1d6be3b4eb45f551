"""`manage.py health web|worker`: exit 0 where the one on this machine answers, for containers."""

from __future__ import annotations

import http.client
import sys
from contextlib import closing
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from studio import config
from studio.supervise.door import EVERYWHERE
from studio.workers_seen import worker_on_this_host


class Command(BaseCommand):
    help = "Exit 0 where web or worker on this machine answers."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("which", choices=["web", "worker"])

    def handle(self, *args: Any, which: str, **options: Any) -> None:
        if not (web_answers() if which == "web" else worker_on_this_host()):
            self.stderr.write(f"{which} does not answer")
            sys.exit(1)


def web_answers() -> bool:
    host = EVERYWHERE.get(config.host(), config.host())
    try:
        with closing(http.client.HTTPConnection(host, config.port(), timeout=5)) as connection:
            connection.request("GET", "/api/v1/health")
            return connection.getresponse().status == 200
    except OSError:
        return False
