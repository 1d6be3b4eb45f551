"""Derived files in a bucket, so that one host reads what another has made; the folder is a cache of them."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

from studio.artifacts.bucket import Bucket
from studio.artifacts.cache import note_use
from studio.artifacts.derived import EXPORT, Derived, DerivedFiles
from studio.artifacts.drafts import prefix

UNUSED = 3600
"""Seconds after which a host keeps no copy of its own."""


class DerivedInBucket(DerivedFiles):
    def __init__(self, root: Path, drafts: Path, bucket: Bucket) -> None:
        super().__init__(root)
        self.drafts, self.bucket = drafts, bucket

    def find(self, artifact: str, name: str) -> Path | None:
        if here := super().find(artifact, name):
            note_use(here)
            return here
        handle, draft = tempfile.mkstemp(dir=self.drafts, prefix=prefix())
        os.close(handle)
        try:
            if not self.bucket.fetch(_key(artifact, name), Path(draft)):
                return None
            super().keep(Path(draft), artifact, name)
        finally:
            Path(draft).unlink(missing_ok=True)
        return self.path(artifact, name)

    def keep(self, made: Path, artifact: str, name: str) -> None:
        with made.open("rb") as file:
            self.bucket.send(file, _key(artifact, name))
        super().keep(made, artifact, name)

    def trim(self) -> int:
        """Drops here what nobody used for an hour; the bucket has it. How many bytes went."""
        freed = 0
        for path in self.root.glob("*/*/*"):
            found = path.stat()
            if max(found.st_atime, found.st_mtime) < time.time() - UNUSED:
                path.unlink(missing_ok=True)
                freed += found.st_size
        return freed

    def drop(self, artifact: str) -> None:
        super().drop(artifact)
        for found in self.bucket.list(_key(artifact, "")):
            self.bucket.drop(found.key)

    def exports(self) -> list[Derived]:
        found = []
        for key, size, written in self.bucket.list("derived/"):
            _, _, artifact, name = key.split("/")
            if name.startswith(EXPORT):
                found.append(Derived(artifact, name, size, written.timestamp()))
        return found

    def drop_export(self, export: Derived) -> None:
        super().drop_export(export)
        self.bucket.drop(_key(export.artifact, export.name))


def _key(artifact: str, name: str) -> str:
    return f"derived/{artifact[:2]}/{artifact}/{name}"
