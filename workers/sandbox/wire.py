"""What parent, template and child say to each other: short JSON, with descriptors beside it.

A request is a number and descriptors. What the job is lies in one of these, a file in memory that the
template passes on and never reads: what a template once read, every child of it could find in its own
memory. Word of one job comes back over a socket of its own, one packet a message.
"""

from __future__ import annotations

import array
import json
import os
import socket
import struct
from contextlib import suppress
from typing import Any

SLOT = struct.Struct("!I")
LENGTHS = struct.Struct("!QQ")
PACKET = 1 << 16
MOST_DESCRIPTORS = 8
BRANCH = 1
"""The number of a request for a template with R, not for a child. `fds`: its control and its letter."""


def seal_letter(header: dict[str, Any], payload: bytes) -> int:
    """A descriptor of both, for `open_letter`."""
    fd = os.memfd_create("job", os.MFD_CLOEXEC)
    text = json.dumps(header).encode()
    with open(fd, "wb", closefd=False) as file:
        file.write(LENGTHS.pack(len(text), len(payload)) + text + payload)
    return fd


def open_letter(fd: int) -> tuple[dict[str, Any], bytes]:
    """What was put in; the descriptor is closed."""
    with open(fd, "rb") as file:
        file.seek(0)
        text, payload = LENGTHS.unpack(file.read(LENGTHS.size))
        return json.loads(file.read(text)), file.read(payload)


def send_request(sock: socket.socket, slot: int, fds: list[int]) -> None:
    """Sends all of it; the descriptors arrive with the first byte."""
    socket.send_fds(sock, [SLOT.pack(slot)], fds)


def receive_request(sock: socket.socket) -> tuple[int, list[int]] | None:
    """The next request, its slot and descriptors; None when the other end is gone."""
    data, fds, _, _ = socket.recv_fds(sock, SLOT.size, MOST_DESCRIPTORS)
    if not data:
        return None
    while len(data) < SLOT.size:
        part = sock.recv(SLOT.size - len(data))
        if not part:
            raise ConnectionError("the other end went in mid-message")
        data += part
    return SLOT.unpack(data)[0], fds


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
