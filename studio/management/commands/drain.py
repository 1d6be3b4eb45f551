"""`manage.py drain`: empties workers, so that they can be stopped without a loss."""

from __future__ import annotations

import sys
import time
from typing import Any

import redis
from django.core.management.base import BaseCommand, CommandError, CommandParser

from studio.errors import StudioError
from studio.live.worker_reports import read_reports
from studio.runs import orders

MORE = 30.0
"""Seconds beyond the limit until a worker must say that it is empty."""


class Command(BaseCommand):
    help = (
        "Lets workers finish what runs and take nothing else, and waits until they are empty. "
        "What still runs at the limit is handed to other workers. Exit 1 where one does not get empty."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "worker",
            nargs="?",
            default=orders.EVERYONE,
            help="a worker's or host's name; all where none is given",
        )
        parser.add_argument(
            "--limit", type=float, default=600, help="seconds until nodes are handed back (600)"
        )

    def handle(self, *args: Any, worker: str, limit: float, **options: Any) -> None:
        try:
            waiting = set(orders.give("drain", worker, limit))
        except StudioError as error:
            raise CommandError(error.detail) from error
        end = time.monotonic() + limit + MORE
        while waiting and time.monotonic() < end:
            time.sleep(0.2)
            try:
                states = {report["name"]: report.get("state") for report in read_reports()}
            except redis.RedisError:
                continue  # only a worker that is gone says nothing while Redis answers
            for name in sorted(waiting):
                if name not in states:
                    self.stdout.write(f"{name} is gone.")
                elif states[name] == "drained":
                    self.stdout.write(f"{name} is drained: it may be stopped. `resume` would let it go on.")
                else:
                    continue
                waiting.discard(name)
        for name in waiting:
            self.stderr.write(f"{name} is not empty yet: see its log.")
        if waiting:
            sys.exit(1)
