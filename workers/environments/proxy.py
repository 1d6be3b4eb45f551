"""The way out of a build: an HTTP proxy in the worker, which leads to the package index and nowhere else.

The sandbox of a build has no network but this. Names are resolved here, and only of hosts that the
administrator named; what goes to any other is refused, and told.
"""

from __future__ import annotations

import base64
import logging
import select
import socket
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from workers.environments.folder_index import send_file

log = logging.getLogger(__name__)

Host = tuple[str, int]

MOST_HEAD = 64 << 10
AT_ONCE = 64
SECONDS = 60
PIECE = 256 << 10


class Proxy:
    """`hosts`: names in lower case, and ports. `folders`: by a host's name, folders of this machine that are
    shown as if that host served them. `refused`, `unreachable`: what was asked for in vain, and why."""

    def __init__(self, hosts: frozenset[Host], folders: Mapping[str, Path] | None = None) -> None:
        self.hosts, self.folders = hosts, folders or {}
        self.refused: dict[Host, str] = {}
        self.unreachable: dict[Host, str] = {}
        self._listener: socket.socket | None = None
        self._room = threading.BoundedSemaphore(AT_ONCE)
        self._closed = threading.Event()

    def lead(self, listener: socket.socket) -> None:
        """Takes connections from now on, until it is closed."""
        self._listener = listener
        threading.Thread(target=self._accept, args=(listener,), name="proxy", daemon=True).start()

    def close(self) -> None:
        self._closed.set()
        if self._listener:
            with suppress(OSError):
                self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()

    def _accept(self, listener: socket.socket) -> None:
        while not self._closed.is_set():
            try:
                client, _ = listener.accept()
            except OSError:
                return
            if not self._room.acquire(blocking=False):
                client.close()
                continue
            threading.Thread(target=self._serve, args=(client,), name="proxied", daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        try:
            with client:
                client.settimeout(SECONDS)
                self._answer(client)
        except (OSError, ValueError) as error:
            log.debug("a build's connection ended: %s", error)
        finally:
            self._room.release()

    def _answer(self, client: socket.socket) -> None:
        head, rest = _read_head(client)
        line, _, headers = head.partition(b"\r\n")
        method, target, _ = line.decode("latin-1").split(" ", 2)
        tunnel = method == "CONNECT"
        asked = urlsplit(f"//{target}" if tunnel else target)
        host = ((asked.hostname or "").lower(), asked.port or (443 if tunnel else 80))
        if not tunnel and host[0] in self.folders:
            send_file(client, self.folders[host[0]], asked.path, method)
            return
        if host not in self.hosts or not (tunnel or asked.scheme == "http"):
            self.refused[host] = "it is not the package index"
            client.sendall(_refusal(403, f"{host[0]}:{host[1]} is not the package index"))
            return
        try:
            upstream = _connect(host)
        except OSError as error:
            self.unreachable[host] = error.strerror or str(error)
            client.sendall(_refusal(502, f"{host[0]} cannot be reached"))
            return
        with upstream:
            if tunnel:
                client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            else:
                upstream.sendall(_as_sent(method, asked, headers))
            if rest:
                upstream.sendall(rest)
            self._pump(client, upstream)

    def _pump(self, client: socket.socket, upstream: socket.socket) -> None:
        """Until one end has nothing more to say."""
        others = {client: upstream, upstream: client}
        while not self._closed.is_set():
            ready, _, _ = select.select(list(others), [], [], SECONDS)
            if not ready:
                return
            for end in ready:
                data = end.recv(PIECE)
                if not data:
                    return
                others[end].sendall(data)


def _read_head(client: socket.socket) -> tuple[bytes, bytes]:
    """The head of a request, and what came after it. ValueError where it is none."""
    data = b""
    while b"\r\n\r\n" not in data:
        part = client.recv(MOST_HEAD)
        if not part or len(data) > MOST_HEAD:
            raise ValueError("no head of a request")
        data += part
    head, _, rest = data.partition(b"\r\n\r\n")
    return head, rest


def _as_sent(method: str, asked: SplitResult, headers: bytes) -> bytes:
    """The request as its host takes it; one on a connection, so that each is looked at."""
    kept = [
        line
        for line in headers.split(b"\r\n")
        if line and not line.lower().startswith((b"proxy-", b"connection:", b"keep-alive:"))
    ]
    path = (asked.path or "/") + (f"?{asked.query}" if asked.query else "")
    first = f"{method} {path} HTTP/1.1".encode("latin-1")
    return b"\r\n".join([first, *kept, b"Connection: close", b"", b""])


def _refusal(status: int, why: str) -> bytes:
    body = f"{why}\n".encode()
    return (
        f"HTTP/1.1 {status} Refused\r\nContent-Type: text/plain\r\nContent-Length: {len(body)}\r\n"
        "Connection: close\r\n\r\n"
    ).encode() + body


def _connect(host: Host) -> socket.socket:
    """Through the proxy of the server's own environment, if it has one for this host."""
    outer = _outer_proxy(host[0])
    if outer is None:
        return socket.create_connection(host, SECONDS)
    made = socket.create_connection((outer.hostname or "", outer.port or 8080), SECONDS)
    pass_ = ""
    if outer.username:
        pair = f"{unquote(outer.username)}:{unquote(outer.password or '')}".encode()
        pass_ = f"Proxy-Authorization: Basic {base64.b64encode(pair).decode()}\r\n"
    made.sendall(f"CONNECT {host[0]}:{host[1]} HTTP/1.1\r\nHost: {host[0]}:{host[1]}\r\n{pass_}\r\n".encode())
    answer = b""
    while b"\r\n\r\n" not in answer and len(answer) < MOST_HEAD:
        part = made.recv(1)
        if not part:
            break
        answer += part
    said = answer.partition(b"\r\n")[0].decode("latin-1")
    if " 200" not in said:
        made.close()
        raise OSError(f"the server's own proxy said {said!r}")
    return made


def _outer_proxy(name: str) -> SplitResult | None:
    from urllib.request import getproxies, proxy_bypass

    given = getproxies().get("https") or getproxies().get("http")
    if not given or name in ("127.0.0.1", "localhost", "::1") or proxy_bypass(name):
        return None
    return urlsplit(given if "://" in given else f"http://{given}")
