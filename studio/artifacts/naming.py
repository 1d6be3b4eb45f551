"""What a manifest is called: its files and columns by their content, and the whole by all that it says.

A table's name does not tell in which files its columns lie. So two tables of the same columns are one
artifact, whether a column has a file of its own or shares one with others.
"""

from __future__ import annotations

import mmap
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from blake3 import blake3

from modules.sdk.manifest import DRAFT, Stored, StoredColumn, StoredDevice, StoredTable, objects
from studio.artifacts.models import MANIFEST
from studio.artifacts.sealing import digest_of

PLACES: Any = {"packs": True, "columns": {"__all__": {"pack", "start"}}}
"""The members of a table that tell where its columns lie."""


@dataclass
class Names:
    """The content names of drafts, and of columns in packs: by the pack's draft and where they begin."""

    files: dict[str, str] = field(default_factory=dict)
    columns: dict[tuple[str, int | None], str] = field(default_factory=dict)

    def learn(self, manifest: Stored, drafts: Path) -> None:
        """Hashes the drafts of a manifest that are not known yet, and each column that shares one."""
        new = {name for name in objects(manifest) if name.startswith(DRAFT)} - self.files.keys()
        for name in new:
            self.files[name] = digest_of(drafts / name.removeprefix(DRAFT))
        if isinstance(manifest, StoredTable) and manifest.packs:
            packed: dict[str, list[StoredColumn]] = {}
            for column in manifest.columns:
                if column.pack is not None and column.object in new:
                    packed.setdefault(column.object, []).append(column)
            for name, columns in packed.items():
                self._learn_columns(drafts / name.removeprefix(DRAFT), columns)

    def _learn_columns(self, pack: Path, columns: Sequence[StoredColumn]) -> None:
        with (
            pack.open("rb") as file,
            mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped,
            memoryview(mapped) as whole,
        ):
            for column in columns:
                start = column.start or 0
                with whole[start : start + column.bytes] as alone:
                    self.columns[column.object, column.start] = blake3(alone).hexdigest()

    def given_to(self, manifest: Stored) -> Stored:
        """The manifest with every draft's name replaced by its content name."""
        match manifest:
            case StoredTable():
                columns = tuple(self._column(column) for column in manifest.columns)
                packs = tuple(map(self._part, manifest.packs))
                return manifest.model_copy(update={"columns": columns, "packs": packs})
            case StoredDevice():
                return manifest.model_copy(update={"pictures": tuple(map(self._part, manifest.pictures))})
            case _ if hasattr(manifest, "object"):
                return self._part(manifest)
        return manifest

    def _column(self, column: StoredColumn) -> StoredColumn:
        name = self.columns.get((column.object, column.start)) if column.pack is not None else None
        return column.model_copy(update={"object": name}) if name else self._part(column)

    def _part(self, part: Any) -> Any:
        name = self.files.get(part.object)
        return part.model_copy(update={"object": name}) if name else part


def identity_text(manifest: Stored) -> bytes:
    """What an artifact's name is the hash of."""
    exclude = PLACES if isinstance(manifest, StoredTable) else None
    return MANIFEST.dump_json(manifest, exclude=exclude)  # type: ignore[arg-type]  # any Stored that comes here is a Manifest


def as_data(manifest: Stored) -> dict[str, Any]:
    """A manifest as the database keeps it; without empty members where a table may have many thousands."""
    if isinstance(manifest, StoredTable):
        if manifest.packs:
            return manifest.model_dump(mode="json", exclude_none=True)
        return manifest.model_dump(mode="json", exclude=PLACES)
    return manifest.model_dump(mode="json")
