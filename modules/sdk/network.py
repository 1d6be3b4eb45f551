"""Hosts of the network, as an administrator allows them and as a node asks for them."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

USUAL = 443
LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
NUMBER = re.compile(r"\d+|0x[0-9a-f]*")
"""A last label like that would be read as a part of an address (`0x7f.1`, `2130706433`)."""


class Host(NamedTuple):
    """`name`: in lower case, as DNS has it, or an address; `*.` at its front stands for all names below, and
    `*` for all names."""

    name: str
    port: int

    def __str__(self) -> str:
        return f"[{self.name}]:{self.port}" if ":" in self.name else f"{self.name}:{self.port}"

    @property
    def is_pattern(self) -> bool:
        return self.name.startswith("*")

    def covers(self, other: Host) -> bool:
        """Whether this stands for all that the other stands for.

        >>> Host("*.example.org", 443).covers(Host("a.example.org", 443))
        True
        >>> Host("*.example.org", 443).covers(Host("example.org", 443))
        False
        """
        if self.port != other.port:
            return False
        if self.name == "*":
            return not is_address(other.name)
        if self.name.startswith("*."):
            return other.name.endswith(self.name[1:]) and other.name != self.name[2:]
        return self.name == other.name


def read_host(text: str) -> Host:
    """`name`, `name:port`, `*.name:port`, `[::1]:port`. ValueError, with a sentence, for all else: numbers
    that some programs take for an address, among others.

    >>> read_host("*.Blob.core.windows.net")
    Host(name='*.blob.core.windows.net', port=443)
    """
    name, port = _parted(text.strip())
    if not port.isascii() or not port.isdecimal() or not 0 < int(port) < 65536:
        raise ValueError(f"{text!r} has no port from 1 to 65535; write it like example.org:443.")
    return Host(read_name(name, text), int(port))


def read_hosts(text: str) -> tuple[Host, ...]:
    """Those of a list with commas or spaces between. ValueError where one is none."""
    return tuple(read_host(part) for part in text.replace(",", " ").split())


def read_name(name: str, said: str = "") -> str:
    """The one spelling of a host's name, or of an address. ValueError where it is neither."""
    if is_address(name):
        return str(ipaddress.ip_address(name))
    star, rest = ("*.", name[2:]) if name.startswith("*.") else ("", name)
    if name == "*":
        return name
    try:
        plain = rest.removesuffix(".").encode("idna").decode("ascii").lower()
    except UnicodeError:
        plain = ""
    labels = plain.split(".")
    if len(plain) > 253 or not all(map(LABEL.fullmatch, labels)) or NUMBER.fullmatch(labels[-1]):
        raise ValueError(f"{said or name!r} is no name of a host; write it like example.org:443.")
    return star + plain


def is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return "%" not in name


def covered(host: Host, by: Iterable[Host]) -> bool:
    return any(one.covers(host) for one in by)


def not_covered(asked: Sequence[Host], allowed: Sequence[Host]) -> list[Host]:
    """Those that a node asks for in vain. A lone `*` asks for whatever is allowed."""
    return [host for host in asked if host.name != "*" and not covered(host, allowed)]


def _parted(text: str) -> tuple[str, str]:
    if text.startswith("["):
        name, _, rest = text[1:].partition("]")
        return name, rest.removeprefix(":") or str(USUAL)
    if text.count(":") > 1 and is_address(text):
        return text, str(USUAL)
    name, colon, port = text.rpartition(":")
    return (name, port) if colon else (text, str(USUAL))
