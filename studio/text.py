"""Text that every database takes (PostgreSQL refuses the NUL character, in text and in JSON), and sizes."""

from __future__ import annotations

import json
from typing import Any

GIB, MIB = 1 << 30, 1 << 20


def size(count: int) -> str:
    """Bytes in words.

    >>> size(3 << 29), size(5 << 20), size(700)
    ('1.5 GiB', '5 MiB', '0 MiB')
    """
    return f"{count / GIB:,.1f} GiB" if count >= GIB else f"{max(0, count) / MIB:,.0f} MiB"


def without_nul(value: Any) -> Any:
    r"""The same JSON-ready value with the replacement character where NULs were.

    >>> without_nul({"a": ["x\x00y"]})
    {'a': ['x\ufffdy']}
    """
    text = json.dumps(value)
    return json.loads(text.replace("\\u0000", "\\ufffd")) if "\\u0000" in text else value
