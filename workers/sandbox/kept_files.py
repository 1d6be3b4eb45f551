"""Folders as they were when an interpreter was ready: each call finds them so, whatever the last one did.

What lies in them is kept in memory: a call may change everything that its user may, the times and rights too.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice

MOST_FILES, MOST_BYTES = 2_000, 64 << 20
MOST_LEFT = 20_000
"""Files after a call from which on it is quicker to start anew."""


class TooManyFiles(Exception):
    """More lies there than is kept."""


@dataclass(frozen=True)
class Entry:
    """One file, folder or link. `held`: a file's bytes, or where a link leads."""

    mode: int
    changed: int
    held: bytes = b""

    @classmethod
    def read(cls, path: str) -> Entry:
        """OSError where it is none of these: a pipe, or a thing of another kind."""
        found = os.lstat(path)
        held = b""
        if stat.S_ISREG(found.st_mode):
            if found.st_size > MOST_BYTES or found.st_nlink > 1:
                raise OSError("it is too large, or has two names")
            fd = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
            with open(fd, "rb") as file:
                held = file.read(MOST_BYTES + 1)
        elif stat.S_ISLNK(found.st_mode):
            held = os.fsencode(os.readlink(path))
        elif not stat.S_ISDIR(found.st_mode):
            raise OSError("it is no file, folder or link")
        return cls(found.st_mode, found.st_mtime_ns, held)

    def write(self, path: str) -> None:
        if stat.S_ISDIR(self.mode):
            os.mkdir(path, 0o700)
        elif stat.S_ISLNK(self.mode):
            os.symlink(self.held, path)
            return
        else:
            fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
            with open(fd, "wb") as file:
                file.write(self.held)
        self.settle(path)

    def settle(self, path: str) -> None:
        """Its rights and times, as they were."""
        if not stat.S_ISLNK(self.mode):
            os.chmod(path, stat.S_IMODE(self.mode))
            os.utime(path, ns=(self.changed, self.changed))


class KeptFiles:
    """`folders`: which are kept. TooManyFiles where that would take too much memory."""

    def __init__(self, folders: Sequence[str]) -> None:
        self.folders = [folder for folder in folders if os.path.isdir(folder)]
        self._entries: dict[str, Entry] = {}
        size = 0
        for path in self._walk():
            try:
                entry = self._entries[path] = Entry.read(path)
            except OSError as error:
                raise TooManyFiles from error
            size += len(entry.held)
            if size > MOST_BYTES or len(self._entries) > MOST_FILES:
                raise TooManyFiles

    def restore(self) -> None:
        """Makes them what they were. OSError or RecursionError where that cannot be done."""
        for folder in self.folders:
            os.chmod(folder, stat.S_IMODE(self._entries[folder].mode))
        seen, there = set(), list(islice(self._walk(), MOST_LEFT))
        if len(there) == MOST_LEFT:
            raise OSError("a call has left too many files")
        for path in there:
            if self._is_as_kept(path):
                seen.add(path)
            else:
                _remove(path)
        folders = []
        for path, entry in self._entries.items():  # a folder comes before what lies in it
            if path not in seen:
                entry.write(path)
            if stat.S_ISDIR(entry.mode):
                folders.append(path)
        for path in reversed(folders):
            self._entries[path].settle(path)

    def _is_as_kept(self, path: str) -> bool:
        """A folder is, if it is still one: what lies in it is looked at by itself."""
        kept = self._entries.get(path)
        if kept is None:
            return False
        with suppress(OSError):
            if stat.S_ISDIR(kept.mode):
                return stat.S_ISDIR(os.lstat(path).st_mode)
            return Entry.read(path) == kept
        return False

    def _walk(self) -> Iterator[str]:
        """Every path, a folder before what lies in it; nothing behind a mount. Folders that are to be removed
        are not looked into."""
        waiting = list(self.folders)
        while waiting:
            path = waiting.pop()
            yield path
            try:
                found = os.lstat(path)
            except FileNotFoundError:
                continue
            if not stat.S_ISDIR(found.st_mode):
                continue
            if stat.S_IMODE(found.st_mode) & 0o700 != 0o700:
                os.chmod(path, 0o700)
            with os.scandir(path) as entries:
                waiting += [entry.path for entry in entries if _is_ours(entry, found.st_dev)]


def _is_ours(entry: os.DirEntry[str], device: int) -> bool:
    """What belongs to another user, or is mounted here, no call can change."""
    found = entry.stat(follow_symlinks=False)
    return found.st_dev == device and found.st_uid == os.geteuid()


def _remove(path: str) -> None:
    """A file, or a folder with all that is in it."""
    try:
        found = os.lstat(path)
    except FileNotFoundError:
        return
    if not stat.S_ISDIR(found.st_mode):
        os.unlink(path)
        return
    os.chmod(path, 0o700)
    for name in os.listdir(path):
        _remove(f"{path}/{name}")
    os.rmdir(path)
