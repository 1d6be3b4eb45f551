"""The proxy on a sandbox's door: it leads to hosts that are allowed, counts bytes, and says what it did.

The child has no network but a port at which this listens (`workers.sandbox.network`). It takes CONNECT, for
whatever protocol, and plain requests with an `http://` address, one a connection.
"""

from __future__ import annotations

import base64
import hmac
import logging
import secrets
import socket
import threading
from contextlib import suppress

from workers.network.gate import Gate, Refused, Unreachable
from workers.network.request_head import Request, WrongRequest, read_request, receive_head
from workers.network.usage import Connection, Usage

log = logging.getLogger(__name__)

AT_ONCE = 32
"""Connections of one node."""
HEAD_SECONDS = 30
PIECE = 128 << 10


class NodeProxy:
    """One node's way out. `word`: what its child says to be let in, since in tier 2 others of this machine
    reach the port as well. Close it when the node has ended: nothing of it goes on then."""

    def __init__(self, gate: Gate, most: int) -> None:
        self.gate, self.usage = gate, Usage(most)
        self.word = secrets.token_hex(16)
        self._expected = "Basic " + base64.b64encode(f"studio:{self.word}".encode()).decode()
        self._room = threading.BoundedSemaphore(AT_ONCE)
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._closed = False

    def lead(self, listener: socket.socket) -> None:
        """Takes connections from now on."""
        if self._hold(listener):
            threading.Thread(target=self._accept, args=(listener,), name="node-proxy", daemon=True).start()

    def close(self) -> None:
        with self._lock:
            self._closed, ends = True, list(self._open)
            self._open.clear()
        for end in ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def _hold(self, end: socket.socket) -> bool:
        """Notes a socket that closing ends; one that comes too late is ended now."""
        with self._lock:
            if not self._closed:
                self._open.add(end)
                return True
        end.close()
        return False

    def _release(self, *ends: socket.socket) -> None:
        with self._lock:
            self._open.difference_update(ends)
        for end in ends:
            end.close()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            if not self._hold(client):
                return
            if not self._room.acquire(blocking=False):
                self._say(client, 503, f"a node has at most {AT_ONCE} connections at once")
                self._release(client)
                continue
            threading.Thread(target=self._serve, args=(client,), name="node-proxied", daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        try:
            self._answer(client)
        except (OSError, ValueError) as error:
            log.debug("a node's connection ended: %s", error)
        finally:
            self._release(client)
            self._room.release()

    def _answer(self, client: socket.socket) -> None:
        client.settimeout(HEAD_SECONDS)
        try:
            head, rest = receive_head(client)
            request = read_request(head)
        except WrongRequest as problem:
            self.usage.note("", str(problem))
            self._say(client, 400, str(problem))
            return
        if not hmac.compare_digest(request.word.encode(), self._expected.encode()):
            self._say(client, 407, "this port is another node's")
            return
        if self.usage.is_full:
            self._say(client, 403, "the node has sent and received as much as it may (STUDIO_NETWORK_MAX)")
            return
        try:
            upstream = self.gate.connect(request.host)
        except (Refused, Unreachable) as problem:
            self.usage.note(str(request.host), str(problem))
            self._say(client, 403 if isinstance(problem, Refused) else 502, str(problem))
            return
        if self._hold(upstream):
            try:
                self._pass(client, upstream, request, rest)
            finally:
                self._release(upstream)

    def _pass(self, client: socket.socket, upstream: socket.socket, request: Request, rest: bytes) -> None:
        told = self.usage.note(str(request.host))
        client.settimeout(None)
        upstream.settimeout(None)
        if request.tunnel:
            client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        way = _Up(self.usage, told, client, upstream, request, rest)
        up = threading.Thread(target=way.copy, name="node-proxied", daemon=True)
        up.start()
        with suppress(OSError):
            while data := upstream.recv(PIECE):
                told.received += len(data)
                if not self.usage.count(len(data)):
                    break
                client.sendall(data)
        for end in (client, upstream):
            with suppress(OSError):
                end.shutdown(socket.SHUT_WR if end is client and not self.usage.is_full else socket.SHUT_RDWR)
        if not request.tunnel or self.usage.is_full:
            with suppress(OSError):
                client.shutdown(socket.SHUT_RDWR)
        up.join()

    @staticmethod
    def _say(client: socket.socket, status: int, why: str) -> None:
        """The reason stands in the first line too, where most programs show it."""
        plain = why.encode("ascii", "replace").decode().replace("\r", " ").replace("\n", " ")
        body = f"{plain}\n"
        lines = [f"HTTP/1.1 {status} {plain}", "Content-Type: text/plain", f"Content-Length: {len(body)}"]
        with suppress(OSError):
            client.sendall("\r\n".join([*lines, "Connection: close", "", body]).encode())


class _Up:
    """What the child sends: all of it in a tunnel, one request and its body otherwise."""

    def __init__(
        self,
        usage: Usage,
        told: Connection,
        client: socket.socket,
        upstream: socket.socket,
        request: Request,
        rest: bytes,
    ) -> None:
        self.usage, self.told, self.client, self.upstream = usage, told, client, upstream
        self.request, self.rest = request, rest

    def copy(self) -> None:
        with suppress(OSError):
            if self.request.tunnel:
                self._tunnel()
            else:
                self._one_request()

    def _tunnel(self) -> None:
        data = self.rest or self.client.recv(PIECE)
        while data and self._send(data):
            data = self.client.recv(PIECE)
        self.upstream.shutdown(socket.SHUT_WR if not self.usage.is_full else socket.SHUT_RDWR)

    def _one_request(self) -> None:
        left = self.request.length
        if not self._send(self.request.head):
            return
        data = self.rest
        while left and (data or (data := self.client.recv(min(PIECE, left)))):
            if len(data) > left or not self._send(data):
                break
            left, data = left - len(data), b""
        if left or data or self.client.recv(1):  # no second request goes the way of the first
            self.upstream.shutdown(socket.SHUT_RDWR)

    def _send(self, data: bytes) -> bool:
        self.told.sent += len(data)
        if not self.usage.count(len(data)):
            self.upstream.shutdown(socket.SHUT_RDWR)
            return False
        self.upstream.sendall(data)
        return True
