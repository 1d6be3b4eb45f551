"""Text that every database takes (PostgreSQL refuses the NUL character, in text and in JSON), and sizes."""

from __future__ import annotations

import re
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


UNSAVABLE = re.compile(
    '[\x00-\x1f\x7f-\x9f/\\\\:*?"<>|\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]'
)
"""Separators of folders, what Windows forbids, control codes, and what turns the direction of writing."""


def file_name(text: str, longest: int = 200) -> str:
    """A name to save a file under, in any system: no path, and no header's end.

    >>> file_name("../../etc/passwd"), file_name('a"\\r\\nb.csv'), file_name("..")
    ('_.._etc_passwd', 'a___b.csv', 'file')
    """
    name = UNSAVABLE.sub("_", text).strip(". ")
    if len(name) > longest:
        stem, dot, ending = name.rpartition(".")
        name = f"{stem[: longest - 10]}{dot}{ending[:9]}" if dot else name[:longest]
    return name or "file"
