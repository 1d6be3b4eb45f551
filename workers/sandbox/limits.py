"""Limits in words: each is named with its size and the setting that changes it."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, NamedTuple

from workers.sandbox.job import Failure, Limits

WORDS = {
    "memory_bytes": "needed more memory than it may have",
    "cpu_seconds": "used more processor time than it may",
    "wall_seconds": "ran longer than it may",
    "processes": "started more processes or threads than it may",
    "open_files": "opened more files at once than it may",
    "work_bytes": "filled its working directory (/tmp and /dev/shm included)",
    "files": "made more files than it may",
    "locks": "held more locks on files than it may",
    "output_bytes": "wrote more output than it may",
    "pictures": "left more pictures than it may",
    "picture_bytes": "left a picture that is larger than it may be",
    "picture_pixels": "left a picture that has more pixels than it may",
}
BY_ERRNO = {
    errno.ENOSPC: "work_bytes",
    errno.EFBIG: "output_bytes",
    errno.EMFILE: "open_files",
    errno.EAGAIN: "processes",
    errno.ENOMEM: "memory_bytes",
}


def setting(limit: str) -> str:
    """The environment variable of a limit.

    >>> setting("memory_bytes")
    'STUDIO_LIMIT_MEMORY_BYTES'
    """
    return f"STUDIO_LIMIT_{limit.upper()}"


class Bounds(NamedTuple):
    """What a node gets that wishes for nothing, and the most that one may wish for."""

    usual: Limits
    most: Limits


def from_environment(environment: Mapping[str, str]) -> Bounds:
    """The defaults, changed by what is set, and never more than the maximum that is set; without a maximum
    nobody gets more than usual. A value that is no whole number raises pydantic's error.

    >>> from_environment({"STUDIO_LIMIT_PROCESSES": "8"}).usual.processes
    8
    >>> from_environment({"STUDIO_LIMIT_PROCESSES": "80", "STUDIO_LIMIT_PROCESSES_MAX": "32"}).usual.processes
    32
    """
    usual, most = (
        Limits.model_validate(
            {
                name: environment[f"{setting(name)}{end}"]
                for name in Limits.model_fields
                if environment.get(f"{setting(name)}{end}")
            }
        )
        for end in ("", "_MAX")
    )
    caps = {name: getattr(most, name) for name in most.model_fields_set}
    capped = {name: min(getattr(usual, name), cap) for name, cap in caps.items()}
    return Bounds(usual.model_copy(update=capped), usual.model_copy(update=caps))


def wished(wish: Mapping[str, Any], bounds: Bounds) -> Limits:
    """The usual limits with those that a node wishes for instead. ValueError says which cannot be had.

    >>> bounds = from_environment({"STUDIO_LIMIT_WALL_SECONDS_MAX": "7200"})
    >>> wished({"wall_seconds": 7200}, bounds).wall_seconds
    7200
    >>> wished({"pictures": 400}, bounds)
    Traceback (most recent call last):
    ValueError: This node wishes for pictures: 400; here it may have 100 (setting STUDIO_LIMIT_PICTURES_MAX).
    """
    for name, value in wish.items():
        if name not in Limits.model_fields:
            raise ValueError(f"There is no limit {name!r}; there are {', '.join(Limits.model_fields)}.")
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise ValueError(f"The limit {name} must be a whole number from 1 up, not {value!r}.")
        if value > getattr(bounds.most, name):
            asked = amount(name, bounds.usual.model_copy(update={name: value}))
            raise ValueError(
                f"This node wishes for {name}: {asked}; here it may have {amount(name, bounds.most)} "
                f"(setting {setting(name)}_MAX)."
            )
    return bounds.usual.model_copy(update=dict(wish))


def exceeded(limit: str, limits: Limits) -> Failure:
    """The failure of a node that went beyond a limit.

    >>> exceeded("wall_seconds", Limits(wall_seconds=90)).message
    'The node ran longer than it may: the limit is 90 s (setting STUDIO_LIMIT_WALL_SECONDS).'
    """
    message = f"The node {WORDS[limit]}: the limit is {amount(limit, limits)} (setting {setting(limit)})."
    return Failure(type="LimitExceeded", message=message)


def disk_full(reserve: int) -> Failure:
    """The failure of a node that was ended to keep the disk from filling."""
    least = amount("output_bytes", Limits(output_bytes=reserve))
    return Failure(
        type="DiskFull",
        message=f"The node was ended because the disk was about to have less than {least} left, which stay "
        "free (setting STUDIO_RESERVE_BYTES). Delete datasets or experiments that are no longer needed, or "
        "give Studio a larger disk, then run it again.",
    )


def behind(error: BaseException, limits: Limits) -> Failure | None:
    """The limit that made this exception, where one did."""
    if isinstance(error, MemoryError):
        return exceeded("memory_bytes", limits)
    if isinstance(error, OSError) and error.errno in BY_ERRNO:
        return exceeded("files" if _no_more_files(error) else BY_ERRNO[error.errno], limits)
    if isinstance(error, RuntimeError) and "can't start new thread" in str(error):
        return exceeded("processes", limits)
    return None


def _no_more_files(error: OSError) -> bool:
    """A file system that is full of files, though not of bytes, says the same. Some files may be gone by now:
    what is meant is that of which the smaller share is left."""
    with suppress(OSError):
        left = os.statvfs(os.environ.get("TMPDIR", "/"))
        return error.errno == errno.ENOSPC and left.f_ffree * left.f_blocks < left.f_bfree * left.f_files
    return False


def amount(limit: str, limits: Limits) -> str:
    """A limit as people write it: `2 GB`, `90 s`."""
    value: int = getattr(limits, limit)
    if limit.endswith("_bytes"):
        for unit, size in (("GB", 1 << 30), ("MB", 1 << 20), ("KB", 1 << 10)):
            if value >= size:
                return f"{value / size:.4g} {unit}"
        return f"{value} bytes"
    return f"{value} s" if limit.endswith("_seconds") else f"{value:,}"
