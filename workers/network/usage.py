"""What a node's connections were, for its log, and how much may go through them."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

MOST_TOLD = 100


@dataclass
class Connection:
    """`refused`: why it was not made; empty where it was."""

    host: str
    refused: str = ""
    sent: int = 0
    received: int = 0


@dataclass
class Usage:
    """All of one node's. `most`: bytes, both ways together."""

    most: int
    told: list[Connection] = field(default_factory=list)
    more: int = 0
    bytes: int = 0

    def __post_init__(self) -> None:
        self._lock = threading.Lock()

    def note(self, host: str, refused: str = "") -> Connection:
        made = Connection(host, refused)
        with self._lock:
            if len(self.told) < MOST_TOLD:
                self.told.append(made)
            else:
                self.more += 1
        return made

    def count(self, size: int) -> bool:
        """False where so many more are too many."""
        with self._lock:
            self.bytes += size
            return self.bytes <= self.most

    @property
    def is_full(self) -> bool:
        return self.bytes > self.most

    def reached(self) -> list[tuple[str, str, int, int, int]]:
        """For each host, and each reason of a refusal: host, why it was refused, connections, bytes sent and
        received."""
        found: dict[tuple[str, str], list[Connection]] = {}
        for one in self.told:
            found.setdefault((one.host, one.refused), []).append(one)
        return [
            (host, refused, len(ones), sum(one.sent for one in ones), sum(one.received for one in ones))
            for (host, refused), ones in found.items()
        ]

    def lines(self) -> list[str]:
        """One for each host, and one for each refusal.

        >>> usage = Usage(most=100)
        >>> one = usage.note("a.example:443"); one.received = 2048
        >>> usage.lines()
        ['network: a.example:443, 1 connection, 0 bytes sent, 2,048 received']
        """
        by_host: dict[str, list[Connection]] = {}
        for one in self.told:
            if not one.refused:
                by_host.setdefault(one.host, []).append(one)
        found = []
        for host, ones in by_host.items():
            count = f"{len(ones)} connection" + "s" * (len(ones) > 1)
            sent, received = sum(one.sent for one in ones), sum(one.received for one in ones)
            found.append(f"network: {host}, {count}, {sent:,} bytes sent, {received:,} received")
        refused = dict.fromkeys(one.refused for one in self.told if one.refused)
        found += [f"network: refused: {why}" for why in refused]
        found += [f"network: {self.more:,} more connections"] if self.more else []
        if self.is_full:
            found.append(
                f"network: stopped after {self.most:,} bytes, the most that a node may send and receive "
                "(setting STUDIO_NETWORK_MAX)"
            )
        return found
