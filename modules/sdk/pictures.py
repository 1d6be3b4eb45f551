"""Finds the pictures a script left in its working directory."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterator
from pathlib import Path

from modules.sdk import pixels
from modules.sdk.values import Picture

MEDIA_TYPES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".svg": "image/svg+xml",
}
SIGNATURES = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff", "image/gif": b"GIF8"}


def find_pictures(folder: Path, *, leave_out: Collection[str] = ()) -> tuple[Picture, ...]:
    """Every picture file in `folder` and below it, in the order they were written.

    Links are not followed, only regular files count, and `leave_out` names folders directly in
    `folder` that are no output (an unpacked bundle). A file that is no picture in spite of its
    name is left out, with a warning in the log.
    """
    found = []
    for path in _files(folder, leave_out):
        status = path.lstat()
        media_type = MEDIA_TYPES.get(path.suffix.lower())
        if media_type is None or not stat.S_ISREG(status.st_mode):
            continue
        name = str(path.relative_to(folder))
        if _looks_like(path, media_type):
            found.append((status.st_mtime_ns, name, Picture(name, media_type, path)))
        else:
            print(f"warning: {name} is not a {path.suffix[1:].upper()} picture, so it is left out")
    return tuple(picture for _, _, picture in sorted(found, key=lambda entry: entry[:2]))


def _files(folder: Path, leave_out: Collection[str]) -> Iterator[Path]:
    for here, folders, files in os.walk(folder):
        if Path(here) == folder:
            folders[:] = [name for name in folders if name not in leave_out]
        yield from (Path(here, name) for name in files)


def _looks_like(path: Path, media_type: str) -> bool:
    """Whether it begins as one does, and can be asked how large it is."""
    try:
        with path.open("rb") as file:
            start = file.read(4096)
            begins = (
                b"<" in start if media_type not in SIGNATURES else start.startswith(SIGNATURES[media_type])
            )
            return begins and pixels.count(file, media_type) >= 0
    except (OSError, pixels.Unknown):
        return False
