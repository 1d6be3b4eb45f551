"""A large body of a call, and its answer's, in memory that the worker and the copy hold both.

A socket takes some 200 KB at a time, and waits for the other end each time: 1.6 MB took 25 ms each way, of
which 1 ms was work.
"""

from __future__ import annotations

import fcntl
import os
from dataclasses import dataclass

LARGE = 64 << 10
"""Bytes of a body from which on it is not sent through a socket."""
SEALS = fcntl.F_SEAL_GROW | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_SEAL


@dataclass(frozen=True)
class SharedBody:
    """The call's body, and room for its answer behind it. The size is sealed: a copy makes it neither longer
    nor shorter. `size`: bytes of the call's body."""

    fd: int
    size: int

    @classmethod
    def laid(cls, body: bytes, most: int) -> SharedBody | None:
        """With room for `most` bytes of an answer; None where a socket is as good."""
        if len(body) < LARGE:
            return None
        fd = os.memfd_create("call", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
        made = cls(fd, len(body))
        try:
            os.ftruncate(fd, len(body) + most)
            fcntl.fcntl(fd, fcntl.F_ADD_SEALS, SEALS)
            made._write(body, 0)
        except BaseException:
            os.close(fd)
            raise
        return made

    @classmethod
    def received(cls, fd: int, size: int) -> SharedBody:
        os.set_inheritable(fd, False)
        return cls(fd, size)

    def body(self) -> bytes:
        return self._read(self.size, 0)

    def put_answer(self, body: bytes) -> None:
        """Nothing where there is no room for it."""
        if len(body) <= os.fstat(self.fd).st_size - self.size:
            self._write(body, self.size)

    def answer(self, size: int) -> bytes:
        return self._read(size, self.size)

    def close(self) -> None:
        os.close(self.fd)

    def _read(self, size: int, place: int) -> bytes:
        parts: list[bytes] = []
        while size and (part := os.pread(self.fd, size, place)):
            parts.append(part)
            size, place = size - len(part), place + len(part)
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def _write(self, body: bytes, place: int) -> None:
        left = memoryview(body)
        while left:
            done = os.pwrite(self.fd, left, place)
            left, place = left[done:], place + done
