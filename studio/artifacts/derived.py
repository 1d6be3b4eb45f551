"""Files derived from artifacts: exports and summaries. Any of them may go at any time; it is made again."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Derived:
    """One export: whose it is, its size, and when it was made (seconds since 1970)."""

    artifact: str
    path: Path
    bytes: int
    made: float


def derived_files(root: Path) -> list[Derived]:
    """All exports in the store at `root`; summaries are too small to count."""
    found = []
    for path in (root / "derived").glob("*/*/export.*"):
        try:
            status = path.stat()
        except FileNotFoundError:
            continue
        found.append(Derived(path.parent.name, path, status.st_size, status.st_mtime))
    return found
