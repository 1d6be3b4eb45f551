"""Files as an upload reads them."""

from __future__ import annotations

from pathlib import Path

from modules.files.read import read
from modules.sdk.values import Table


def upload(kind: str, content: str | bytes, folder: Path) -> Table:
    file = folder / "upload"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    table = read(kind, file, "mine")
    assert isinstance(table, Table)
    return table


def shown(table: Table) -> dict[str, tuple[str, list]]:
    return {column.name: (column.type, column.data.to_pylist()) for column in table}
