"""A table as it is after it was written to a file of another format and read again."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from modules.files.read import read
from modules.sdk.values import Table


def as_file_of(format: str, table: Table, write: Callable[[Table, Path], None]) -> Table:
    """What comes back of the table. One without columns stays as it is."""
    if not table.columns:
        return table
    with tempfile.TemporaryDirectory(prefix=f".{format}-", dir=".") as folder:
        file = Path(folder, f"table.{format}")
        write(table, file)
        back = read(format, file, f"The {format.upper()}")
    assert isinstance(back, Table)
    return back
