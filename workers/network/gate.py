"""Which host a node may reach, and at which of its addresses."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence
from typing import Any

from modules.sdk.network import Host, covered, is_address

Resolve = Callable[[str, int], Sequence[str]]
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
SECONDS = 20

TRANSLATED = [
    ipaddress.ip_network(net) for net in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")
]
"""Addresses of IPv6 that stand for one of IPv4: what is behind them is not looked into."""


class Refused(Exception):
    """The message is a sentence for whoever wrote the script, on one line."""


class Unreachable(Exception):
    """The host may be reached, and cannot."""


def resolve(name: str, port: int) -> list[str]:
    """Its addresses. OSError where it has none."""
    found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


class Gate:
    """`asked`: by the node. `allowed`: by the administrator. Both must cover a host. An address that is not
    of the world at large is reached only where the administrator named its host, and not by a `*`; one of
    this machine itself, or of its link, only where he named that address (or `localhost`)."""

    def __init__(self, asked: Sequence[Host], allowed: Sequence[Host], resolve: Resolve = resolve) -> None:
        self.asked, self.allowed, self._resolve = asked, allowed, resolve

    def check(self, host: Host) -> None:
        """Refused if the host is not among those."""
        if not covered(host, self.allowed):
            raise Refused(
                f"{host} is not among the hosts that the administrator allows (STUDIO_NETWORK_ALLOW)"
            )
        if not covered(host, self.asked) and not any(one.name == "*" for one in self.asked):
            raise Refused(f"{host} is not among the hosts that this node asks for; add it to its Network")

    def connect(self, host: Host) -> socket.socket:
        """A connection to an address that was looked at: the name is not asked for again. Refused, or
        Unreachable."""
        self.check(host)
        addresses = [host.name] if is_address(host.name) else self._addresses(host)
        right = [one for one in addresses if self._may_be(host, ipaddress.ip_address(one))]
        if not right:
            raise Refused(_private(host, addresses[0]))
        error: Any = None
        for address in right:
            try:
                return socket.create_connection((address, host.port), SECONDS)
            except OSError as problem:
                error = problem
        raise Unreachable(f"{host} cannot be reached: {error.strerror or error}")

    def _addresses(self, host: Host) -> list[str]:
        try:
            found = [one for one in self._resolve(host.name, host.port) if is_address(one)]
        except OSError:
            found = []
        if not found:
            raise Unreachable(f"{host.name} has no address; is the name right?")
        return found

    def _may_be(self, host: Host, address: Address) -> bool:
        mapped = getattr(address, "ipv4_mapped", None)
        address = mapped or address
        if Host(str(address), host.port) in self.allowed:
            return True
        if address.is_multicast or address.is_unspecified or address.is_reserved or address.is_link_local:
            return False
        named = host in self.allowed
        if address.is_loopback:
            return named and host.name == "localhost"
        if address.version == 6 and any(address in net for net in TRANSLATED):
            return False
        return named or address.is_global


def _private(host: Host, address: str) -> str:
    near = ipaddress.ip_address(address)
    inside = near.is_loopback or near.is_link_local
    place = "this machine or its link" if inside else "a private network"
    wanted = Host(address, host.port) if inside else host
    return (
        f"{host} leads to {address}, an address of {place}; the administrator must name {wanted} in "
        "STUDIO_NETWORK_ALLOW, not by a *"
    )
