"""What uploads have in common, wherever their pieces lie."""

from __future__ import annotations

from typing import Any

from studio.errors import Taken, TooLarge

LIFETIME = 24 * 3600
"""Seconds without a new piece after which an upload is forgotten."""

CHUNK = 1 << 20

Facts = dict[str, Any]
"""`owner`, `length` and `file_name` of an upload."""


def goes_on_elsewhere(here: int, offset: int) -> Taken:
    return Taken(f"This upload goes on at byte {here}, not at {offset}. Ask for its offset (HEAD).")


def too_long(length: int) -> TooLarge:
    return TooLarge(f"This upload was announced with {length} bytes; more came.")
