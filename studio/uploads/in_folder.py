"""Uploads where the store is a folder: each is one file in it that grows, and its facts in a second one."""

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
from studio.errors import Taken
from studio.uploads.pieces import CHUNK, LIFETIME, Facts, Upload, goes_on_elsewhere, too_long


@dataclass(frozen=True)
class InFolder(Upload):
    """One upload. Beside the data lies a JSON file with its facts."""

    @property
    def path(self) -> Path:
        return _folder() / self.id

    @property
    def offset(self) -> int:
        return self.path.stat().st_size

    @property
    def expires(self) -> float:
        return self._facts().stat().st_mtime + LIFETIME

    def append(self, offset: int, read: Callable[[int], bytes]) -> int:
        with self._alone() as file:
            if (here := self.offset) != offset:
                raise goes_on_elsewhere(here, offset)
            while part := read(CHUNK):
                if here + len(part) > self.length:
                    raise too_long(self.length)
                here += os.write(file, part)
        os.utime(self._facts())
        return here

    def start(self) -> bytes:
        with self.path.open("rb") as file:
            return file.read(4096)

    @contextmanager
    def whole(self) -> Iterator[Path]:
        yield self.path

    def forget(self) -> None:
        self._facts().unlink(missing_ok=True)
        self.path.unlink(missing_ok=True)

    def say(self) -> None:
        self.path.touch(mode=0o600)
        draft = self._facts().with_suffix(".draft")
        draft.write_text(json.dumps(self.facts))
        os.replace(draft, self._facts())

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


def facts_of(id: str) -> Facts | None:
    try:
        facts: Facts = json.loads((_folder() / f"{id}.json").read_text())
    except FileNotFoundError:
        return None
    return facts


def under_way() -> tuple[int, int]:
    """How many uploads have begun, and the bytes that are still to come for them."""
    count = rest = 0
    for file in _folder().glob("*.json"):
        if facts := facts_of(file.stem):
            upload = InFolder(file.stem, **facts)
            count += 1
            rest += facts["length"] - (upload.offset if upload.path.exists() else 0)
    return count, rest


def sweep(later: float = 0.0) -> int:
    """Removes what nobody has gone on with for a day; how many. `later`: seconds from now."""
    before = time.time() + later - LIFETIME
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
