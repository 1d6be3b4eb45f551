"""The content-addressed store: a file is named by the BLAKE3 of its bytes, and never changes.

A draft becomes an object by one rename on the same file system, so that a crash at any moment
leaves either the whole object or none. Objects are read-only to everyone.
"""

from __future__ import annotations

import mmap
import os
import shutil
import tempfile
import time
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from blake3 import blake3

from modules.sdk.manifest import DRAFT, Stored, StoredDevice, StoredTable, objects
from studio import config
from studio.artifacts.models import MANIFEST, Artifact
from studio.errors import StudioError
from studio.text import without_nul

CHUNK = 1 << 20

WINDOW = 16 << 20
"""Of a file mapped at once: faster than reading it, and the process stays small."""


def digest_of(path: Path) -> str:
    """The BLAKE3 of a file, hex."""
    digest = blake3(max_threads=1)
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        for start in range(0, size, WINDOW):
            with mmap.mmap(
                file.fileno(), min(WINDOW, size - start), access=mmap.ACCESS_READ, offset=start
            ) as part:
                digest.update(part)
    return digest.hexdigest()


class Store:
    """A folder of objects, one of drafts, and one of files derived from objects (summaries, exports)."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for part in ("objects", "drafts", "derived"):
            (root / part).mkdir(mode=0o755, parents=True, exist_ok=True)

    def local(self, name: str) -> Path:
        """Where the object of that content name lies on this machine (or would lie)."""
        return self.root / "objects" / name[:2] / name

    def path(self, name: str) -> Path:
        """A file to read the object from; it is missing where the store does not have the object."""
        return self.local(name)

    def has(self, names: Iterable[str]) -> bool:
        return all(self.path(name).is_file() for name in names)

    def new_drafts(self) -> Path:
        """A fresh, empty folder on the store's file system; whoever asks for it removes it."""
        return Path(tempfile.mkdtemp(dir=self.root / "drafts"))

    def put(self, draft: Path) -> tuple[str, int]:
        """Moves a finished draft in: its content name and its size in bytes."""
        name = digest_of(draft)
        return name, self.move_in(draft, name)

    def move_in(self, draft: Path, name: str) -> int:
        """The same with its content name given; its size."""
        size, target = draft.stat().st_size, self.local(name)
        if target.is_file():
            os.utime(target)
            draft.unlink()
            return size
        target.parent.mkdir(exist_ok=True)
        draft.chmod(0o444)
        os.replace(draft, target)
        return size

    def put_copy(self, source: Path) -> tuple[str, int]:
        """The same for a file that stays where it is."""
        drafts = self.root / "drafts"
        with tempfile.NamedTemporaryFile(dir=drafts, delete=False) as file, source.open("rb") as opened:
            shutil.copyfileobj(opened, file, CHUNK)
        return self.put(Path(file.name))

    def derived(self, artifact: str, name: str) -> Path:
        """Where a file derived from an artifact lies; it may be dropped at any time."""
        return self.root / "derived" / artifact[:2] / artifact / name

    def keep(self, manifest: Stored, drafts: Path) -> Artifact:
        """Moves a manifest's drafts in, and records the artifact. Doing it twice is doing it once."""
        return self.keep_all({"": manifest}, drafts)[0][""]

    def keep_all(self, manifests: Mapping[str, Stored], drafts: Path) -> tuple[dict[str, Artifact], float]:
        """The same for several, by port: one write to the database. Also the seconds that hashing took."""
        began = time.monotonic()
        new = {
            name for manifest in manifests.values() for name in objects(manifest) if name.startswith(DRAFT)
        }
        names = {name: digest_of(drafts / name.removeprefix(DRAFT)) for name in new}
        hashing = time.monotonic() - began
        kept = {port: self._settle(manifest, drafts, names) for port, manifest in manifests.items()}
        Artifact.objects.bulk_create(kept.values(), ignore_conflicts=True)
        return kept, hashing

    def _settle(self, manifest: Stored, drafts: Path, names: Mapping[str, str]) -> Artifact:
        sizes: dict[str, int] = {}
        for name in objects(manifest):
            if name.startswith(DRAFT) and names[name] not in sizes:
                sizes[names[name]] = self.move_in(drafts / name.removeprefix(DRAFT), names[name])
        settled = _with_names(manifest, names)
        data = without_nul(settled.model_dump(mode="json"))
        for name in objects(settled):
            sizes.setdefault(name, self.path(name).stat().st_size)
        body = MANIFEST.dump_json(settled)  # type: ignore[arg-type]
        return Artifact(
            id=blake3(body).hexdigest(),
            type=data["type"],
            manifest=data,
            bytes=sum(sizes.values()) or len(body),
        )


def _with_names(manifest: Stored, names: Mapping[str, str]) -> Stored:
    """The manifest with every draft's name replaced by its content name."""

    def settled(part: Any) -> Any:
        name = names.get(part.object)
        return part.model_copy(update={"object": name}) if name else part

    match manifest:
        case StoredTable():
            return manifest.model_copy(update={"columns": tuple(settled(c) for c in manifest.columns)})
        case StoredDevice():
            return manifest.model_copy(update={"pictures": tuple(settled(p) for p in manifest.pictures)})
        case _ if hasattr(manifest, "object"):
            return settled(manifest)
    return manifest


@cache
def store() -> Store:
    """The store that `STUDIO_STORE` names."""
    url = urlsplit(config.store_url())
    if url.scheme == "file":
        return Store(Path(url.path))
    if url.scheme == "s3":
        from studio.artifacts.s3 import S3Store

        return S3Store(url.netloc, url.path.strip("/"))
    raise StudioError(f"STUDIO_STORE is {config.store_url()!r}: it must start with file:/// or s3://.")
