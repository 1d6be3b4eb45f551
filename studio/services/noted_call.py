"""What is noted of a call once it is answered. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

LARGEST_RECORD = 256 << 10
"""Bytes of body and answer up to which a call is recorded; a larger one would crowd out all others."""
LONGEST_MESSAGE, LONGEST_LOG = 4_000, 20_000


@dataclass(frozen=True)
class NotedCall:
    """`request`: what the caller got as X-Request-ID. `record`: how many calls of the service are kept."""

    request: str
    service: str
    version: int
    at: datetime
    milliseconds: float
    status: int
    form: str
    body: bytes
    answer: bytes
    query: Mapping[str, str] = field(default_factory=dict)
    log: str = ""
    record: int = 0

    @property
    def failed(self) -> bool:
        return self.status >= 400

    @property
    def is_recorded(self) -> bool:
        """A call that was never run says nothing about a version: there were too many, or a worker died."""
        size = len(self.body) + len(self.answer)
        return bool(self.record) and self.status in (200, 400) and size <= LARGEST_RECORD

    def error(self) -> tuple[str, str]:
        """Code and message of the answer, in either of its forms."""
        try:
            said = json.loads(self.answer)["error"]
        except (ValueError, TypeError, KeyError):
            return str(self.status), ""
        if isinstance(said, dict):
            return str(said.get("code", ""))[:100], str(said.get("message", ""))[:LONGEST_MESSAGE]
        return str(self.status), str(said)[:LONGEST_MESSAGE]
