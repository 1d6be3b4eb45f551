"""Plain text: one column `text`, a row a line."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from modules.files.spill import Scratch
from modules.files.text_source import load_text
from modules.sdk.column import Column
from modules.sdk.values import Table


def read_plain_text(path: Path, scratch: Scratch | None = None, encoding: str | None = None) -> Table:
    """Line ends (LF, CRLF, CR) are no part of the rows; an empty line is an empty text."""
    text = load_text(path, scratch, encoding)
    with text.reader() as stream:
        lines = stream.read().replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if lines[-1] == "":
        lines.pop()
    column = Column("text", pa.chunked_array([pa.array(lines, pa.large_string())]))
    return Table.from_columns([column], len(lines))
