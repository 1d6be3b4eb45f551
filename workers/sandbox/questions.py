"""Questions to a child that stays with a table, and its answers, over its channel.

What the child says is trusted no more than what others leave in a file: it is bounded, and read as an
Answer or not at all.
"""

from __future__ import annotations

import json
import select
import socket
from collections.abc import Callable
from typing import Any

from modules.messages import receive, send, send_json
from workers.sandbox.answer import MOST_BYTES, Answer, Unreadable, read

IDLE = 20.0
"""Seconds without a question after which the child ends by itself."""


def ask(door: socket.socket, verb: str, args: dict[str, Any]) -> Answer | None:
    """Its answer; None where it is gone, silent for longer than the socket's timeout, or talks nonsense."""
    try:
        send_json(door, {"verb": verb, "args": args})
        data = receive(door, MOST_BYTES)
        return None if data is None else read(data, "read")
    except (OSError, Unreadable):
        return None


def serve(door: socket.socket, answer: Callable[[str, dict[str, Any]], Answer], idle: float = IDLE) -> None:
    """Answers one question after the other until nobody has asked for `idle` seconds."""
    poll = select.poll()
    poll.register(door, select.POLLIN)
    while poll.poll(idle * 1000):
        data = receive(door, MOST_BYTES)
        if data is None:
            return
        asked = json.loads(data)
        send(door, answer(asked["verb"], asked["args"]).model_dump_json().encode())
