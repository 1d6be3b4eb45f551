"""`manage.py moduleexamples`: writes the examples of the help from the doctests of the modules."""

from __future__ import annotations

import contextlib
import io
import os
import tempfile
from typing import Any

from django.core.management.base import BaseCommand

from studio import config
from studio.catalog.example_maker import make_examples
from studio.catalog.examples import FILE, write_examples


class Command(BaseCommand):
    help = "Writes the examples of the modules' help, studio/catalog/examples.json."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        here = os.getcwd()
        with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
            os.chdir(folder)  # modules leave pictures where they run
            try:
                examples = make_examples()
            finally:
                os.chdir(here)
        write_examples(examples)
        self.stdout.write(f"wrote {FILE.relative_to(config.ROOT)}")
