"""What stands above the header of a sheet: a title, a date, an empty row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

MOST = 20
"""Rows above the header, and rows below it that are looked at."""

Row = Sequence[Any]


def title_rows(rows: Sequence[Row]) -> int:
    """How many rows stand above the header; 0 unless that is plain.

    Plain: the first row has one text and nothing else, and the first full row is of different texts, with an
    empty row above it or a column of no texts below it. A cell is empty if it is "".

    >>> title_rows([["Report of May", ""], ["day", "sold"], ["Monday", 3.0]])
    1
    >>> title_rows([["name", ""], ["Ann", "x"], ["Bob", "y"]])
    0
    """
    if len(rows[0]) < 2 or len(_filled(rows[0])) != 1 or not isinstance(_filled(rows[0])[0], str):
        return 0
    for at, row in enumerate(rows[1 : MOST + 1], start=1):
        cells = _filled(row)
        if len(cells) > 1:
            whole = len(cells) == len(row) == len(set(map(str, cells)))
            parted = any(not _filled(above) for above in rows[:at])
            header = whole and all(isinstance(cell, str) for cell in cells)
            return at if header and (parted or _has_other_than_text(rows[at + 1 : at + 1 + MOST])) else 0
    return 0


def _filled(row: Row) -> list[Any]:
    return [cell for cell in row if cell != ""]


def _has_other_than_text(rows: Sequence[Row]) -> bool:
    columns = (_filled(column) for column in zip(*rows, strict=True))
    return any(column and not any(isinstance(cell, str) for cell in column) for column in columns)
