"""How a file that was sent would be read, before anything is kept."""

from __future__ import annotations

from typing import Any

from modules.files.kinds import guess
from studio.datasets.actions import check_reading, check_type
from studio.errors import Invalid
from studio.live.ask import ask
from studio.uploads.pieces import Upload

PATIENCE = 60
"""Seconds to wait for a worker's answer."""


def preview(upload: Upload, type: str | None, reading: str | None) -> dict[str, Any]:
    """What `modules.files.preview` tells, and the `type`. Invalid, with the line where it is known, where the
    file cannot be read like that; then `read_as` is the type that was tried."""
    kind = check_type(type or guess(upload.file_name, upload.start()))
    args = {"type": kind, "name": upload.file_name, "reading": check_reading(reading)}
    answer = ask("workers.preview", upload.id, args, patience=PATIENCE)
    if failure := answer.failure:
        where = failure.model_dump(include={"line", "column"}, exclude_none=True)
        error = {"loc": ["file"], "code": "unreadable", "message": failure.message, **where}
        raise Invalid(failure.message, [error], **where, read_as=kind)
    return {"type": kind, **answer.data}
