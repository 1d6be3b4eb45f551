"""A result's key: what the code is, what the params are, and what lies on the inputs, by content."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from blake3 import blake3

from modules.digest import code_digest
from modules.interpreter import Interpreter
from modules.sdk.declare import ModuleSpec


def result_key(
    spec: ModuleSpec,
    params: Mapping[str, Any],
    inputs: Mapping[str, str],
    where: Interpreter | None = None,
    outside: Mapping[str, str] | None = None,
) -> str:
    """64 hex digits. `inputs`: artifact ids by port. `where`: the interpreter of the node's environment, if
    that is not base. Where a node stands, and its name, do not count, nor what its environment is called.
    `outside`: the versions of secrets, and how the source of its data looks."""
    counting = {name: value for name, value in params.items() if name != "environment"}
    body = {"code": code_digest(spec.slug, where), "params": counting, "inputs": dict(inputs)}
    if outside:
        body["outside"] = dict(outside)
    return blake3(json.dumps(body, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
