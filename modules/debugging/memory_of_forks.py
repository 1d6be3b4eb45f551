"""How much memory forks of one process hold: those pages that one of them has changed since."""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Sequence

PAGE = os.sysconf("SC_PAGE_SIZE")
EASY, FULL = 0.5, 0.9
"""Shares of the limit: below the first nothing is measured, beyond the second the oldest fork has to go."""
AGAIN = 0.5
"""Seconds for which a measure holds: it takes milliseconds for each fork."""


class Memory:
    """`limit`: bytes for all together."""

    def __init__(self, limit: int) -> None:
        self._limit, self._shared = limit, 0
        self._measured: tuple[float, int, int] | None = None

    def begin(self) -> None:
        self._shared = _anonymous()

    def own(self) -> int:
        """Bytes that the process has beside what it had at the beginning."""
        return max(0, _anonymous() - self._shared)

    def is_short(self, forks: Sequence[tuple[int, int]]) -> bool:
        """Whether one more fork could be too much, if all its pages are changed. `forks`: process, and what
        was its own when it was forked."""
        own = self.own()
        if 2 * own > FULL * self._limit:
            return True
        if sum(each for _, each in forks) + 2 * own <= EASY * self._limit:
            return False
        held = self._measure(tuple(pid for pid, _ in forks))
        return held is None or held + own > FULL * self._limit

    def _measure(self, pids: tuple[int, ...]) -> int | None:
        """Bytes of all, pages that several share counted once; None where the kernel does not say."""
        now = time.monotonic()
        if self._measured and self._measured[1] == len(pids) and now - self._measured[0] < AGAIN:
            return self._measured[2]
        try:
            total = sum(_share_of(str(pid)) for pid in (*pids, "self"))
        except OSError:
            return None
        self._measured = now, len(pids), total
        return total


def _anonymous() -> int:
    """Without namespaces a fork may not read its own /proc: there it is the most that it ever had."""
    try:
        with open("/proc/self/statm") as file:
            _, resident, shared, *_ = map(int, file.read().split())
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10
    return (resident - shared) * PAGE


def _share_of(pid: str) -> int:
    with open(f"/proc/{pid}/smaps_rollup", "rb") as file:
        return sum(
            int(line.split()[1]) << 10 for line in file if line.startswith((b"Pss_Anon:", b"SwapPss:"))
        )
