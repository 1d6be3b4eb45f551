"""A home on which Studio has started once: the database in today's form, the samples and their data.

It is made once for each state of the sources and kept under .make/. A test's Studio begins on a copy of it,
which saves 4 of 9 seconds of processor time and is what every start but the first finds. The first start is
tested where a test says so: `Server(first=True)`.
"""

from __future__ import annotations

import fcntl
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from tools.say import ROOT
from tools.stamps import digest

FOLDER = ROOT / ".make" / "seed"
KEPT = {"studio.sqlite3", "studio.sqlite3-wal", "samples-loaded", "store", "uploads", "sandbox"}
KEPT_OF_SANDBOX = {"matplotlib"}
"""What a start needs again. The token, the secret key and what a running Studio holds are made anew."""


def plant(home: Path, grow: Callable[[Path], None]) -> None:
    """Copies the seed into an empty home; `grow` starts Studio on a folder and stops it, to make the seed."""
    shutil.copytree(_seed(grow), home, dirs_exist_ok=True)


@cache
def _seed(grow: Callable[[Path], None]) -> Path:
    seed = FOLDER / digest(_sources())[:16]
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the other lane of tests waits for it
        if not seed.is_dir():
            for old in (path for path in FOLDER.iterdir() if path.is_dir()):
                shutil.rmtree(old)
            _make(seed, grow)
    return seed


def _make(seed: Path, grow: Callable[[Path], None]) -> None:
    with tempfile.TemporaryDirectory(prefix="studio-seed-") as folder:
        grown, half = Path(folder), seed.with_suffix(".half")
        grow(grown)
        kept = {grown: KEPT, grown / "sandbox": KEPT_OF_SANDBOX}
        shutil.copytree(grown, half, ignore=lambda at, names: set(names) - kept.get(Path(at), set(names)))
        half.rename(seed)


def _sources() -> list[Path]:
    rooms = (ROOT / "modules", ROOT / "studio", ROOT / "workers")
    return [ROOT / "requirements.txt", *(path for room in rooms for path in room.rglob("*.py"))]
