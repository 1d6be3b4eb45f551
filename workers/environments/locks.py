"""Locks: exact versions with the hashes of their files, as `pip` and `uv` read them.

What base has in that very version stands below a line that says so, without hashes: it is not installed.
"""

from __future__ import annotations

import platform
from collections.abc import Mapping

from blake3 import blake3

from studio.environments.pins import Pin, read_lock

OF_BASE = "# Of base:"


def write_lock(pins: list[Pin], base: Mapping[str, str]) -> str:
    """The lock as it is kept and shown. `base`: its versions by normal name."""
    own = [pin for pin in pins if base.get(pin.name) != pin.version]
    rest = [pin for pin in pins if base.get(pin.name) == pin.version]
    lines = [f"# Python {series()}, {platform.system().lower()} {platform.machine()}"]
    lines += [pin.line.replace(" --hash=", " \\\n    --hash=") for pin in own]
    lines += [OF_BASE, *(f"{pin.name}=={pin.version}" for pin in rest)]
    return "\n".join([*lines, ""])


def to_install(lock: str, base: Mapping[str, str]) -> list[Pin]:
    """What a server with this base has to install."""
    return [pin for pin in read_lock(lock) if base.get(pin.name) != pin.version]


def series() -> str:
    return ".".join(platform.python_version_tuple()[:2])


def key_of(pins: list[Pin]) -> str:
    """What the folder is called that holds these packages: the same lock has the same one."""
    text = "\n".join(
        [series(), platform.machine(), *sorted(f"{pin.name}=={pin.version}{pin.rest}" for pin in pins)]
    )
    return blake3(text.encode()).hexdigest()[:32]
