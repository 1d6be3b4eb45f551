"""How fast somebody may say things: so many at once, and so many a second after that."""

from __future__ import annotations


class Allowance:
    """`now`: seconds of a steady clock.

    >>> say = Allowance(burst=2, rate=10, now=0.0)
    >>> [say.wait(now) for now in (0.0, 0.0, 0.0, 0.1, 5.0)]
    [0.0, 0.0, 0.1, 0.1, 0.0]
    """

    def __init__(self, burst: int, rate: float, now: float) -> None:
        self._burst, self._rate = float(burst), rate
        self._left, self._last = float(burst), now

    def wait(self, now: float) -> float:
        """Takes one; the seconds to wait before it may pass."""
        self._left = min(self._burst, self._left + self._rate * (now - self._last)) - 1
        self._last = now
        return max(0.0, -self._left / self._rate)
