"""The module reference, docs/modules.md, from what modules say of themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from modules.sdk.declare import ModuleSpec, ParamSpec, PortSpec

HEAD = """\
# Module reference

Made by `manage.py modulereference` from the modules themselves; do not edit it here.
A port is written as its name and type; *optional* ports may stay unconnected.
"""


def reference(specs: Iterable[ModuleSpec]) -> str:
    """All modules that can do what they say, by palette group."""
    parts = [HEAD]
    built = [spec for spec in specs if not spec.not_yet]
    for category, members in groupby(built, key=lambda spec: spec.category):
        parts.append(f"## {category}\n")
        parts += [_module(spec) for spec in members]
    return "\n".join(parts)


def _module(spec: ModuleSpec) -> str:
    lines = [f"### {spec.name}", "", f"`{spec.slug}`", "", _prose(spec.docs), ""]
    for title, ports in (("Inputs", spec.inputs), ("Outputs", spec.outputs)):
        if ports:
            lines += [f"**{title}:** " + " · ".join(map(_port, ports)), ""]
    if params := [param for param in spec.params if not param.not_yet]:
        lines += ["| param | name | type | default | what it does |", "|---|---|---|---|---|"]
        lines += [_param(param) for param in params]
        lines.append("")
    return "\n".join(lines)


def _prose(docs: str) -> str:
    """A docstring's text; its examples become code blocks."""
    blocks = re.split(r"\n\s*\n", docs)
    return "\n\n".join(f"```python\n{block}\n```" if block.startswith(">>>") else block for block in blocks)


def _port(port: PortSpec) -> str:
    return f"`{port.name}` {port.type}" + (" *(optional)*" if port.optional else "")


def _param(param: ParamSpec) -> str:
    cells = [param.label, f"`{param.name}`", _type(param), _default(param.default), param.help]
    return "| " + " | ".join(cell.replace("\n", " ").replace("|", "\\|") for cell in cells) + " |"


def _type(param: ParamSpec) -> str:
    if param.choices:
        return "one of " + ", ".join(f"`{choice.value}`" for choice in param.choices)
    if param.fields is not None:
        return "records of " + "; ".join(f"`{field.name}` {_type(field)}" for field in param.fields)
    bounds = [
        f"from {param.min:g}" if param.min is not None else "",
        f"to {param.max:g}" if param.max is not None else "",
    ]
    return " ".join(filter(None, [param.type, param.language or "", *bounds]))


def _default(value: Any) -> str:
    if value in (None, ""):
        return ""
    if isinstance(value, dict):
        return "all columns" if value.get("begin") == "all" else "no columns"
    text = str(value).strip()
    return "a template" if "\n" in text else f"`{text}`"
