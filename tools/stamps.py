"""Remembers what was set up from which inputs, so that nothing is done twice."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path


def digest(files: Iterable[Path], *more: str) -> str:
    """One hash over the files' names and contents, and over what else the result depends on."""
    found = hashlib.sha256()
    for path in sorted(files):
        found.update(f"{path.name}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    found.update("\0".join(more).encode())
    return found.hexdigest()


def is_done(stamp: Path, inputs: str) -> bool:
    return stamp.is_file() and stamp.read_text() == inputs


def mark_done(stamp: Path, inputs: str) -> None:
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(inputs)
