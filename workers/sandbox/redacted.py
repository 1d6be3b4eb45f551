"""A log in which the values of secrets are crossed out, also where one comes in two pieces."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable

from modules.sdk.secrets import MARK, spellings
from workers.sandbox.logs import STREAMS, Log, Stream


class RedactedLog(Log):
    """Stands before another log. What may be the beginning of a secret waits until more comes."""

    def __init__(self, to: Log, values: Iterable[str]) -> None:
        super().__init__(0)
        self._to, self._values = to, [form.encode() for form in spellings(values)]
        self._found = re.compile(b"|".join(map(re.escape, self._values)) or b"(?!)")
        self._held: dict[Stream, bytes] = dict.fromkeys(STREAMS, b"")
        self._one = threading.Lock()

    def add(self, stream: Stream, data: bytes) -> None:
        with self._one:
            data = self._cross_out(self._held[stream] + data)
            kept = self._beginning(data)
            self._held[stream] = data[len(data) - kept :]
            if ready := data[: len(data) - kept]:
                self._to.add(stream, ready)

    def close(self) -> None:
        with self._one:
            for stream in STREAMS:
                if self._held[stream]:
                    self._to.add(stream, self._held[stream])
                self._held[stream] = b""
        self._to.close()

    def _cross_out(self, data: bytes) -> bytes:
        return self._found.sub(MARK.encode(), data)

    def _beginning(self, data: bytes) -> int:
        """How many bytes at the end may be the first of a secret."""
        return max((_overlap(data, value) for value in self._values), default=0)


def _overlap(data: bytes, value: bytes) -> int:
    """How many bytes at the end of the data are the first of the value, and not all of it."""
    at = data.find(value[:1], max(0, len(data) - len(value) + 1))
    while at >= 0 and not value.startswith(data[at:]):
        at = data.find(value[:1], at + 1)
    return len(data) - at if at >= 0 else 0
