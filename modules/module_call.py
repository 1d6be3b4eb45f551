"""Calls a module's function with values and params."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from modules import registry
from modules.pieces import Cut, call_in_pieces
from modules.sdk.errors import ModuleError
from modules.sdk.values import Value


def mark_source(slug: str, params: Mapping[str, Any]) -> str | None:
    """What the source of a module's data looks like now, if it can say so."""
    spec = registry.find(slug)
    if spec is None or spec.marks is None:
        return None
    return spec.marks(spec.read_params(dict(params)))


def call_module(
    slug: str, params: Mapping[str, Any], values: Mapping[str, Value], cut: Cut | None = None
) -> dict[str, Value | None]:
    """What it leaves, by port. `values`: by input port. `cut`: which of them may be gone
    through in pieces, if the module works row by row. ModuleError if there is no such module, or a param or
    an input is not as it must be; otherwise whatever the module raises."""
    spec = registry.find(slug)
    if spec is None:
        raise ModuleError(f"There is no module {slug} in this version of Studio.")
    try:
        read = spec.read_params(dict(params))
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else None
        said = "" if first["type"] == "declared_param" else f"{name or 'A setting'}: "
        raise ModuleError(f"{said}{first['msg']}", param=name) from None
    arguments: dict[str, Any] = {port.name: values.get(port.name) for port in spec.inputs}
    missing = [port.label for port in spec.inputs if not port.optional and arguments[port.name] is None]
    if missing:
        raise ModuleError(f"Nothing is connected to {missing[0]}. Draw a wire to it.")
    if "params" in inspect.signature(spec.function).parameters:
        arguments["params"] = read
    if cut and (made := call_in_pieces(spec, arguments, cut)) is not None:
        return made
    results = spec.function(**arguments)
    return dict(zip((port.name for port in spec.outputs), results, strict=True))
