"""The head of a request to the proxy, read as strictly as can be: what two programs may read in two ways is
refused."""

from __future__ import annotations

import re
import socket
from typing import NamedTuple
from urllib.parse import urlsplit

from modules.sdk.network import Host, read_host

MOST_HEAD = 32 << 10
TOKEN = rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
FIRST = re.compile(rb"(" + TOKEN + rb") ([\x21-\x7e]+) HTTP/1\.[01]")
FIELD = re.compile(rb"(" + TOKEN + rb"):[ \t]*([\x20-\x7e\x80-\xff\t]*)")
OF_THE_HOP = {b"connection", b"keep-alive", b"te", b"trailer", b"upgrade", b"host", b"expect"}


class WrongRequest(Exception):
    """The message says why, on one line."""


class Request(NamedTuple):
    """`head`: as its host takes it; empty for a tunnel. `length`: bytes of body that follow. `word`: what
    stood under Proxy-Authorization."""

    host: Host
    tunnel: bool
    head: bytes
    length: int
    word: str


def receive_head(client: socket.socket) -> tuple[bytes, bytes]:
    """The head without its blank line, and what came after it. WrongRequest where it has no end."""
    data = b""
    while b"\r\n\r\n" not in data:
        part = client.recv(MOST_HEAD)
        if not part or len(data) > MOST_HEAD:
            raise WrongRequest("a request's head has no end")
        data += part
    head, _, rest = data.partition(b"\r\n\r\n")
    return head, rest


def read_request(head: bytes) -> Request:
    """WrongRequest unless it is CONNECT, or a request with an `http://` address."""
    first, *lines = head.split(b"\r\n")
    found = FIRST.fullmatch(first)
    if found is None:
        raise WrongRequest("the first line of a request is wrong")
    fields: list[tuple[bytes, bytes]] = []
    for line in lines:
        if (field := FIELD.fullmatch(line)) is None:
            raise WrongRequest("a header of a request is wrong")
        fields.append((field[1].lower(), line))
    method, target = found[1].decode(), found[2].decode()
    word = _one(fields, b"proxy-authorization")
    if method == "CONNECT":
        return Request(_host(target), True, b"", 0, word)
    return _plain(method, target, fields, word)


def _plain(method: str, target: str, fields: list[tuple[bytes, bytes]], word: str) -> Request:
    try:
        read = urlsplit(target)
        port = read.port or 80
    except ValueError:
        raise WrongRequest("the address of a request is wrong") from None
    if read.scheme != "http" or not read.hostname or "@" in read.netloc:
        raise WrongRequest("the proxy takes CONNECT, and addresses that begin with http://")
    name = f"[{read.hostname}]" if ":" in read.hostname else read.hostname
    host = _host(f"{name}:{port}")
    said = _one(fields, b"host")
    if said and _host(said if _has_port(said) else f"{said}:80") != host:
        raise WrongRequest(f"the Host header names {said[:80]!r} and the address {host}")
    if any(name == b"transfer-encoding" for name, _ in fields):
        raise WrongRequest("a body without Content-Length goes by https only")
    length = _one(fields, b"content-length") or "0"
    if not (length.isascii() and length.isdecimal() and len(length) < 16):
        raise WrongRequest("the Content-Length is no number")
    kept = [line for name, line in fields if name not in OF_THE_HOP and not name.startswith(b"proxy-")]
    path = (read.path or "/") + (f"?{read.query}" if read.query else "")
    shown = str(host) if host.port != 80 else str(host).removesuffix(":80")
    lines = [f"{method} {path} HTTP/1.1".encode(), f"Host: {shown}".encode(), *kept, b"Connection: close"]
    return Request(host, False, b"\r\n".join([*lines, b"", b""]), int(length), word)


def _has_port(said: str) -> bool:
    return bool(re.search(r":\d+$", said))


def _host(text: str) -> Host:
    try:
        host = read_host(text)
    except ValueError as error:
        raise WrongRequest(str(error)) from None
    if host.is_pattern:
        raise WrongRequest(f"{text[:80]!r} is no name of a host")
    return host


def _one(fields: list[tuple[bytes, bytes]], name: bytes) -> str:
    """The value of a header that may come once. WrongRequest where it comes again."""
    lines = [line for each, line in fields if each == name]
    if len(lines) > 1:
        raise WrongRequest(f"the header {name.decode()} comes twice")
    return lines[0].partition(b":")[2].strip().decode("latin-1") if lines else ""
