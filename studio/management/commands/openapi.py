"""`manage.py openapi`: writes the API's document to studio/openapi.json, for the browser's types."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from studio.api import api

TARGET = Path(__file__).resolve().parents[2] / "openapi.json"


def text() -> str:
    document = api.get_openapi_schema(path_prefix="/api/v1/")
    return json.dumps(document, indent=1, sort_keys=True, ensure_ascii=False, default=str) + "\n"


class Command(BaseCommand):
    help = "Writes studio/openapi.json."

    def handle(self, *args: Any, **options: Any) -> None:
        TARGET.write_text(text())
        self.stdout.write(f"wrote {TARGET.name}")
