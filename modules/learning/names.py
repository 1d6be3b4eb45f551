"""Params that choose one column: its name, checked against the table."""

from __future__ import annotations

from modules.sdk.errors import ModuleError
from modules.sdk.selection import ColumnSelection
from modules.sdk.values import Table


def one_name(selection: ColumnSelection, table: Table, param: str, what: str) -> str | None:
    """The only column chosen; None where none is. ModuleError where there are several."""
    names = selection.names(table)
    if len(names) > 1:
        raise ModuleError(f"{what} is one column, but {len(names)} are chosen.", param=param)
    return names[0] if names else None
