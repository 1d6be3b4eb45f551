"""A worker's name: `host:pid namespace:pid:start:parent`. Its own host knows a dead one at once.

The start (clock ticks since boot, proc(5)) tells a worker from a later process with its number; the
namespace tells containers apart that were given the same host name. The parent tells whether a worker
died alone or with all of Studio.
"""

from __future__ import annotations

import os
import socket
from pathlib import Path


def own_name() -> str:
    """This process's."""
    pid, parent = os.getpid(), os.getppid()
    return f"{_here()}{pid}:{_start_of(pid)}:{parent}.{_start_of(parent)}"


def is_dead(name: str) -> bool:
    """Whether that worker has ended. False where only its lease can tell: it runs on another host."""
    if not name.startswith(_here()):
        return False
    pid, start, _ = name.removeprefix(_here()).split(":")
    return _start_of(int(pid)) != start


def died_alone(name: str) -> bool:
    """Whether a dead worker may have died of its work: not where all of Studio was killed, or the machine."""
    return not name.startswith(_here()) or name.rpartition(":")[2] == own_name().rpartition(":")[2]


def _here() -> str:
    namespace = os.stat("/proc/self/ns/pid").st_ino
    return f"{socket.gethostname()}:{namespace}:"


def _start_of(pid: int) -> str:
    """When a living process began; empty where there is none."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return ""
    state, *fields = stat.rpartition(")")[2].split()
    return "" if state in "ZX" else fields[18]
