"""`manage.py resume`: paused and drained workers go on."""

from __future__ import annotations

from studio.management.commands import pause


class Command(pause.Command):
    help = "Lets paused and drained workers go on."
    what = "resume"
    said = "{} goes on."
