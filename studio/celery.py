"""The Celery application. The web side sends work by name; `workers.tasks` takes it."""

from __future__ import annotations

import logging
import os

from celery import Celery

from studio.redis_client import connection

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studio.settings")

log = logging.getLogger(__name__)

QUESTIONS, HINTS = "studio", "studio-hints"
"""The queues: what somebody waits for, and hints that nodes are free. A worker that claims no nodes leaves
hints to others."""

app = Celery("studio")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.task_routes = {"workers.work": {"queue": HINTS}}
app.conf.imports = ("workers.tasks",)


_quiet = False


def be_quiet() -> None:
    """Sends no hints from this process: a command does all of its work by itself."""
    global _quiet
    _quiet = True


def hint(task: str, *args: object) -> bool:
    """Tells the workers that there is something to look at; False where that could not be sent. Losing a hint
    loses nothing: the database is the truth, and workers look at it by themselves now and then."""
    if _quiet:
        return False
    try:
        connection().ping()  # fails within seconds, or at once; Celery tries a Redis that hangs for minutes
        app.send_task(task, args=args, retry=False)
    except Exception as error:  # the broker may be away; the watchdog will find the work
        log.warning("hint %s not sent: %s", task, error)
        return False
    return True
