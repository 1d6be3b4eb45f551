"""Room on this worker's disk: where there is little, it takes no node, and blames no script."""

from __future__ import annotations

import shutil
import socket

from studio import config
from studio.artifacts.store import store
from studio.text import size

FULL = 32 << 20
"""Bytes below which a disk is full: what fails then fails for want of room."""


def free() -> int:
    """Bytes free where the store, its drafts and its cache lie."""
    return shutil.disk_usage(store().root).free


def refusal() -> str:
    """Why this worker takes no node; empty where there is room."""
    left, reserve = free(), config.reserve()
    if left >= reserve:
        return ""
    return (
        f"The disk of worker {socket.gethostname()} has {size(left)} left, less than the {size(reserve)} "
        "that are to stay free (STUDIO_RESERVE_BYTES), so the worker takes no nodes. Make room at "
        f"{store().root}, or give it a larger disk."
    )


def is_full() -> bool:
    """Whether what failed just now failed for want of room."""
    return free() < min(FULL, config.reserve())


def told() -> str:
    """What is said of a node that found the disk full too often."""
    return (
        f"The disk of worker {socket.gethostname()} was full while this node ran ({store().root}). Make room "
        "there, or give the worker a larger disk, then run again. The script is not to blame."
    )
