"""`manage.py modulereference`: writes docs/modules.md from the modules' own words."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from modules.registry import catalog
from modules.sdk.declare import ModuleSpec, ParamSpec, PortSpec

TARGET = Path(__file__).resolve().parents[3] / "docs" / "modules.md"
HEAD = """# Module reference

Made from the modules' docstrings by `manage.py modulereference`; change those, not this page.
"""


def text() -> str:
    """The whole page; the same on every machine."""
    return "\n".join([HEAD, *_groups()]).rstrip() + "\n"


def _groups() -> Iterator[str]:
    for category, specs in groupby(catalog().values(), key=lambda spec: spec.category):
        yield f"## {category}\n"
        for spec in specs:
            yield from _module(spec)


def _module(spec: ModuleSpec) -> Iterator[str]:
    yield f"### {spec.name}\n\n`{spec.slug}`\n"
    yield "\n\n".join(_paragraph(part) for part in spec.docs.split("\n\n")) + "\n"
    for title, ports in (("Inputs", spec.inputs), ("Outputs", spec.outputs)):
        if ports:
            yield f"**{title}**\n"
            yield "\n".join(_port(port) for port in ports) + "\n"
    if spec.params:
        yield "**Params**\n"
        yield "\n".join(_param(param) for param in spec.params) + "\n"


def _paragraph(text: str) -> str:
    """An example stays an example."""
    return f"```python\n{text}\n```" if text.startswith(">>>") else text


def _port(port: PortSpec) -> str:
    return f"- `{port.name}`: {port.label} ({port.type}{', optional' if port.optional else ''})"


def _param(param: ParamSpec) -> str:
    facts = [param.type]
    if param.choices:
        facts.append("one of " + ", ".join(f"`{choice.value}`" for choice in param.choices))
    if param.min is not None:
        facts.append(f"at least {param.min:g}")
    if param.max is not None:
        facts.append(f"at most {param.max:g}")
    if param.type not in ("code", "columns") and param.default not in (None, ""):
        facts.append(f"default `{param.default}`")
    if param.required:
        facts.append("required")
    for name, values in (param.shown_when or {}).items():
        facts.append(f"used where `{name}` is {' or '.join(f'`{value}`' for value in values)}")
    help = f" {param.help}" if param.help else ""
    return f"- `{param.name}`: {param.label} ({'; '.join(facts)}).{help}"


class Command(BaseCommand):
    help = "Writes docs/modules.md."

    def handle(self, *args: Any, **options: Any) -> None:
        TARGET.parent.mkdir(exist_ok=True)
        TARGET.write_text(text(), encoding="utf-8")
        self.stdout.write(f"wrote docs/{TARGET.name}")
