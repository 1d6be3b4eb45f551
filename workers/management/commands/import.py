"""`manage.py import FILE`: a script, a notebook or a graph of ML Studio (classic) as an experiment.

Prints its id and, by node, what could not be taken over. Exit 0: imported. 2: the file is wrong.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from studio.accounts.owner import owner
from studio.datasets.lookup import find_dataset
from studio.errors import StudioError
from studio.experiments.actions import create_experiment
from studio.experiments.desk.any_file import read_any
from studio.experiments.desk.reader import Found
from studio.experiments.graph import FileProblem
from workers.command.arguments import Wrong, bring_datasets
from workers.headless import Headless

WRONG = 2


class Command(BaseCommand):
    help = "Makes an experiment of a script, a notebook or a graph of ML Studio (classic)."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", help="a .py or .ipynb file, an experiment file, or a graph of classic (.json)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        sys.exit(self._import(Path(options["file"])))

    def _import(self, file: Path) -> int:
        call_command("migrate", verbosity=0, interactive=False)
        try:
            found = read_found(file)
            self._bring(file.parent, found)
            made = create_experiment(owner(), found.document)
        except (Wrong, StudioError, FileProblem, ValueError) as wrong:
            self.stderr.write(str(wrong))
            return WRONG
        self.stdout.write(str(made.pk))
        for node, why in found.left_out:
            self.stdout.write(f"{node}: {why}")
        return 0

    def _bring(self, folder: Path, found: Found) -> None:
        """Files beside the script become datasets where there is none of that name."""
        missing = [(name, folder / path) for name, path in found.files.items() if name]
        missing = [(name, path) for name, path in missing if find_dataset(owner().pk, name) is None]
        there = [(name, str(path)) for name, path in missing if path.is_file()]
        if there:
            with Headless() as engine:
                bring_datasets(engine, there, found.types)
        for name, path in missing:
            if not path.is_file():
                found.left_out.append((name, f"There is no file {path}: upload it as the dataset {name!r}."))


def read_found(file: Path) -> Found:
    """The experiment in a file of any of the four kinds. Wrong or Invalid if it is none."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Wrong(f"{file} cannot be read: {error}.") from error
    return read_any(str(file), text)
