"""How much the store may hold."""

from __future__ import annotations

import shutil

from studio import config
from studio.artifacts.store import store

UNBOUNDED = 1 << 62
"""Bytes: a bucket is as large as one pays for."""


def cache_bound(weight: int) -> int:
    """Returns the most bytes that this host may keep of a bucket: `STUDIO_CACHE_MAX`, or a quarter of its
    disk if that is not set. `weight`: the bytes that it keeps now."""
    disk = shutil.disk_usage(store().root)
    most = config.cache_max()
    return max(0, min(disk.total // 4 if most is None else most, weight + disk.free - 2 * config.reserve()))


def bound(weight: int) -> int:
    """Bytes: `STUDIO_STORE_MAX`, else half of the disk; and less where others fill the disk, so that twice
    what is to stay free stays free. `weight`: what the store holds now."""
    disk = shutil.disk_usage(store().root)
    most = config.store_max()
    if store().remote:
        return most if most is not None else UNBOUNDED
    return max(0, min(disk.total // 2 if most is None else most, weight + disk.free - 2 * config.reserve()))
