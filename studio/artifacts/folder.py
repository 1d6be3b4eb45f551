"""The content-addressed store: a file is named by the BLAKE3 of its bytes, and never changes.

A draft becomes an object by one rename on the same file system, so that a crash at any moment
leaves either the whole object or none. Objects are read-only to everyone, and sealed.

Whoever keeps files holds the store's lock, shared, until the rows that name them are committed; whoever
drops files holds it alone while he looks that no row names them, and drops them. So no file goes that
somebody has just found and counts on.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from blake3 import blake3

from studio.artifacts import drafts as drafts_
from studio.artifacts.derived import DerivedFiles
from studio.artifacts.models import Artifact
from studio.artifacts.outlines import outline_of
from studio.artifacts.sealing import digest_of, is_whole, seal
from studio.text import without_nul

if TYPE_CHECKING:
    from modules.wire_types.stored import StoredValue
    from studio.artifacts.naming import Names

CHUNK = 1 << 20
NUL = rb"\u0000"
"""How a NUL stands in JSON."""


class Store:
    """A folder of objects, one of drafts, and one of files derived from objects (summaries, exports)."""

    remote = False
    """Whether objects lie elsewhere, and this folder is a cache of them."""

    grace = timedelta(0)
    """How long a result that was used, or a file that was written, is not dropped in any case."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        if (found := root.stat()).st_mode & 0o077 and found.st_uid == os.getuid():
            root.chmod(0o700)
        for part in ("objects", "drafts", "derived"):
            (root / part).mkdir(mode=0o755, parents=True, exist_ok=True)
        self.derived = DerivedFiles(root / "derived")

    def make(self) -> None:
        """Makes it where it is missing. Unavailable where that cannot be."""

    def check(self) -> None:
        """Raises OSError, or Unavailable, where nothing can be kept or read now. Cheap."""
        for part in ("objects", "drafts"):
            if not os.access(self.root / part, os.R_OK | os.W_OK | os.X_OK):
                raise OSError(f"{self.root / part} cannot be read and written")

    def local(self, name: str) -> Path:
        """Where the object of that content name lies on this machine (or would lie)."""
        return self.root / "objects" / name[:2] / name

    def path(self, name: str) -> Path:
        """A file to read the object from; it is missing where the store does not have the object."""
        return self.local(name)

    def has(self, wanted: Mapping[str, int]) -> bool:
        """Whether all of these objects are there, and whole: their bytes by content name."""
        return all(is_whole(self.local(name), name, size) for name, size in wanted.items())

    def holds(self, manifest: StoredValue) -> bool:
        """Whether all files of a manifest are there, and whole."""
        from modules.wire_types.stored import sizes  # the first page does without: pyarrow takes its time

        return self.has(sizes(manifest))

    def keeping(self) -> AbstractContextManager[None]:
        """Held, outside of any transaction, from keeping files to committing the rows that name them."""
        return self._locked(fcntl.LOCK_SH)

    def dropping(self) -> AbstractContextManager[None]:
        """Held while files are dropped that no row names; nobody keeps anything meanwhile."""
        return self._locked(fcntl.LOCK_EX)

    @contextmanager
    def _locked(self, how: int) -> Iterator[None]:
        fd = os.open(self.root / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(fd, how)
            yield
        finally:
            os.close(fd)

    def new_drafts(self) -> Path:
        """A fresh, empty folder on the store's file system; whoever asks for it removes it."""
        return Path(tempfile.mkdtemp(dir=self.root / "drafts", prefix=drafts_.prefix()))

    def sweep(self) -> int:
        """Removes the drafts that a crash left. Returns how many."""
        return drafts_.sweep(self.root / "drafts")

    def put(self, draft: Path) -> tuple[str, int]:
        """Moves a finished draft in: its content name and its size in bytes."""
        name = digest_of(draft)
        return name, self.move_in(draft, name)

    def move_in(self, draft: Path, name: str) -> int:
        """Moves in a draft whose content name is known, if nobody did yet. Returns its size."""
        target = self.local(name)
        if not draft.exists() and target.exists():
            return target.stat().st_size
        size = draft.stat().st_size
        if is_whole(target, name, size):
            draft.unlink()
            return size
        target.parent.mkdir(exist_ok=True)
        draft.chmod(0o444)
        seal(draft, name)
        os.replace(draft, target)
        return size

    def verify(self, name: str) -> bool:
        """Whether the object is there with the bytes of its name; reads all of it. Damaged, it is dropped."""
        path = self.local(name)
        if not path.is_file():
            return False
        if digest_of(path) == name:
            return True
        with self.dropping():
            if path.is_file() and digest_of(path) != name:  # nobody kept it anew meanwhile
                path.unlink()
        return False

    def weigh(self) -> dict[str, int]:
        """The bytes of every object there is, by name."""
        found = {}
        for folder in os.scandir(self.root / "objects"):
            with os.scandir(folder.path) as entries:
                found.update({entry.name: entry.stat().st_size for entry in entries})
        return found

    def trim(self, bound: Callable[[int], int]) -> int:
        """Drops here what the bucket has, down to what `bound` tells for its weight; how much went.
        A store that is no cache drops nothing."""
        return 0

    def unlink(self, name: str) -> None:
        """Drops an object. Whoever has it open reads on."""
        self.local(name).unlink(missing_ok=True)

    def put_copy(self, source: Path) -> tuple[str, int]:
        """Copies a file in, which stays where it is. Returns its content name and its size."""
        drafts = self.root / "drafts"
        with (
            tempfile.NamedTemporaryFile(dir=drafts, prefix=drafts_.prefix(), delete=False) as file,
            source.open("rb") as opened,
        ):
            shutil.copyfileobj(opened, file, CHUNK)
        return self.put(Path(file.name))

    def keep(self, manifest: StoredValue, drafts: Path) -> Artifact:
        """Moves a manifest's drafts in, and records the artifact. Doing it twice is doing it once."""
        return self.keep_all({"": manifest}, drafts)[0][""]

    def keep_all(
        self, manifests: Mapping[str, StoredValue], drafts: Path, names: Names | None = None
    ) -> tuple[dict[str, Artifact], float]:
        """Keeps several values with one write to the database. Returns the artifacts by port, and the seconds
        that hashing took.

        `names` remembers the content names of drafts, so that it can be done again after it failed half-way.
        """
        kept, hashing = self.keep_files(manifests, drafts, names)
        write_down(kept.values())
        return kept, hashing

    def keep_files(
        self, manifests: Mapping[str, StoredValue], drafts: Path, names: Names | None = None
    ) -> tuple[dict[str, Artifact], float]:
        """Keeps the files of several values without writing to the database: the caller calls `write_down` in
        the transaction that names the artifacts."""
        from studio.artifacts.naming import Names

        began = time.monotonic()
        names = Names() if names is None else names
        for manifest in manifests.values():
            names.learn(manifest, drafts)
        hashing = time.monotonic() - began
        return {port: self._settle(manifest, drafts, names) for port, manifest in manifests.items()}, hashing

    def _settle(self, manifest: StoredValue, drafts: Path, names: Names) -> Artifact:
        from modules.wire_types.stored import DRAFT, objects, sizes

        for name in set(objects(manifest)):
            if name.startswith(DRAFT):
                self.move_in(drafts / name.removeprefix(DRAFT), names.files[name])
        settled = manifest.renamed(names)
        text, data = settled.identity(), settled.data()
        data = without_nul(data) if NUL in text else data
        return Artifact(
            id=blake3(text).hexdigest(),
            type=data["type"],
            manifest=data,
            outline=outline_of(data),
            bytes=sum(sizes(settled).values()) or len(text),
        )


def write_down(artifacts: Iterable[Artifact]) -> None:
    """Records artifacts whose files were kept. Doing it twice is doing it once."""
    once = {artifact.pk: artifact for artifact in artifacts}
    Artifact.objects.bulk_create(
        [once[pk] for pk in sorted(once)],
        update_conflicts=True,
        unique_fields=["id"],
        # The same columns may lie in other files than before, which perhaps went.
        update_fields=["used", "dropped", "manifest", "outline", "bytes"],
    )
