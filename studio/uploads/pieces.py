"""What uploads have in common, wherever their pieces lie."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from studio.errors import Taken, TooLarge

LIFETIME = 24 * 3600
"""Seconds without a new piece after which an upload is forgotten."""

CHUNK = 1 << 20

Facts = dict[str, Any]
"""`owner`, `length` and `file_name` of an upload."""


@dataclass(frozen=True)
class Upload(ABC):
    """A file on its way. `length`: bytes of the whole file; `owner`: the id of the user who sends it."""

    id: str
    owner: int
    length: int
    file_name: str

    @property
    @abstractmethod
    def offset(self) -> int:
        """How many bytes have come."""

    @property
    @abstractmethod
    def expires(self) -> float:
        """When it is forgotten if no piece comes, in seconds since 1970."""

    @abstractmethod
    def append(self, offset: int, read: Callable[[int], bytes]) -> int:
        """Adds what `read` gives until it gives nothing. Returns the new offset. What came before the line
        breaks stays.

        Raises Taken if the upload goes on at another offset or another piece is being written, and TooLarge
        beyond its length.
        """

    @abstractmethod
    def start(self) -> bytes:
        """The first bytes that have come."""

    @abstractmethod
    def whole(self) -> AbstractContextManager[Path]:
        """The file on this machine, to be read or linked."""

    @abstractmethod
    def forget(self) -> None:
        """Removes it, and what has come of it."""

    @abstractmethod
    def say(self) -> None:
        """Writes its facts down."""

    @property
    def facts(self) -> Facts:
        return {"owner": self.owner, "length": self.length, "file_name": self.file_name}


def goes_on_elsewhere(here: int, offset: int) -> Taken:
    return Taken(f"This upload goes on at byte {here}, not at {offset}. Ask for its offset (HEAD).")


def too_long(length: int) -> TooLarge:
    return TooLarge(f"This upload was announced with {length} bytes; more came.")
