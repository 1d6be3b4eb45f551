"""Text that every database takes (PostgreSQL refuses the NUL character, in text and in JSON), and sizes."""

from __future__ import annotations

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

    Values are walked: a backslash, `u` and four zeros that somebody typed are six characters, and stay.

    >>> without_nul({"a": ["x\x00y", r"x\u0000y", 1]})
    {'a': ['x\ufffdy', 'x\\u0000y', 1]}
    """
    match value:
        case str():
            return value.replace("\0", "\ufffd")
        case dict():
            return {without_nul(key): without_nul(each) for key, each in value.items()}
        case list() | tuple():
            return [without_nul(each) for each in value]
        case _:
            return value
