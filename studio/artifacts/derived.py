"""Files derived from artifacts: exports and summaries. Any of them may go at any time; it is made again."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

EXPORT = "export."
"""What the names of exports begin with. Summaries are too small to count."""


@dataclass(frozen=True)
class Derived:
    """One export: whose it is, its name and size, and when it was made (seconds since 1970)."""

    artifact: str
    name: str
    bytes: int
    made: float


class DerivedFiles:
    """Those of one store, in a folder of this machine."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def path(self, artifact: str, name: str) -> Path:
        """Where the file lies on this machine (or would lie)."""
        return self.root / artifact[:2] / artifact / name

    def find(self, artifact: str, name: str) -> Path | None:
        """A file to read it from; None where it is not kept."""
        path = self.path(artifact, name)
        return path if path.is_file() else None

    def keep(self, made: Path, artifact: str, name: str) -> None:
        """Moves a file in."""
        target = self.path(artifact, name)
        target.parent.mkdir(parents=True, exist_ok=True)
        made.chmod(0o444)
        os.replace(made, target)

    def drop(self, artifact: str) -> None:
        """Drops all that was derived from an artifact."""
        shutil.rmtree(self.path(artifact, ""), ignore_errors=True)

    def exports(self) -> list[Derived]:
        """All exports that are kept."""
        found = []
        for path in self.root.glob(f"*/*/{EXPORT}*"):
            try:
                status = path.stat()
            except FileNotFoundError:
                continue
            found.append(Derived(path.parent.name, path.name, status.st_size, status.st_mtime))
        return found

    def drop_export(self, export: Derived) -> None:
        self.path(export.artifact, export.name).unlink(missing_ok=True)
