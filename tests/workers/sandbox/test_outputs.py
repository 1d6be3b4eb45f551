"""What a child leaves: each column in a draft of its own, many large ones written at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from modules.sdk.columns import open_column
from modules.sdk.values import Table
from modules.wire_types import table_files
from modules.wire_types.stored import DRAFT
from modules.wire_types.table import StoredTable
from workers.sandbox import outputs
from workers.sandbox.job import Job


@pytest.mark.parametrize("at_once", [0, 1 << 40])
def test_columns_lie_in_their_order_however_they_are_written(
    at_once: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table_files, "AT_ONCE", at_once)
    table = Table.of(**{f"c{at}": [at, None, at * 2] for at in range(50)})
    stored = outputs.Outbox(tmp_path, Job(verb="import")).store(table)
    assert isinstance(stored, StoredTable)
    assert [column.name for column in stored.columns] == table.names
    for column, written in zip(table, stored.columns, strict=True):
        file = tmp_path / written.object.removeprefix(DRAFT)
        assert open_column(file).to_pylist() == column.data.to_pylist()
        assert written.bytes == file.stat().st_size
