"""The line of SQL or pandas that a node is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from modules.sdk.declare import ModuleSpec
from modules.sdk.line import Line, line_of

MOST_COLUMNS = 5_000
LONGEST = 20_000
"""Characters of the params."""


def said_line(
    spec: ModuleSpec, raw: Mapping[str, Any], inputs: Mapping[str, Mapping[str, str] | None]
) -> Line | str:
    """The line, or the sentence that says why there is none."""
    if spec.line is None:
        return f"{spec.name} is no one line of SQL or pandas."
    if len(json.dumps(raw, default=str)) > LONGEST:
        return "The settings are too long for one line."
    unwired = [port.label for port in spec.inputs if not port.optional and port.name not in inputs]
    if unwired:
        return f"Wire a table to {unwired[0]} to see it."
    ports = {port.name for port in spec.inputs}
    try:
        params = spec.read_params(raw)
    except ValidationError:
        return "Some settings are not valid yet."
    return line_of(spec.line, params, {port: known for port, known in inputs.items() if port in ports})
