"""A child's side of its network: programs find the worker's proxy where they look for one, and Python's plain
connections go by it too."""

from __future__ import annotations

import base64
import os
import socket
import ssl
from pathlib import Path
from typing import Any

NAMES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy")
CERTIFICATES = ("/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt")
TOLD = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
MOST_HEAD = 8 << 10
LOCAL = "127.0.0.1"

_connect = socket.create_connection


def enter(port: int, word: str) -> None:
    """Called once the child is confined. `port`: at which the proxy listens. `word`: what lets it in."""
    os.environ.update(dict.fromkeys(NAMES, f"http://studio:{word}@{LOCAL}:{port}"))
    if certificates := _certificates():
        os.environ.update(dict.fromkeys(TOLD, certificates))
    way = _Way((LOCAL, port), base64.b64encode(f"studio:{word}".encode()).decode())
    # The child is one script: what drivers open goes the same way. Its signature takes what they give.
    socket.create_connection = way.connect  # type: ignore[assignment]


class _Way:
    def __init__(self, proxy: tuple[str, int], word: str) -> None:
        self.proxy, self.word = proxy, word

    def connect(self, address: tuple[str, Any], *given: Any, **named: Any) -> socket.socket:
        """As `socket.create_connection`, through the proxy; ConnectionRefusedError says what that said."""
        host, port = address[0], int(address[1])
        if (host, port) == self.proxy:
            return _connect(address, *given, **named)
        named.pop("source_address", None)
        made = _connect(self.proxy, *given[:1], **named)
        name = host if host.isascii() else host.encode("idna").decode()
        target = f"[{name}]:{port}" if ":" in name else f"{name}:{port}"
        try:
            request = f"CONNECT {target} HTTP/1.1\r\nProxy-Authorization: Basic {self.word}\r\n\r\n"
            made.sendall(request.encode())
            status, _, said = _read_head(made).partition(b"\r\n")[0].partition(b" ")[2].partition(b" ")
            if status != b"200":
                raise ConnectionRefusedError(said.decode("utf-8", "replace"))
        except BaseException:
            made.close()
            raise
        return made


def _read_head(made: socket.socket) -> bytes:
    """Byte by byte: what comes after it is the other end's."""
    head = b""
    while not head.endswith(b"\r\n\r\n") and len(head) < MOST_HEAD:
        byte = made.recv(1)
        if not byte:
            break
        head += byte
    return head


def _certificates() -> str:
    """The machine's own; those of the package certifi where it has none."""
    found = [ssl.get_default_verify_paths().cafile, *CERTIFICATES]
    for path in found:
        if path and Path(path).is_file():
            return path
    import certifi

    return certifi.where()
