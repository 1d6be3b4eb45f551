"""`manage.py worker`: a Celery worker. It only holds threads; the work is done in sandboxed children."""

from __future__ import annotations

import os
import sys
import warnings
from typing import Any

from celery.platforms import SecurityWarning  # type: ignore[attr-defined]
from django.core.management.base import BaseCommand

from studio import config
from studio.celery import HINTS, QUESTIONS, app
from studio.runs.release import too_new
from studio.supervise.preparing import wait_until_prepared

BESIDE = 6
"""Threads beside those that carry out nodes: for looks at tables and for uploads."""


class Command(BaseCommand):
    help = "Carries out nodes, reads uploads, looks into tables."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        # Celery warns root. Our messages are JSON of numbers and names, and what users write runs confined.
        warnings.simplefilter("ignore", SecurityWarning)
        if not wait_until_prepared():
            sys.exit("The database is not prepared: the command `up`, or `migrate`, does that.")
        if refusal := too_new():
            print(refusal, file=sys.stderr, flush=True)
            sys.exit(os.EX_CONFIG)
        # Celery would look at Django's addresses, and import the whole API for that.
        os.environ["CELERY_SKIP_CHECKS"] = "yes"
        # By its class: Celery's command line imports a prompt and its colors, which take long.
        worker = app.Worker(
            pool_cls="threads",
            queues=[QUESTIONS, HINTS],
            concurrency=config.workers() + BESIDE,
            loglevel="WARNING",
            quiet=True,
            without_gossip=True,
            without_mingle=True,
            without_heartbeat=True,
        )
        worker.start()
        sys.exit(worker.exitcode)
