"""`manage.py samples`: loads the samples into a home that has nothing yet. `up` calls it on a new one."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from studio.celery import hint
from studio.datasets.models import Dataset
from studio.samples.load import load_samples


class Command(BaseCommand):
    help = "Loads the samples into an empty home, once."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        if not load_samples():
            self.stdout.write("The samples were loaded before, or the home has work of its own.")
            return
        for pk in Dataset.objects.filter(state=Dataset.State.IMPORTING).values_list("pk", flat=True):
            hint("workers.import_dataset", pk)
        self.stdout.write("The samples are loaded.")
