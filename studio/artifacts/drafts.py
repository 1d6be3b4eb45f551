"""Drafts: files on their way into the store, in folders that say whose they are."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from pathlib import Path

DAY = 24 * 60 * 60
"""Seconds after which another machine's draft is taken for abandoned."""


def prefix() -> str:
    """What this process's drafts begin with."""
    return f"{_host()}.{os.getpid()}."


def sweep(drafts: Path) -> int:
    """Removes what processes left that are no more; how many drafts that were."""
    swept = 0
    for entry in list(os.scandir(drafts)):
        if _is_abandoned(entry):
            _remove(entry)
            swept += 1
    return swept


def _is_abandoned(entry: os.DirEntry[str]) -> bool:
    host, _, rest = entry.name.partition(".")
    pid = rest.partition(".")[0]
    if host == _host() and pid.isdecimal():
        return not _lives(int(pid))
    try:
        return time.time() - entry.stat(follow_symlinks=False).st_mtime > DAY
    except FileNotFoundError:
        return False


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _remove(entry: os.DirEntry[str]) -> None:
    if not entry.is_dir(follow_symlinks=False):
        Path(entry.path).unlink(missing_ok=True)
        return
    shutil.rmtree(entry.path, ignore_errors=True)
    if os.path.lexists(entry.path):  # a script may have taken rights away from its folders
        subprocess.run(["chmod", "-R", "u+rwx", entry.path], check=False, capture_output=True)
        shutil.rmtree(entry.path, ignore_errors=True)


def _host() -> str:
    return socket.gethostname().replace(".", "-")
