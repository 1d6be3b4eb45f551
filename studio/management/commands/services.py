"""`manage.py services`: lists web services, switches between their versions, and looks after their keys.

Exit 0: done. 2: there is no such service, version or key.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from studio.accounts.access import access_service, visible_services
from studio.accounts.owner import owner
from studio.errors import StudioError
from studio.services import actions, generation, keys
from studio.services.api_schemas import state_of
from studio.services.models import Service
from studio.times import iso

WRONG = 2


class Command(BaseCommand):
    help = "Lists web services, switches between their versions, and makes and revokes keys."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", metavar="VERB")
        verbs.add_parser("list", help="all of them (the default)")
        for verb, help in (
            ("show", "one of them with its versions"),
            ("switch", "let another version answer"),
            ("roll-back", "let the version answer that did before the last switch"),
            ("keys", "its keys, and when each was last used"),
            ("new-key", "make a key; it is printed, this once"),
            ("revoke", "take a key back"),
            ("delete", "delete it, with its versions and keys"),
        ):
            found = verbs.add_parser(verb, help=help)
            found.add_argument("service", help="the id of a service")
            if verb == "switch":
                found.add_argument("version", type=int)
            if verb == "new-key":
                found.add_argument("--name", default="")
            if verb == "revoke":
                found.add_argument("key", help="the id of a key")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["verb"] in (None, "list"):
                self._list()
            else:
                service = access_service(owner(), options["service"])
                VERBS[options["verb"]](self, service, options)
        except StudioError as error:
            self.stderr.write(error.detail)
            sys.exit(WRONG)

    def _list(self) -> None:
        for service in visible_services(owner()).order_by("name"):
            version = actions.version_of(service, service.version)
            self.stdout.write(
                f"{service.pk}  version {service.version}  {state_of(version)[0]}  {service.name}"
            )

    def show(self, service: Service, options: dict[str, Any]) -> None:
        self.stdout.write(f"{service.name} ({service.slug}): {service.timeout_s} s a call")
        for version in service.versions.all():
            mark = "*" if version.number == service.version else " "
            state, why = state_of(version)
            self.stdout.write(
                f"{mark} version {version.number}, run {version.run_number}: {state} {why}".rstrip()
            )

    def switch(self, service: Service, options: dict[str, Any]) -> None:
        actions.switch(service, options["version"])
        self.stdout.write(f"Version {service.version} of {service.name} answers now.")

    def roll_back(self, service: Service, options: dict[str, Any]) -> None:
        actions.roll_back(service)
        self.stdout.write(f"Version {service.version} of {service.name} answers again.")

    def keys(self, service: Service, options: dict[str, Any]) -> None:
        for key in service.keys.all():
            self.stdout.write(f"{key.pk}  {key.name}  last used: {iso(key.last_used) or 'never'}")

    def new_key(self, service: Service, options: dict[str, Any]) -> None:
        key, _ = keys.make_key(service, options["name"])
        generation.changed()
        self.stdout.write(key)

    def revoke(self, service: Service, options: dict[str, Any]) -> None:
        keys.revoke(service, options["key"])
        generation.changed()
        self.stdout.write("Revoked; it opens nothing from now on.")

    def delete(self, service: Service, options: dict[str, Any]) -> None:
        name = service.name
        actions.delete_service(service)
        self.stdout.write(f"Deleted {name}.")


VERBS: dict[str, Callable[[Command, Service, dict[str, Any]], None]] = {
    "show": Command.show,
    "switch": Command.switch,
    "roll-back": Command.roll_back,
    "keys": Command.keys,
    "new-key": Command.new_key,
    "revoke": Command.revoke,
    "delete": Command.delete,
}
