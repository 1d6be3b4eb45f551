"""What a reader tells beside the table: how it read the file, and which rows broke a rule."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pyarrow as pa

from modules.sdk.errors import FileError
from modules.sdk.values import Table

MOST_REJECTS = 100_000


class Reject(NamedTuple):
    """A row that is not kept: the line it starts on, why, what stood there; the field at fault, from 1."""

    line: int
    reason: str
    text: str
    column: int | None = None


@dataclass
class Report:
    """`apart`: rows that break a rule are collected here; else the first one refuses the file.
    `found`: by the names of `Reading`, what the file was read with. `line`: the line of a row, from 0; its
    number, where the format has no lines."""

    apart: bool = False
    rejects: list[Reject] = field(default_factory=list)
    found: dict[str, Any] = field(default_factory=dict)
    line: Callable[[int], int] = lambda row: row + 1

    def reject(self, row: Reject) -> None:
        """FileError where rows are not set apart, or where there are too many of them."""
        if not self.apart:
            raise FileError(f"line {row.line}: {row.reason}", line=row.line, column=row.column)
        if len(self.rejects) >= MOST_REJECTS:
            raise FileError(
                f"more than {MOST_REJECTS:,} rows break a rule, the last one in line {row.line}: "
                f"{row.reason}; change how the file is read",
                line=row.line,
            )
        self.rejects.append(row)

    def table(self) -> Table:
        """The rejects as a table: line, reason, text."""
        rows = sorted(self.rejects)
        columns = {
            "line": pa.array([row.line for row in rows], pa.int64()),
            "reason": pa.array([row.reason for row in rows], pa.large_string()),
            "text": pa.array([row.text for row in rows], pa.large_string()),
        }
        return Table.from_arrow(pa.table(columns))
