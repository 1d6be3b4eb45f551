"""Column names from what a file says: none empty, none twice."""

from __future__ import annotations

from collections.abc import Iterable

from modules.sdk.frames import unique_names


def header_names(cells: Iterable[str]) -> list[str]:
    """Names from a header: blanks around them gone, an empty one is `Col` and its number.

    >>> header_names([" a ", "", "a"])
    ['a', 'Col2', 'a (2)']
    """
    return unique_names(cell.strip() or f"Col{at}" for at, cell in enumerate(cells, 1))


def numbered_names(count: int) -> list[str]:
    """Col1, Col2 … for a file without a header."""
    return [f"Col{at}" for at in range(1, count + 1)]
