"""What is probably wrong with a script, and how it is mended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

Columns = Mapping[str, str]
"""Names of a table's columns, with their types."""


@dataclass(frozen=True)
class Replacement:
    """Text in place of what stands between two places; lines count from 1, columns from 0."""

    line: int
    column: int
    end_line: int
    end_column: int
    text: str


@dataclass(frozen=True)
class Fix:
    """`title` says what it does, as a button does."""

    title: str
    edits: tuple[Replacement, ...]


@dataclass(frozen=True)
class Finding:
    """`line` counts from 1, `column` from 0."""

    line: int
    column: int
    code: str
    message: str
    fix: Fix | None = None


def nearest(name: str, known: Sequence[str]) -> str | None:
    """The known name that was probably meant.

    >>> nearest("Pirce", ["Price", "Rooms"]), nearest("price", ["Price"]), nearest("x", ["Price"])
    ('Price', 'Price', None)
    """
    folded = [one for one in known if one.casefold() == name.casefold()]
    return next(iter(folded or get_close_matches(name, known, 1, 0.6)), None)


def meant(name: str, known: Sequence[str]) -> str:
    """What to say after that there is no such name: the nearest, or the first of all."""
    if close := nearest(name, known):
        return f"did you mean {close!r}?"
    shown = ", ".join(map(repr, known[:8]))
    return f"it has {shown}{', …' if len(known) > 8 else ''}." if known else "it has none."
