"""Names for rows: short, random, safe in an address."""

from __future__ import annotations

import secrets

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def new_id() -> str:
    """16 characters, 80 random bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(16))
