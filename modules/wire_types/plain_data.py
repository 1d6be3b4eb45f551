"""Plain data that a child left: bounded before anybody believes, keeps or draws it."""

from __future__ import annotations

import json
from typing import Any

from modules.wire_types.stored import Refused

MOST_BYTES = 20 << 20
DEEPEST = 40


def check_plain_data(data: Any, what: str) -> None:
    """Raises Refused if data that JSON holds are nested too deep, or too long as text.

    >>> check_plain_data({"levels": ["a", "b"]}, "card")
    """
    layer = [data]
    for _ in range(DEEPEST):
        layer = [item for value in layer for item in _items(value)]
        if not layer:
            break
    else:
        raise Refused(f"The result's {what} is nested deeper than {DEEPEST} levels.")
    if len(json.dumps(data, ensure_ascii=False).encode("utf-8", "surrogatepass")) > MOST_BYTES:
        raise Refused(f"The result's {what} has more than {MOST_BYTES >> 20} MB as JSON.")


def _items(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []
