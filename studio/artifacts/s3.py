"""The store in a bucket: `STUDIO_STORE=s3://bucket/prefix`. The local folder is then only a cache of it.

No lock is held while anything is sent or fetched. Instead, an object that was written in the last two hours
is never dropped, by the bucket's own clock: whoever keeps files has that long to commit the rows that name
them, and makes an older object young again before counting on it.
"""

from __future__ import annotations

import fcntl
import logging
import os
import tempfile
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from datetime import timedelta
from pathlib import Path

from studio import config
from studio.artifacts import cache
from studio.artifacts.bucket import Bucket
from studio.artifacts.drafts import prefix
from studio.artifacts.folder import Store
from studio.artifacts.s3_derived import DerivedInBucket
from studio.artifacts.sealing import digest_of, is_whole, seal

log = logging.getLogger(__name__)

GRACE = timedelta(hours=2)
"""How old an object must be to be dropped."""

RENEW = timedelta(hours=1)
"""How old it may be for whoever counts on it."""


class S3Store(Store):
    """An object counts as kept once the bucket has it; what is missing here is fetched on first use."""

    remote = True
    grace = GRACE

    def __init__(self, bucket: str, prefix: str, root: Path | None = None) -> None:
        super().__init__(root or config.home() / "store")
        self.bucket = Bucket(bucket, prefix)
        self.derived: DerivedInBucket = DerivedInBucket(
            self.root / "derived", self.root / "drafts", self.bucket
        )

    def make(self) -> None:
        self.bucket.make()

    def check(self) -> None:
        super().check()
        self.bucket.check()

    def keeping(self) -> AbstractContextManager[None]:
        return nullcontext()

    def dropping(self) -> AbstractContextManager[None]:
        return nullcontext()

    def move_in(self, draft: Path, name: str) -> int:
        with self._locked(fcntl.LOCK_SH):  # of the cache: what is open here may be dropped from it
            size = super().move_in(draft, name)
            file = self.local(name).open("rb")
        with file:
            found = self.bucket.find(_key(name))
            there = found is not None and found.size == size
            if there and found and found.age > RENEW:
                there = self.bucket.renew(_key(name))
            if not there:
                self.bucket.send(file, _key(name))
        return size

    def has(self, wanted: Mapping[str, int]) -> bool:
        return all(self._has(name, size) for name, size in wanted.items())

    def _has(self, name: str, size: int) -> bool:
        local = self.local(name)
        if local.is_file():
            if is_whole(local, name, size):
                return True
            local.unlink(missing_ok=True)  # it is fetched anew
        found = self.bucket.find(_key(name))
        return found is not None and found.size == size

    def verify(self, name: str) -> bool:
        return super().verify(name) or self.path(name).is_file()  # fetched anew, and checked then

    def weigh(self) -> dict[str, int]:
        return {found.key.rpartition("/")[2]: found.size for found in self.bucket.list("objects/")}

    def unlink(self, name: str) -> None:
        found = self.bucket.find(_key(name))
        if found is not None and found.age < GRACE:
            return  # somebody may be about to commit what stands on it
        with self._locked(fcntl.LOCK_EX):
            super().unlink(name)
        self.bucket.drop(_key(name))

    def path(self, name: str) -> Path:
        local = self.local(name)
        if not local.is_file():
            self._fetch(name, local)
        cache.note_use(local)
        return local

    def trim(self, bound: Callable[[int], int]) -> int:
        objects, freed = self.root / "objects", 0
        for found in cache.too_much(objects, bound(cache.weight(objects))):
            with self._locked(fcntl.LOCK_EX):
                freed += found.stat().st_size if found.exists() else 0
                found.unlink(missing_ok=True)
        return freed + self.derived.trim()

    def _fetch(self, name: str, local: Path) -> None:
        """Downloads an object whole, then renames it into place."""
        local.parent.mkdir(exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=self.root / "drafts", prefix=prefix())
        os.close(handle)
        try:
            if not self.bucket.fetch(_key(name), Path(draft)):
                return
            if digest_of(Path(draft)) != name:
                log.warning("object %s is damaged in the bucket; it is dropped", name[:12])
                self.bucket.drop(_key(name))
                return
            os.chmod(draft, 0o444)
            seal(Path(draft), name)
            os.replace(draft, local)
        finally:
            Path(draft).unlink(missing_ok=True)


def _key(name: str) -> str:
    return f"objects/{name[:2]}/{name}"
