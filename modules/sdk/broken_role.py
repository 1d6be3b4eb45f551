"""The role of a column that says which rules the rows of a table break; wires with such a table are red."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from modules.sdk.column import Column

BROKEN = '["broken"]'


def as_broken(column: Column) -> Column:
    return replace(column, role=BROKEN)


def are_broken(roles: Iterable[str]) -> bool:
    """Whether a table with columns of these roles tells of broken rules.

    >>> are_broken(['["label"]', BROKEN]), are_broken([])
    (True, False)
    """
    return BROKEN in roles
