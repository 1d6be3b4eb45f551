"""`manage.py run FILE`: an experiment file without queue and browser, through the same engine.

Exit 0: finished. 1: a node failed; its traceback is on stderr. 2: the file or the arguments are wrong.
"""

from __future__ import annotations

import sys
from argparse import ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from studio.accounts.owner import owner
from studio.environments.carried import other_here
from studio.errors import StudioError
from studio.experiments.actions import checked
from studio.experiments.trust import own_names, trusting_all
from studio.runs.actions import start_headless
from studio.runs.logs import log_text
from studio.runs.models import Run, State
from workers.command.arguments import Wrong, bring_datasets, read_file, set_params
from workers.command.results import write_results
from workers.headless import Headless

FAILED, WRONG = 1, 2


def pair(text: str) -> tuple[str, str]:
    """`NAME=VALUE`, split at the first equals sign."""
    name, sign, value = text.partition("=")
    if not sign or not name:
        raise ArgumentTypeError(f"{text!r} is not NAME=VALUE")
    return name, value


class Command(BaseCommand):
    help = "Runs an experiment file and writes every unconnected output into a folder."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="an experiment file (studio-experiment/1)")
        parser.add_argument("--dataset", action="append", default=[], type=pair, metavar="NAME=PATH",
                            help="a file that the experiment knows as the dataset NAME")  # fmt: skip
        parser.add_argument("--param", action="append", default=[], type=pair, metavar="NODE.NAME=VALUE",
                            help="a param of a node, instead of what the file says")  # fmt: skip
        parser.add_argument("--until", metavar="NODE", help="run this node and what it needs")
        parser.add_argument(
            "--out", metavar="DIR", help="where the results go; by default they are only named"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        sys.exit(self._run(**options))

    def _run(self, file: str, dataset: list[Any], param: list[Any], until: str | None, out: str | None,
             **_: Any) -> int:  # fmt: skip
        call_command("migrate", verbosity=0, interactive=False)
        try:
            document = set_params(read_file(Path(file)), param)
        except Wrong as wrong:
            self.stderr.write(str(wrong))
            return WRONG
        with Headless() as engine:
            try:
                bring_datasets(engine, dataset)
                self._tell_of_others(document)
                self._tell_of_own(document)
                run = start_headless(owner().pk, checked(trusting_all(document)), [until] if until else None)
            except (Wrong, StudioError) as wrong:
                self._say_wrong(wrong)
                return WRONG
            try:
                engine.run_to_end(run)
                return self._tell(run, engine, Path(out) if out else None)
            finally:
                run.delete()

    def _tell_of_others(self, document: dict[str, Any]) -> None:
        for name, here, there in other_here(document, owner().pk):
            self.stderr.write(
                f"The environment {name!r} here is for {', '.join(here)}; that of the file is for "
                f"{', '.join(there)}. The one here is used."
            )

    def _tell_of_own(self, document: dict[str, Any]) -> None:
        """Naming the file is the trust: whoever runs it is told what it brings."""
        if names := sorted(set(own_names(document))):
            self.stderr.write(
                f"The file brings own modules, whose code runs in the sandbox: {', '.join(names)}."
            )

    def _say_wrong(self, wrong: Exception) -> None:
        errors = getattr(wrong, "errors", None) or []
        for error in errors:
            at = f"{error['node']}: " if error.get("node") else ""
            self.stderr.write(f"{at}{error['message']}")
        if not errors:
            self.stderr.write(str(wrong))

    def _tell(self, run: Run, engine: Headless, out: Path | None) -> int:
        for node_run in run.nodes.all():
            name = node_run.plan["name"]
            called = f"{node_run.node} “{name}”" if name else node_run.node
            self.stdout.write(f"{node_run.state:9} {called} ({node_run.plan['module']})")
            if node_run.state == State.FAILED:
                error = node_run.error or {}
                self.stderr.write(f"{called} failed: {error.get('type')}: {error.get('message')}")
                self.stderr.write(log_text(node_run))
        if out:
            for path in write_results(run, engine, out):
                self.stdout.write(str(path))
        return 0 if run.state == State.FINISHED else FAILED
