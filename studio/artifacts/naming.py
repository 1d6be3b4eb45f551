"""The content names of the files that a node left, and of columns that share a file."""

from __future__ import annotations

import mmap
from collections.abc import Sequence
from pathlib import Path

from blake3 import blake3

from modules.wire_types.stored import DRAFT, Part, StoredValue, objects
from studio.artifacts.sealing import digest_of


class Names:
    """The content names of drafts, and of columns in packs: by the pack's draft and where they begin."""

    def __init__(self) -> None:
        self.files: dict[str, str] = {}
        self.pieces: dict[tuple[str, int], str] = {}

    def learn(self, manifest: StoredValue, drafts: Path) -> None:
        """Hashes the drafts of a manifest that are not known yet, and each column that shares one."""
        new = {name for name in objects(manifest) if name.startswith(DRAFT)} - self.files.keys()
        for name in new:
            self.files[name] = digest_of(drafts / name.removeprefix(DRAFT))
        for name, pieces in manifest.shared().items():
            if name in new:
                self._learn_pieces(name, drafts / name.removeprefix(DRAFT), pieces)

    def of(self, part: Part, start: int | None = None) -> str:
        """The content name of a part; of one that is no draft, the name that it has."""
        piece = self.pieces.get((part.object, start)) if start is not None else None
        return piece or self.files.get(part.object, part.object)

    def _learn_pieces(self, name: str, file: Path, pieces: Sequence[tuple[int, int]]) -> None:
        with (
            file.open("rb") as opened,
            mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as mapped,
            memoryview(mapped) as whole,
        ):
            for start, size in pieces:
                with whole[start : start + size] as alone:
                    self.pieces[name, start] = blake3(alone).hexdigest()
