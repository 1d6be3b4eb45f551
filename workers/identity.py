"""A worker's name: `host:pid namespace:pid:start`. On its own host a dead worker is known by it at once.

The start (clock ticks since boot, proc(5)) tells a worker from a later process with its number; the
namespace tells containers apart that were given the same host name.
"""

from __future__ import annotations

import os
import socket
from pathlib import Path


def own_name() -> str:
    """This process's."""
    return f"{_here()}{os.getpid()}:{_start_of(os.getpid())}"


def is_dead(name: str) -> bool:
    """Whether that worker has ended. False where only its lease can tell: it runs on another host."""
    if not name.startswith(_here()):
        return False
    pid, _, start = name.removeprefix(_here()).partition(":")
    return not pid.isdecimal() or _start_of(int(pid)) != start


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
