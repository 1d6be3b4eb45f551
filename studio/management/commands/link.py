"""`manage.py link`: the address that signs the owner in, for whoever may ask on this machine."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from studio import config
from studio.accounts.shared import share_secrets
from studio.supervise.door import page_address


class Command(BaseCommand):
    help = "Prints the address that signs the owner in. Whoever sees it may do everything."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            share_secrets()  # the token may have been made by another host
        except DatabaseError as error:
            raise CommandError(f"The database cannot be asked for the token: {str(error).strip()}") from error
        self.stdout.write(f"{page_address(config.host(), config.port())}/?token={config.owner_token()}")
