"""Wrong tokens are slowed: an address may be wrong thirty times at once, then once in two seconds.

Where the right token came from before, it is always taken, so that no stranger behind the same address can
lock the owner out. Each web process counts for itself, in memory.
"""

from __future__ import annotations

import ipaddress
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass

from studio import config
from studio.errors import TooMany

AT_ONCE = 30
SECONDS = 2.0
"""After which one more wrong token is let through."""
REMEMBERED = 10_000
"""Addresses, those heard of last."""


@dataclass
class Caller:
    """`wrong`: how many wrong tokens came, less those forgiven since; counted at `when`."""

    wrong: float = 0
    when: float = 0
    known: bool = False


class Guesses:
    """Safe between threads."""

    def __init__(self) -> None:
        self._callers: OrderedDict[str, Caller] = OrderedDict()
        self._lock = threading.Lock()

    def judge(self, address: str, *, right: bool) -> None:
        """Notes a token that was tried. TooMany where too many wrong ones came from that address."""
        with self._lock:
            caller = self._callers.setdefault(address, Caller())
            self._callers.move_to_end(address)
            if len(self._callers) > REMEMBERED:
                self._callers.popitem(last=False)
            now = time.monotonic()
            caller.wrong = max(0.0, caller.wrong - (now - caller.when) / SECONDS)
            caller.when = now
            if right and (caller.known or caller.wrong < AT_ONCE):
                caller.known = True
            elif caller.wrong >= AT_ONCE:
                raise TooMany(
                    "Too many wrong tokens came from this address. Wait a moment, then try again with the "
                    "one in the line `Studio is ready at …`.",
                    retry_after=int(SECONDS),
                )
            else:
                caller.wrong += 1


def caller_of(peer: str, forwarded: str = "") -> str:
    """The address that guesses are counted by. Behind a proxy (`STUDIO_URL`) it is what the proxy on this
    network says; of IPv6 the network, since a caller has all addresses in it.

    >>> caller_of("203.0.113.9", "1.2.3.4"), caller_of("2001:db8::1:2:3:4"), caller_of("")
    ('203.0.113.9', '2001:db8::', '')
    """
    found = _address(peer)
    if forwarded and config.public_url() and (found is None or found.is_private):
        found = _address(forwarded.rpartition(",")[2].strip()) or found
    if isinstance(found, ipaddress.IPv6Address):
        found = found.ipv4_mapped or ipaddress.ip_network((found, 64), strict=False).network_address
    return str(found or "")


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None


guesses = Guesses()
