"""`manage.py publish EXPERIMENT`: its latest finished run as a web service, or as a new version of one.

Exit 0: published; the key is printed, this once. 2: it cannot be, and stderr says what stands in the way.
"""

from __future__ import annotations

import sys
from argparse import ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from studio.accounts.access import access_experiment, access_service
from studio.accounts.owner import owner
from studio.errors import StudioError
from studio.services import actions
from studio.services.captured import Choices

WRONG = 2


def pair(text: str) -> tuple[str, str]:
    """`NAME=NODE.PORT`, split at the first equals sign."""
    name, sign, port = text.partition("=")
    if not sign or not name or "." not in port:
        raise ArgumentTypeError(f"{text!r} is not NAME=NODE.PORT")
    return name, port


class Command(BaseCommand):
    help = "Publishes an experiment's latest finished run as a web service."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("experiment", help="the id of an experiment")
        parser.add_argument(
            "--name", default="", help="what the service is called; default: as the experiment"
        )
        parser.add_argument("--service", metavar="ID", help="publish a new version of this service instead")
        parser.add_argument("--switch", action="store_true", help="let the new version answer at once")
        for end, help in (
            ("input", "the caller's rows enter, if no Web Service Input says so"),
            ("output", "the answer leaves, if no Web Service Output says so"),
        ):
            parser.add_argument(f"--{end}", action="append", default=[], type=pair, metavar="NAME=NODE.PORT",
                                help=f"where {help}")  # fmt: skip
        parser.add_argument("--mend", action="append", default=[], metavar="NODE",
                            help="a node whose problem is to be mended as offered")  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._publish(options)
        except StudioError as error:
            self._refuse(error)

    def _publish(self, said: dict[str, Any]) -> None:
        user, choices = (
            owner(),
            Choices(inputs=dict(said["input"]), outputs=dict(said["output"]), mend=said["mend"]),
        )
        if said["service"] is None:
            experiment = access_experiment(user, said["experiment"])
            service, key = actions.publish(user, experiment, said["name"], choices)
            self.stdout.write(
                f"Published {service.name} as {service.pk}, version 1. Its key, shown this once:"
            )
            self.stdout.write(key)
            return
        service = access_service(user, said["service"])
        if service.experiment_id != said["experiment"]:
            self.stderr.write(f"Service {service.pk} was not published from experiment {said['experiment']}.")
            sys.exit(WRONG)
        made = actions.publish_again(service, choices if choices != Choices() else None)
        if said["switch"]:
            actions.switch(service, made.number)
        state = "answers now" if said["switch"] else "answers after a switch"
        self.stdout.write(f"Published version {made.number} of {service.name}; it {state}.")

    def _refuse(self, error: StudioError) -> None:
        self.stderr.write(error.detail)
        for each in error.errors or []:
            mend = " (--mend)" if each.get("repair") else ""
            self.stderr.write(f"  {each.get('node') or '-'}: {each['message']}{mend}")
        sys.exit(WRONG)
