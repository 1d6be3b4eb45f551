"""Quantiles as people write them."""

from __future__ import annotations


def shares(text: str) -> tuple[float, ...]:
    """The quantiles in a text, each between 0 and 1.

    >>> shares("0.25;0.5, 0.75")
    (0.25, 0.5, 0.75)
    """
    parts = [part.strip() for part in text.replace(",", ";").split(";") if part.strip()]
    try:
        found = tuple(dict.fromkeys(float(part) for part in parts))
    except ValueError:
        found = ()
    if not found or not all(0 <= share <= 1 for share in found):
        raise ValueError("write quantiles between 0 and 1, such as 0.25; 0.5; 0.75")
    return found
