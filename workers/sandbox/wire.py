"""What parent, template and child say to each other: short JSON, with descriptors beside it.

Requests go over a stream: eight bytes of lengths, a header, a payload that only the child reads.
Word of one job comes back over a socket of its own, one packet a message.
"""

from __future__ import annotations

import array
import json
import os
import socket
import struct
from contextlib import suppress
from typing import Any

LENGTHS = struct.Struct("!II")
PACKET = 1 << 16
MOST_DESCRIPTORS = 8


def send_request(sock: socket.socket, header: dict[str, Any], payload: bytes, fds: list[int]) -> None:
    """Sends all of it; the descriptors arrive with the first byte."""
    text = json.dumps(header).encode()
    socket.send_fds(sock, [LENGTHS.pack(len(text), len(payload))], fds)
    sock.sendall(text + payload)


def receive_request(sock: socket.socket) -> tuple[dict[str, Any], bytes, list[int]] | None:
    """The next request; None when the other end is gone."""
    start, fds, _, _ = socket.recv_fds(sock, LENGTHS.size, MOST_DESCRIPTORS)
    if not start:
        return None
    header, payload = LENGTHS.unpack(start + _exactly(sock, LENGTHS.size - len(start)))
    return json.loads(_exactly(sock, header)), _exactly(sock, payload), fds


def _exactly(sock: socket.socket, size: int) -> bytes:
    data = bytearray()
    while len(data) < size:
        part = sock.recv(min(size - len(data), 1 << 20))
        if not part:
            raise ConnectionError("the other end went in mid-message")
        data += part
    return bytes(data)


def tell(sock: socket.socket, message: dict[str, Any], *fds: int) -> None:
    """One message about a job. It does not matter whether anybody still listens."""
    with suppress(OSError):
        socket.send_fds(sock, [json.dumps(message).encode()], list(fds))


def hear(sock: socket.socket) -> tuple[dict[str, Any], list[int]] | None:
    """The next message about a job; None at the end. What is no message says nothing."""
    data, ancillary, _, _ = sock.recvmsg(PACKET, socket.CMSG_SPACE(MOST_DESCRIPTORS * 4))
    fds = array.array("i")
    for level, kind, part in ancillary:
        if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
            fds.frombytes(part[: len(part) - len(part) % fds.itemsize])
    if not data:
        for fd in fds:
            os.close(fd)
        return None
    try:
        message = json.loads(data)
    except ValueError:
        message = None
    return (message if isinstance(message, dict) else {}), list(fds)
