"""Connections over named pipes, for `multiprocessing.Manager`: a script may open no sockets.

A listener is a folder with the named pipe `door`. Whoever wants to connect makes two named pipes beside
it and writes their name to the door; the listener opens both, greets with one byte, and removes them.
"""

from __future__ import annotations

import os
import select
import shutil
import uuid
from contextlib import suppress
from multiprocessing import connection
from typing import Any

NAME = 32
PATIENCE = 30.0
"""Seconds to wait for the greeting of a listener."""
GREETING = b"!"


class FifoConnection(connection.Connection):
    """Reads from one pipe and writes to another."""

    def __init__(self, source: int, sink: int) -> None:
        super().__init__(source)
        self._sink = sink

    def _send(self, buf: Any, write: Any = None) -> None:
        super()._send(buf, write=lambda _, data: os.write(self._sink, data))  # type: ignore[misc]

    def _close(self) -> None:
        os.close(self._sink)
        super()._close()  # type: ignore[misc]


class FifoListener:
    """Takes the place of multiprocessing's `SocketListener`."""

    def __init__(self, address: Any, family: str, backlog: int = 1) -> None:
        if family != "AF_UNIX":
            raise PermissionError("A script has no network: a manager can have no address on it.")
        os.mkdir(address, 0o700)
        os.mkfifo(f"{address}/door", 0o600)
        self._door = os.open(f"{address}/door", os.O_RDWR | os.O_CLOEXEC)  # also for writing: it never ends
        self._address, self._last_accepted = address, None

    def accept(self) -> FifoConnection:
        while True:
            stem = f"{self._address}/{os.read(self._door, NAME).decode()}"
            try:
                source = os.open(f"{stem}.in", os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
                try:
                    sink = os.open(f"{stem}.out", os.O_WRONLY | os.O_NONBLOCK | os.O_CLOEXEC)
                except OSError:
                    os.close(source)
                    raise
            except OSError:
                continue  # whoever knocked is gone
            for end in (".in", ".out"):
                with suppress(OSError):
                    os.unlink(stem + end)
            os.write(sink, GREETING)
            os.set_blocking(source, True)
            os.set_blocking(sink, True)
            return FifoConnection(source, sink)

    def close(self) -> None:
        os.close(self._door)
        shutil.rmtree(self._address, ignore_errors=True)


def connect(address: str) -> FifoConnection:
    """Takes the place of multiprocessing's `SocketClient`. OSError where nobody listens."""
    name = uuid.uuid4().hex
    stem = f"{address}/{name}"
    os.mkfifo(f"{stem}.in", 0o600)
    os.mkfifo(f"{stem}.out", 0o600)
    source = os.open(f"{stem}.out", os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    sink = os.open(f"{stem}.in", os.O_RDWR | os.O_CLOEXEC)  # also for reading: so it need not wait
    try:
        door = os.open(f"{address}/door", os.O_WRONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            os.write(door, name.encode())
        finally:
            os.close(door)
        greeted = select.poll()
        greeted.register(source, select.POLLIN)
        if not greeted.poll(PATIENCE * 1000) or os.read(source, 1) != GREETING:
            raise ConnectionRefusedError(f"nobody answers at {address}")
    except BaseException:
        os.close(source)
        os.close(sink)
        raise
    os.set_blocking(source, True)
    return FifoConnection(source, sink)
