"""`manage.py prune`: drops results that nothing holds until the store is within its bound."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from studio.artifacts.bound import bound
from studio.artifacts.store import store
from studio.config import read_bytes
from studio.housekeeping.prune import prune
from studio.housekeeping.verify import verify
from studio.text import size


class Command(BaseCommand):
    help = (
        "Drops what a crash left, then exports and the least recently used results until the store is within "
        "its bound. What a dataset, a service or an experiment's latest run holds stays."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say what would go, and drop nothing")
        parser.add_argument(
            "--max", type=_bytes, metavar="BYTES", help="the bound, like 50G; default STUDIO_STORE_MAX"
        )
        parser.add_argument("--verify", action="store_true", help="first read every file; drop damaged ones")

    def handle(self, *args: Any, **options: Any) -> None:
        lost = self._verify() if options["verify"] and not options["dry_run"] else False
        weight = sum(store().weigh().values())
        most = bound(weight) if options["max"] is None else options["max"]
        done = prune(most, dry_run=options["dry_run"])
        what = [
            f"{count} {name}{'' if count == 1 else 's'}"
            for count, name in (
                (done.results, "result"),
                (done.exports, "export"),
                (done.orphans, "file"),
                (done.drafts, "draft"),
            )
            if count
        ]
        verb = "Would drop" if options["dry_run"] else "Dropped"
        self.stdout.write(
            f"{verb} {', '.join(what) or 'nothing'}: {size(done.before)} before, {size(done.after)} after, "
            f"bound {size(most)}."
        )
        if done.after > most:
            self.stdout.write(
                "What is left is held by datasets, services and the latest runs of experiments. Delete some "
                "of them to make more room."
            )
        if lost:
            sys.exit(1)

    def _verify(self) -> bool:
        done = verify()
        self.stdout.write(f"Read {done.files} files, {done.damaged} of them damaged or missing.")
        if done.results:
            self.stdout.write(f"{done.results} results were dropped; they are computed again when needed.")
        for dataset in done.lost:
            self.stderr.write(f"The uploaded file of dataset {dataset} is lost. Upload it again.")
        return bool(done.lost)


def _bytes(text: str) -> int:
    try:
        return read_bytes(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
