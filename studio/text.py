"""Text that every database takes: PostgreSQL refuses the NUL character, in text and in JSON."""

from __future__ import annotations

import json
from typing import Any


def without_nul(value: Any) -> Any:
    r"""The same JSON-ready value with the replacement character where NULs were.

    >>> without_nul({"a": ["x\x00y"]})
    {'a': ['x\ufffdy']}
    """
    text = json.dumps(value)
    return json.loads(text.replace("\\u0000", "\\ufffd")) if "\\u0000" in text else value
