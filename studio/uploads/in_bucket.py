"""Uploads where the store is a bucket: any web process takes the next piece, any worker reads the whole.

Each piece is an object named by the byte that it begins at. Pieces may overlap, where one was sent twice;
their bytes are the same, so that nobody needs a lock.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import cast

from studio.artifacts.bucket import Bucket
from studio.artifacts.s3 import S3Store
from studio.artifacts.store import store
from studio.uploads.pieces import CHUNK, LIFETIME, Facts, Upload, goes_on_elsewhere, too_long

FACTS = "facts.json"


@dataclass(frozen=True)
class InBucket(Upload):
    """One upload. Its facts are written anew with every piece: their age says when somebody last went on."""

    @property
    def offset(self) -> int:
        here = 0
        for start, size in self._pieces():
            if start > here:
                break
            here = max(here, start + size)
        return here

    @property
    def expires(self) -> float:
        found = _bucket().find(self._key(FACTS))
        return (datetime.now().astimezone() - (found.age if found else timedelta())).timestamp() + LIFETIME

    def append(self, offset: int, read: Callable[[int], bytes]) -> int:
        if (here := self.offset) != offset:
            raise goes_on_elsewhere(here, offset)
        drafts = store().new_drafts()
        size = 0
        try:
            with (drafts / "piece").open("w+b") as file:
                try:
                    while part := read(CHUNK):
                        if here + size + len(part) > self.length:
                            raise too_long(self.length)
                        size += file.write(part)
                finally:
                    if size:
                        file.seek(0)
                        _bucket().send(file, self._key(f"{offset:020d}"))
                        self.say()
        finally:
            shutil.rmtree(drafts, ignore_errors=True)
        return here + size

    def start(self) -> bytes:
        return _bucket().read(self._key(f"{0:020d}"), 4096) or b""

    @contextmanager
    def whole(self) -> Iterator[Path]:
        """In a folder of the store's, which goes afterwards."""
        drafts = store().new_drafts()
        try:
            target, piece, here = drafts / "upload", drafts / "piece", 0
            with target.open("wb") as file:
                for start, size in self._pieces():
                    if start + size <= here:
                        continue
                    _bucket().fetch(self._key(f"{start:020d}"), piece)
                    with piece.open("rb") as opened:
                        opened.seek(here - start)
                        shutil.copyfileobj(opened, file, CHUNK)
                    here = start + size
            piece.unlink(missing_ok=True)
            yield target
        finally:
            shutil.rmtree(drafts, ignore_errors=True)

    def forget(self) -> None:
        _drop(self.id)

    def say(self) -> None:
        _bucket().put(json.dumps(self.facts).encode(), self._key(FACTS))

    def _pieces(self) -> list[tuple[int, int]]:
        """Where each begins, and its bytes, in order."""
        found = ((item.key.rpartition("/")[2], item.size) for item in _bucket().list(self._key("")))
        return [(int(name), size) for name, size in found if name != FACTS]

    def _key(self, name: str) -> str:
        return f"uploads/{self.id}/{name}"


def facts_of(id: str) -> Facts | None:
    said = _bucket().read(f"uploads/{id}/{FACTS}")
    return None if said is None else json.loads(said)


def under_way() -> tuple[int, int]:
    """How many uploads have begun. Their bytes need no room on this machine, so that none are told."""
    return len({item.key.split("/")[1] for item in _bucket().list("uploads/")}), 0


def sweep(later: float = 0.0) -> int:
    """Removes what nobody has gone on with for a day; how many. `later`: seconds from now."""
    before = _bucket().now() + timedelta(seconds=later - LIFETIME)
    newest: dict[str, datetime] = {}
    for item in _bucket().list("uploads/"):
        id = item.key.split("/")[1]
        newest[id] = max(item.written, newest.get(id, item.written))
    old = [id for id, written in newest.items() if written < before]
    for id in old:
        _drop(id)
    return len(old)


def _drop(id: str) -> None:
    for item in list(_bucket().list(f"uploads/{id}/")):
        _bucket().drop(item.key)


def _bucket() -> Bucket:
    return cast(S3Store, store()).bucket
