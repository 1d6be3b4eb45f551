"""Column names from what a file says: none empty, none twice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from modules.sdk.frames import unique_names
from modules.sdk.width import check_width


def header_names(cells: Iterable[str]) -> list[str]:
    """Names from a header: blanks around them gone, an empty one is `Col` and its number.

    >>> header_names([" a ", "", "a"])
    ['a', 'Col2', 'a (2)']
    """
    names = [cell.strip() or f"Col{at}" for at, cell in enumerate(cells, 1)]
    check_width(len(names))
    return unique_names(names)


UNNAMED_INDEX = re.compile(r"__index_level_([0-9]+)__")


def pandas_names(names: Sequence[str]) -> list[str]:
    """Names in a file that pandas wrote: an index without a name is called as `reset_index` calls it.

    >>> pandas_names(["x", "__index_level_0__"])
    ['x', 'index']
    """
    levels = [name for name in names if UNNAMED_INDEX.fullmatch(name)]
    called = "index" if len(levels) == 1 else r"level_\1"
    return header_names(UNNAMED_INDEX.sub(called, name) if name in levels else name for name in names)


def numbered_names(count: int) -> list[str]:
    """Col1, Col2 … for a file without a header."""
    check_width(count)
    return [f"Col{at}" for at in range(1, count + 1)]
