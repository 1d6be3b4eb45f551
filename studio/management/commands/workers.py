"""`manage.py workers`: which are up, and what they do."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from studio.live.worker_reports import worker_reports
from studio.runs import orders


class Command(BaseCommand):
    help = "Lists the workers that are up: state, nodes under way, name."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        for report in worker_reports():
            running = f"{report.get('running', 0)} of {report.get('slots', 0)} nodes"
            self.stdout.write(f"{report.get('state', 'working'):<9} {running:<16} {report['name']}")
            for note in [report.get("sandbox", {}).get("detail", ""), *report.get("notes", [])]:
                self.stdout.write(f"          {note}")
        if orders.paused():
            self.stdout.write("Every worker is told to pause; `resume` lets them go on.")
