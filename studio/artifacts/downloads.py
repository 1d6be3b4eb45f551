"""A whole table as a download, sent while a worker still writes it.

The first bytes go out as soon as they are written, and never more than a piece is in memory. Once written
the file is kept, and served from there.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import re
import stat
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from django.http import StreamingHttpResponse

from modules.look.exports import EXPORTS
from studio.artifacts.derived import EXPORT
from studio.artifacts.files import CHUNK, send_file, send_parts
from studio.artifacts.looks import PATIENCE, answered, table_of
from studio.artifacts.models import Artifact
from studio.artifacts.store import store
from studio.errors import Invalid, StudioError, Unavailable
from studio.live.ask import Question, silent

DRAFTS = re.compile(r"[\w-]+(\.[\w-]+)+")
"""What the name of a folder of drafts can be."""

TICK = 0.1
SILENCE = PATIENCE * 10
"""Seconds without a byte after which a download is given up."""


@dataclass(frozen=True)
class SomeRows:
    """The rows of a table that pass every filter and hold what is searched for; as they stand, all."""

    filters: tuple[dict[str, Any], ...] = ()
    search: str | None = None

    def name_of(self, format: str) -> str:
        """What the file with these rows is kept as."""
        if self == ALL:
            return f"{EXPORT}{format}"
        asked = json.dumps([self.filters, self.search], sort_keys=True)
        return f"{EXPORT}{hashlib.sha256(asked.encode()).hexdigest()[:16]}.{format}"


ALL = SomeRows()


class BrokenOff(Exception):
    """The table could not be written to its end; the connection is cut, so that nobody takes it for whole."""


def send_table(artifact: Artifact, format: str) -> StreamingHttpResponse:
    """Sends the table in that format. Raises Invalid if the format is unknown or does not fit the table."""
    kept = _kept(artifact, format)
    name = f"table.{EXPORTS[format].ending}"
    if kept is None:
        question = Question("workers.look", artifact.id, "export", {"format": format})
        if file := _begun(artifact, format, question, follow=EXPORTS[format].streams):
            return send_parts(_as_written(artifact, file, question), EXPORTS[format].media_type, name)
        kept = _made(artifact, format)
    return send_file(kept, EXPORTS[format].media_type, name)


def table_file(artifact: Artifact, format: str, rows: SomeRows = ALL) -> Path:
    """The table in that format as a file on this machine, once all of it is written; of some rows only, if
    said. Invalid if a filter does not fit the table."""
    if kept := _kept(artifact, format, rows):
        return kept
    asked: dict[str, Any] = {"format": format}
    if rows != ALL:
        asked |= {"filter": list(rows.filters), "search": rows.search, "kept": rows.name_of(format)}
    question = Question("workers.look", artifact.id, "export", asked)
    if file := _begun(artifact, format, question, follow=False):
        file.close()
    return _made(artifact, format, rows)


def _made(artifact: Artifact, format: str, rows: SomeRows = ALL) -> Path:
    """The file that a worker said it has kept."""
    if found := _kept(artifact, format, rows):
        return found
    raise Unavailable("The file was dropped right after it was written, to make room. Try again in a moment.")


def _kept(artifact: Artifact, format: str, rows: SomeRows = ALL) -> Path | None:
    if format not in EXPORTS:
        message = f"one of {', '.join(EXPORTS)}"
        errors = [{"loc": ["query", "format"], "code": "unknown-format", "message": message}]
        raise Invalid(f"format is {format!r}; it can be {', '.join(EXPORTS)}.", errors)
    return store().derived.find(table_of(artifact).id, rows.name_of(format))


def _begun(artifact: Artifact, format: str, question: Question, follow: bool) -> BinaryIO | None:
    """The file as soon as there is something in it; None once it is written and kept."""
    file: BinaryIO | None = None
    path: str | None = None
    deadline = time.monotonic() + SILENCE
    try:
        while time.monotonic() < deadline:
            said = question.heard(TICK if path else PATIENCE)
            if said is None and path is None:
                break
            if said is not None and said.writing is None:
                answered(artifact, said)
                return None
            path = said.writing if said else path
            if not store().remote:  # the worker's draft lies where this process sees it
                file = file or _open(_draft(path, format))
            if follow and file and os.fstat(file.fileno()).st_size:
                opened, file = file, None
                return opened
    finally:
        if file:
            file.close()
    raise silent()


def _draft(folder: str | None, format: str) -> Path:
    """Where a worker writes. It says no more than its folder's name: else whoever can write to Redis could
    name any file of this machine."""
    if folder is None or not DRAFTS.fullmatch(folder):
        raise Unavailable("The worker's answer is none. Try again in a moment; Studio's log may say more.")
    return store().root / "drafts" / folder / f"{EXPORT}{format}"


def _open(path: Path) -> BinaryIO | None:
    """A file that somebody else is writing, where it is there and an ordinary one."""
    try:
        fd = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return None
    if not stat.S_ISREG(os.fstat(fd).st_mode):
        os.close(fd)
        return None
    return open(fd, "rb", buffering=0)


async def _as_written(artifact: Artifact, file: BinaryIO, question: Question) -> AsyncIterator[bytes]:
    whole, last = False, time.monotonic()
    with file:
        while True:
            if part := await asyncio.to_thread(file.read, CHUNK):
                last = time.monotonic()
                yield part
            elif whole:
                return
            else:
                whole = await asyncio.to_thread(_is_over, artifact, question)
                if not whole and time.monotonic() - last > SILENCE:
                    raise BrokenOff("The worker that wrote it has gone silent.")


def _is_over(artifact: Artifact, question: Question) -> bool:
    said = question.heard(TICK)
    if said is not None:
        try:
            answered(artifact, said)
        except StudioError as error:
            raise BrokenOff(error.detail) from error
    return said is not None
