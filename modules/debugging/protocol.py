"""What a browser and a child say to each other, in the manner of the Debug Adapter Protocol.

A request has `seq`, `command` and `arguments`; its response names it by `request_seq`. Events come when they
like. The child's end of the channel, with a signal for requests that come while a script runs.
"""

from __future__ import annotations

import fcntl
import json
import os
import select
import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any, NamedTuple

from modules.messages import receive, send_json

MOST = 1 << 20
"""Bytes of one message."""
SIGNAL = signal.SIGIO


class Request(NamedTuple):
    seq: int
    command: str
    arguments: dict[str, Any]


class Refused(Exception):
    """A request that cannot be done; the message is a sentence for the user."""


class Door:
    """The child's end. `gone` once the other end is closed."""

    def __init__(self, socket_: socket.socket) -> None:
        self._socket = socket_
        self.gone = False
        self._busy = self._missed = False

    def next(self, patience: float | None = None) -> Request | None:
        """The next request, if one comes within so many seconds (None: however long it takes); None at the
        end, and after that time."""
        if self.gone or not self._waits(patience):
            return None
        with self._undisturbed():
            data = receive(self._socket, MOST)
        if data is None:
            self.gone = True
            return None
        said = json.loads(data)
        return Request(said["seq"], said["command"], said.get("arguments") or {})

    def _waits(self, patience: float | None) -> bool:
        poll = select.poll()
        poll.register(self._socket, select.POLLIN)
        end = None if patience is None else time.monotonic() + patience
        while True:
            left = None if end is None else max(0.0, end - time.monotonic())
            if poll.poll(None if left is None else left * 1000):
                return True
            if end is not None and time.monotonic() >= end:
                return False

    def respond(self, request: Request, body: dict[str, Any] | None = None, problem: str = "") -> None:
        said = {"type": "response", "request_seq": request.seq, "command": request.command}
        self._say({**said, "success": not problem, "message": problem, "body": body or {}})

    def tell(self, event: str, **body: Any) -> None:
        self._say({"type": "event", "event": event, "body": body})

    def _say(self, message: dict[str, Any]) -> None:
        try:
            with self._undisturbed():
                send_json(self._socket, message)
        except OSError:
            self.gone = True

    @contextmanager
    def _undisturbed(self) -> Iterator[None]:
        """A signal in the midst of a message waits until that is through: no two messages are mixed."""
        self._busy = True
        try:
            yield
        finally:
            self._busy = False
            if self._missed:
                self._missed = False
                signal.raise_signal(SIGNAL)

    def answer(self, request: Request, action: Callable[[dict[str, Any]], dict[str, Any] | None]) -> None:
        """Does what was asked, and says what came of it. A request that fails hurts nobody else."""
        try:
            body = action(request.arguments)
        except Refused as refused:
            self.respond(request, problem=str(refused))
        except KeyboardInterrupt:
            self.respond(request, problem="Interrupted.")
        except Exception as error:
            self.respond(request, problem=f"{type(error).__name__}: {error}"[:1000])
        else:
            self.respond(request, body)

    def on_request(self, handle: Callable[[FrameType | None], None]) -> None:
        """From now on `handle` is called, with the frame that runs, when something comes: between two
        instructions of Python, in the main thread, and in the midst of a sleep."""

        def ring(_: int, frame: FrameType | None) -> None:
            if self._busy:
                self._missed = True
            else:
                handle(frame)

        signal.signal(SIGNAL, ring)
        self.own()

    def own(self) -> None:
        """The signal goes to this process; to be said again after a fork."""
        with suppress(OSError):
            fcntl.fcntl(self._socket, fcntl.F_SETOWN, os.getpid())
            flags = fcntl.fcntl(self._socket, fcntl.F_GETFL)
            fcntl.fcntl(self._socket, fcntl.F_SETFL, flags | os.O_ASYNC)
