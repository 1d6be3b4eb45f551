"""Where the packages of environments lie on this machine: a folder for each lock."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import stat
import subprocess
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from studio import config
from studio.ids import new_id

FACTS, SITE = "facts.json", "site"
OPEN = 0o755
LEFT = 3600
"""Seconds after which a draft was left by somebody who is gone."""


class Facts(NamedTuple):
    """`packages`: version by name. `names`: what can be imported from there."""

    packages: dict[str, str]
    names: list[str]
    bytes: int


def root() -> Path:
    folder = config.home() / "environments"
    folder.mkdir(exist_ok=True)
    return folder


def site_of(key: str) -> Path:
    """Where its packages lie, if they do."""
    return root() / key / SITE


def facts_of(key: str) -> Facts | None:
    """What is installed under this key on this machine; None if it is not."""
    try:
        return Facts(**json.loads((root() / key / FACTS).read_text()))
    except (OSError, ValueError, TypeError):
        return None


@contextmanager
def alone_with(key: str) -> Iterator[None]:
    """Nobody else on this machine installs under this key meanwhile."""
    with (root() / f"{key}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def draft() -> Iterator[Path]:
    """A folder to build in, gone afterwards unless it was kept."""
    folder = root() / f"draft-{new_id()}"
    (folder / "given").mkdir(parents=True)
    for each in (folder, folder / "given"):
        each.chmod(0o755)
    try:
        yield folder
    finally:
        remove(folder)


def keep(folder: Path, key: str, facts: Facts) -> Facts:
    """Gives what was installed there its place. Nothing of it is followed or opened: a package made it."""
    site = folder / SITE
    site.mkdir(exist_ok=True)
    facts = facts._replace(bytes=_take_over(site))
    made = folder / "made"
    made.mkdir()
    site.rename(made / SITE)
    (made / FACTS).write_text(json.dumps(facts._asdict()))
    remove(root() / key)
    made.rename(root() / key)
    return facts


def _take_over(site: Path) -> int:
    """Makes files and folders this user's own, with plain rights, and removes all else (links, pipes).
    Returns the bytes that they take."""
    size = 0
    for _, folders, files, place in os.fwalk(site, follow_symlinks=False):
        os.chmod(".", OPEN, dir_fd=place)
        for name in (*folders, *files):
            found = os.stat(name, dir_fd=place, follow_symlinks=False)
            if not (stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode)):
                os.unlink(name, dir_fd=place)
                continue
            if os.geteuid() == 0:
                os.chown(name, 0, 0, dir_fd=place, follow_symlinks=False)
            runs = stat.S_ISDIR(found.st_mode) or found.st_mode & stat.S_IXUSR
            os.chmod(name, OPEN if runs else 0o644, dir_fd=place)
            size += found.st_blocks * 512
    return size


def remove(folder: Path) -> None:
    """However deep, and whatever its rights."""
    shutil.rmtree(folder, ignore_errors=True)
    if os.path.lexists(folder):
        subprocess.run(["chmod", "-R", "u+rwx", folder], check=False, capture_output=True)
        shutil.rmtree(folder, ignore_errors=True)


def sweep(wanted: Iterable[str]) -> int:
    """Removes the packages of all keys but these, and drafts that somebody left. Returns how many folders."""
    keep_, count = set(wanted), 0
    for folder in list(root().iterdir()):
        key = folder.name.removesuffix(".lock")
        if key in keep_ or time.time() - folder.lstat().st_mtime < LEFT:
            continue
        if folder.is_dir():
            remove(folder)
            count += 1
        else:
            folder.unlink(missing_ok=True)
    return count
