"""What a host keeps of a bucket: bounded, and the least recently used goes first."""

from __future__ import annotations

import os
import time
from pathlib import Path

from studio.artifacts.cache import note_use, too_much, weight
from studio.artifacts.sealing import digest_of, is_whole, seal


def kept(root: Path, text: str, hours: float) -> Path:
    """An object that was last used so many hours ago."""
    draft = root / "draft"
    draft.write_text(text)
    name = digest_of(draft)
    path = root / "objects" / name[:2] / name
    path.parent.mkdir(parents=True, exist_ok=True)
    draft.rename(path)
    seal(path, name)
    os.utime(path, (time.time() - 3600 * hours, path.stat().st_mtime))
    return path


def test_the_least_recently_used_go_until_a_tenth_is_free(tmp_path: Path) -> None:
    old, older, new = (kept(tmp_path, f"object {n}", hours) for n, hours in enumerate((5, 9, 1)))
    assert weight(tmp_path / "objects") == 24
    assert too_much(tmp_path / "objects", 24) == []
    assert too_much(tmp_path / "objects", 20) == [older]
    assert too_much(tmp_path / "objects", 12) == [older, old]
    assert too_much(tmp_path / "objects", 0) == [older, old, new]


def test_what_is_used_stays_and_keeps_its_seal(tmp_path: Path) -> None:
    path = kept(tmp_path, "an object", 9)
    note_use(path)
    assert too_much(tmp_path / "objects", 0) == []
    assert is_whole(path, path.name, 9)
    assert path.stat().st_mtime < time.time() - 86400
