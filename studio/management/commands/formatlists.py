"""`manage.py formatlists`: writes the formats of files for the browser, frontend/src/api/formats.gen.ts."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand

from modules.files.formats import FORMATS
from modules.look.exports import EXPORTS
from studio import config

TARGET = config.ROOT / "frontend" / "src" / "api" / "formats.gen.ts"
HEAD = """/** Made by `make fmt` of modules/files/formats.py and modules/look/exports.py: change those. */

"""


def text() -> str:
    """Both lists as TypeScript."""
    datasets = [
        {
            "value": name,
            "label": format.label,
            "short": format.short,
            "delimited": "delimiter" in format.settings,
            "text": format.text,
            "typed": format.typed,
        }
        for name, format in FORMATS.items()
    ]
    exports = [{"value": name, "label": export.label} for name, export in EXPORTS.items()]
    return (
        HEAD
        + _constant("How a file can be read, in the order people look for it.", "DATASET_FORMATS", datasets)
        + _constant("What a table can be downloaded as.", "EXPORT_FORMATS", exports)
        + 'export type TableFormat = (typeof EXPORT_FORMATS)[number]["value"];\n'
    )


def _constant(words: str, name: str, items: list[dict[str, Any]]) -> str:
    lines = "".join(
        "  { " + ", ".join(f"{key}: {json.dumps(value)}" for key, value in item.items()) + " },\n"
        for item in items
    )
    return f"/** {words} */\n// prettier-ignore\nexport const {name} = [\n{lines}] as const;\n\n"


class Command(BaseCommand):
    help = "Writes frontend/src/api/formats.gen.ts."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        TARGET.write_text(text(), encoding="utf-8")
        self.stdout.write(f"wrote {TARGET.relative_to(config.ROOT)}")
