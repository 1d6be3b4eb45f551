"""How many columns a table may have."""

from __future__ import annotations

from modules.sdk.errors import ModuleError

MOST_COLUMNS = 150_000


def check_width(columns: int) -> None:
    """Refuses a table of more columns than are kept. Asked before a file is read, and of what a node made."""
    if columns > MOST_COLUMNS:
        raise ModuleError(
            f"The table has {columns:,} columns; Studio keeps at most {MOST_COLUMNS:,}. Keep fewer, or turn "
            "it so that its columns are rows: one column with their names, one with the values."
        )
