"""A file that is on its way: what has come of it, and who sends it. It lives on the store's disk."""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from studio.artifacts.store import store
from studio.errors import NotFound, Taken, TooLarge
from studio.ids import new_id

LIFETIME = 24 * 3600
"""Seconds without a new piece after which an upload is forgotten."""

CHUNK = 1 << 20


@dataclass(frozen=True)
class Partial:
    """`length`: bytes of the whole file. Beside the data lies a JSON file with these facts."""

    id: str
    owner: int
    length: int
    file_name: str

    @property
    def path(self) -> Path:
        return _folder() / self.id

    @property
    def offset(self) -> int:
        """How many bytes have come."""
        return self.path.stat().st_size

    @property
    def expires(self) -> float:
        """Seconds since 1970."""
        return self._facts().stat().st_mtime + LIFETIME

    def append(self, offset: int, read: Callable[[int], bytes]) -> int:
        """Adds what `read` gives until it gives nothing; the new offset. What came before a break stays.

        Taken where it goes on elsewhere, or another piece is being written; TooLarge beyond its length.
        """
        with self._alone() as file:
            if (here := self.offset) != offset:
                raise Taken(
                    f"This upload goes on at byte {here}, not at {offset}. Ask for its offset (HEAD)."
                )
            while part := read(CHUNK):
                if here + len(part) > self.length:
                    raise TooLarge(f"This upload was announced with {self.length} bytes; more came.")
                here += os.write(file, part)
        os.utime(self._facts())
        return here

    def forget(self) -> None:
        """Removes it, and what has come of it."""
        self._facts().unlink(missing_ok=True)
        self.path.unlink(missing_ok=True)

    def _facts(self) -> Path:
        return _folder() / f"{self.id}.json"

    @contextmanager
    def _alone(self) -> Iterator[int]:
        file = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CLOEXEC)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield file
        except BlockingIOError:
            raise Taken("Another piece of this upload is being written. Try again in a moment.") from None
        finally:
            os.close(file)


def begin(owner: int, length: int, file_name: str) -> Partial:
    """A new upload of which nothing has come yet. Forgets those of others that were given up."""
    sweep()
    partial = Partial(new_id(), owner, length, file_name)
    partial.path.touch(mode=0o600)
    facts = {"owner": owner, "length": length, "file_name": file_name}
    draft = partial._facts().with_suffix(".draft")
    draft.write_text(json.dumps(facts))
    os.replace(draft, partial._facts())
    return partial


def find(owner: int, id: str) -> Partial:
    """NotFound where there is none, or it is somebody else's."""
    try:
        facts = json.loads((_folder() / f"{id}.json").read_text()) if id.isalnum() else {}
    except FileNotFoundError:
        facts = {}
    if facts.get("owner") != owner:
        raise NotFound("There is no such upload. It may be finished, cancelled, or older than a day.")
    return Partial(id, **facts)


def sweep(now: float | None = None) -> int:
    """Removes what nobody has gone on with for a day; how many."""
    before = (time.time() if now is None else now) - LIFETIME
    # By the age of the facts: the data's own time changes when the store takes it over.
    old = [facts for facts in _folder().glob("*.json") if facts.stat().st_mtime < before]
    for facts in old:
        facts.unlink(missing_ok=True)
        facts.with_suffix("").unlink(missing_ok=True)
    return len(old)


def _folder() -> Path:
    folder = store().root / "uploads"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder
