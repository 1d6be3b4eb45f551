"""The bytes of a request: at most so many, counted as they come."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any

from django.conf import settings

SMALL = 32 << 10
"""What a stranger may send; it is held in memory."""
OF_SIGN_IN = 4 << 10
FILES = re.compile(r"(POST|PUT|PATCH) /api/v1/(datasets|uploads/[^/]+)/?")
SIGN_IN = re.compile(r"\w+ /api/v1/session/?")
BODYLESS = ("GET", "HEAD", "OPTIONS", "DELETE", "TRACE")
STEP = 64 << 20
"""Bytes after which the disk is looked at again."""

Receive = Callable[[], Awaitable[dict[str, Any]]]


def most_of(method: str, path: str) -> int | None:
    """How long a body may be; None where the disk decides.

    >>> most_of("POST", "/api/v1/session"), most_of("GET", "/"), most_of("PATCH", "/api/v1/uploads/ab")
    (4096, 32768, None)
    """
    asked = f"{method} {path}"
    if SIGN_IN.fullmatch(asked):
        return OF_SIGN_IN
    if method in BODYLESS:
        return SMALL
    if FILES.fullmatch(asked):
        return None
    return int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)


class Body:
    """Reads ahead what is small; hands the rest on within its bound."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._ahead: list[dict[str, Any]] = []
        self._taken = 0
        self._ended = False
        self._most: int | None = None
        self._too_large: Callable[[], Exception] | None = None
        self._check: Callable[[str, int], None] | None = None

    async def is_small(self) -> bool:
        """Reads until the end, or until it is more than SMALL."""
        while not self._ended and self._taken <= SMALL:
            self._ahead.append(await self._next())
        return self._taken <= SMALL

    def bound(
        self, most: int | None, too_large: Callable[[], Exception], check: Callable[[str, int], None]
    ) -> None:
        """From now on no more than `most` bytes come, and no more than the disk has room for."""
        self._most, self._too_large, self._check = most, too_large, check
        self._within()

    async def receive(self) -> dict[str, Any]:
        return self._ahead.pop(0) if self._ahead else await self._next()

    async def discard(self, most: int) -> None:
        """Reads to the end, but no more than so many bytes."""
        end, self._too_large, self._check = self._taken + most, None, None
        while not self._ended and self._taken < end:
            await self._next()

    async def _next(self) -> dict[str, Any]:
        message = await self._receive()
        before = self._taken
        self._taken += len(message.get("body", b""))
        self._ended = self._ended or not message.get("more_body", False)
        if self._check and self._taken // STEP > before // STEP:
            self._check("The rest of the body", 0)
        self._within()
        return message

    def _within(self) -> None:
        if self._too_large and self._most is not None and self._taken > self._most:
            raise self._too_large()
