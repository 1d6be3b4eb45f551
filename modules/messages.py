"""Messages over a socket between a worker and a child: the length in eight bytes, then JSON."""

from __future__ import annotations

import json
import socket
import struct
from typing import Any

LENGTH = struct.Struct("!Q")


def send(door: socket.socket, data: bytes) -> None:
    """Sends one message."""
    door.sendall(LENGTH.pack(len(data)))
    door.sendall(data)


def send_json(door: socket.socket, message: Any) -> None:
    send(door, json.dumps(message).encode())


def receive(door: socket.socket, most: int) -> bytes | None:
    """A message; None at the end, and if it is longer than `most` bytes."""
    head = _exactly(door, LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (size,) = LENGTH.unpack(head)
    data = _exactly(door, size) if size <= most else b""
    return data if data and len(data) == size else None


def _exactly(door: socket.socket, size: int) -> bytes:
    data = bytearray()
    while len(data) < size:
        try:
            part = door.recv(min(size - len(data), 1 << 20))
        except ConnectionResetError:  # the other end is gone, with something unread
            break
        if not part:
            break
        data += part
    return bytes(data)
