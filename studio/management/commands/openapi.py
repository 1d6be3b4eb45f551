"""`manage.py openapi`: writes the API's document to studio/openapi.json, for the browser's types."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from pydantic import TypeAdapter

from studio.api import api
from studio.runs.events import Event

TARGET = Path(__file__).resolve().parents[2] / "openapi.json"
REF = "#/components/schemas/{model}"


def document() -> dict[str, Any]:
    """The API's OpenAPI document, with the socket's messages and the experiment file among its schemas."""
    from studio.experiments.api import ExperimentFile, ExperimentOut

    found: dict[str, Any] = json.loads(
        json.dumps(api.get_openapi_schema(path_prefix="/api/v1/"), default=str)
    )
    extra: dict[str, Any] = {
        "SocketEvent": Event,
        "ExperimentFile": ExperimentFile,
        "ExperimentOut": ExperimentOut,
    }
    for name, type_ in extra.items():
        schema = TypeAdapter(type_).json_schema(ref_template=REF, mode="serialization")
        found["components"]["schemas"].update(schema.pop("$defs", {}))
        found["components"]["schemas"][name] = schema
    return found


def text() -> str:
    return json.dumps(document(), indent=1, sort_keys=True, ensure_ascii=False) + "\n"


class Command(BaseCommand):
    help = "Writes studio/openapi.json."

    def handle(self, *args: Any, **options: Any) -> None:
        TARGET.write_text(text())
        self.stdout.write(f"wrote {TARGET.name}")
