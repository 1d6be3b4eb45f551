"""Results as a table that reads well in a terminal and in Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.workload import Workload

HEAD = ("", "workload", "plain script", "Studio", "ratio", "reach", "")


@dataclass(frozen=True)
class Result:
    workload: Workload
    plain: list[float] | None
    studio: list[float]

    @property
    def reached(self) -> bool:
        return median(self.studio) <= self.workload.limit(median(self.plain) if self.plain else 0.0)

    def cells(self) -> tuple[str, ...]:
        plain = spread(self.plain) if self.plain else "–"
        ratio = f"{median(self.studio) / median(self.plain):.2f} ×" if self.plain else "–"
        mark = "✓" if self.reached else "✗"
        return (
            self.workload.name,
            self.workload.what,
            plain,
            spread(self.studio),
            ratio,
            self.workload.reach,
            mark,
        )


def spread(times: list[float]) -> str:
    """Median, and in brackets the fastest and the slowest."""
    return f"{median(times):.3f} s ({min(times):.3f}–{max(times):.3f})"


def table(results: list[Result]) -> str:
    return lines([HEAD, *(result.cells() for result in results)])


def lines(rows: Sequence[tuple[str, ...]]) -> str:
    """The first row is the head; all have as many cells."""
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    made = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in rows
    ]
    made.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(made)
