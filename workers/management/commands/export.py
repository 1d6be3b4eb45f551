"""`manage.py export FILE`: an experiment as one readable script or notebook, with its datasets beside it.

Exit 0: written. 2: the file or an argument is wrong.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from studio.accounts.owner import owner
from studio.environments.carried import with_environments
from studio.errors import StudioError
from studio.experiments.desk.modules_wheel import outside_requirements, requirements, write_wheel
from studio.experiments.desk.notebook import as_notebook
from studio.experiments.desk.writer import write_script
from studio.experiments.graph import FileProblem
from studio.experiments.models import Experiment
from studio.umask import for_the_person
from workers.command.arguments import Wrong, read_file
from workers.command.desk_files import write_datasets
from workers.headless import Headless

WRONG = 2


class Command(BaseCommand):
    help = "Writes an experiment as a Python script or a notebook that runs without Studio."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="an experiment file, or the id of an experiment")
        parser.add_argument("--as", dest="form", choices=("py", "ipynb"), default="py", help="py by default")
        parser.add_argument("--out", metavar="DIR", default=".", help="where it is written; here by default")

    def handle(self, *args: Any, **options: Any) -> None:
        sys.exit(self._export(options["file"], options["form"], Path(options["out"])))

    def _export(self, file: str, form: str, folder: Path) -> int:
        call_command("migrate", verbosity=0, interactive=False)
        try:
            document = with_environments(_document(file), owner().pk)
            with Headless() as engine, for_the_person():
                folder.mkdir(parents=True, exist_ok=True)
                files = write_datasets(document, engine, folder)
                wheel = write_wheel(folder)
                script = write_script(document, files, requirements(), wheel.name, outside_requirements())
        except (Wrong, StudioError, FileProblem, ValueError) as wrong:
            self.stderr.write(str(wrong))
            return WRONG
        name = (
            re.sub(r"\W+", "_", str(document.get("name") or "experiment")).strip("_").lower() or "experiment"
        )
        target = folder / f"{name}.{form}"
        with for_the_person():
            target.write_text(as_notebook(script) if form == "ipynb" else script, encoding="utf-8")
        self.stdout.write(str(target))
        return 0


def _document(file: str) -> dict[str, Any]:
    if Path(file).is_file() or Path(file).suffix == ".json":
        return read_file(Path(file))
    found = (
        Experiment.objects.filter(owner=owner(), id=file).first() if re.fullmatch(r"[\w-]+", file) else None
    )
    if found is None:
        raise Wrong(f"{file} is neither a file nor the id of an experiment of yours.")
    return dict(found.document)
