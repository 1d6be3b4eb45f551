"""What an exported cell says of its node, so that one sees later whether it was edited at the desk. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from blake3 import blake3

from modules.sdk.source import clean


@dataclass(frozen=True)
class Exported:
    """A node as it was exported. `was`: its digest, empty if an older Studio wrote the cell. `wires`: by
    input port the output that it came from."""

    was: str = ""
    wires: Mapping[str, str] = field(default_factory=dict)


def digest_of(module: str, params: Mapping[str, Any]) -> str:
    """Of what makes a node compute what it does. Line ends and what follows a script do not count."""
    script = params.get("script")
    plain = {**params, "script": clean(script).rstrip()} if isinstance(script, str) else params
    return blake3(json.dumps([module, plain], sort_keys=True).encode()).hexdigest()[:12]
