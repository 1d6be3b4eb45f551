"""Questions to a child that stays with a table, and its answers: length and JSON, over one socket.

What the child says is trusted no more than what others leave in a file: it is bounded, and read as an
Answer or not at all.
"""

from __future__ import annotations

import json
import select
import socket
import struct
from collections.abc import Callable
from typing import Any

from workers.sandbox.answer import MOST_BYTES, Answer, Unreadable, read

LENGTH = struct.Struct("!Q")
IDLE = 20.0
"""Seconds without a question after which the child ends by itself."""


def ask(door: socket.socket, verb: str, args: dict[str, Any]) -> Answer | None:
    """Its answer; None where it is gone, silent for longer than the socket's timeout, or talks nonsense."""
    try:
        _send(door, json.dumps({"verb": verb, "args": args}).encode())
        data = _receive(door)
        return None if data is None else read(data, "read")
    except (OSError, Unreadable):
        return None


def serve(door: socket.socket, answer: Callable[[str, dict[str, Any]], Answer], idle: float = IDLE) -> None:
    """Answers one question after the other until nobody has asked for `idle` seconds."""
    poll = select.poll()
    poll.register(door, select.POLLIN)
    while poll.poll(idle * 1000):
        data = _receive(door)
        if data is None:
            return
        asked = json.loads(data)
        _send(door, answer(asked["verb"], asked["args"]).model_dump_json().encode())


def _send(door: socket.socket, data: bytes) -> None:
    door.sendall(LENGTH.pack(len(data)))
    door.sendall(data)


def _receive(door: socket.socket) -> bytes | None:
    """A message; None at the end, and where it is longer than an answer may be."""
    head = _exactly(door, LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (size,) = LENGTH.unpack(head)
    data = _exactly(door, size) if size <= MOST_BYTES else b""
    return data if data and len(data) == size else None


def _exactly(door: socket.socket, size: int) -> bytes:
    data = bytearray()
    while len(data) < size:
        part = door.recv(min(size - len(data), 1 << 20))
        if not part:
            break
        data += part
    return bytes(data)
