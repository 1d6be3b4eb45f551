"""The exact versions in a lock, as `pip` and `uv` write them. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from modules.interpreter import normal

HASH = re.compile(r" --hash=sha256:[0-9a-f]{64}\b")


@dataclass(frozen=True)
class Pin:
    """`rest`: the hashes of its files, as options."""

    name: str
    version: str
    rest: str

    @property
    def line(self) -> str:
        return f"{self.name}=={self.version}{self.rest}"


def read_lock(text: str) -> list[Pin]:
    """Lines that pin nothing are left out, and all but hashes: a lock may come from a stranger's file."""
    joined = re.sub(r"\\\n\s*", "", text)
    found = re.finditer(r"(?m)^([A-Za-z0-9][A-Za-z0-9._-]*)==([A-Za-z0-9.!+_-]+)([^\n#]*)", joined)
    return [Pin(normal(match[1]), match[2], "".join(HASH.findall(match[3]))) for match in found]
