"""The Celery application. The web side sends work by name; `workers.tasks` takes it."""

from __future__ import annotations

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studio.settings")

app = Celery("studio")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.imports = ("workers.tasks",)


def hint(task: str, *args: object) -> None:
    """Tells the workers that there is something to look at. Losing a hint loses nothing: the
    database is the truth, and workers look at it by themselves now and then."""
    try:
        app.send_task(task, args=args, retry=False)
    except Exception as error:  # the broker may be away; the watchdog will find the work
        import logging

        logging.getLogger(__name__).warning("hint %s not sent: %s", task, error)
