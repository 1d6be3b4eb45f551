"""`manage.py modulereference`: writes docs/modules.md."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from modules.registry import catalog
from studio import config
from studio.catalog.reference import reference

TARGET = config.ROOT / "docs" / "modules.md"


class Command(BaseCommand):
    help = "Writes the module reference, docs/modules.md."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        TARGET.parent.mkdir(exist_ok=True)
        TARGET.write_text(reference(catalog().values()), encoding="utf-8")
        self.stdout.write(f"wrote {TARGET.relative_to(config.ROOT)}")
