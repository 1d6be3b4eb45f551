"""What is said at the door of one call: the call, and its answer. What a copy answers is bounded, and not
trusted.

Both are a short head in JSON and a body of bytes, each after its length. A large body lies in memory that
both ends hold (`workers.sandbox.shared_body`), and is not sent.
"""

from __future__ import annotations

import json
import math
import socket
import struct
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from modules.exchange.call import Form
from modules.exchange.problems import Detail
from workers.sandbox.shared_body import SharedBody

LENGTHS = struct.Struct("!IQ?")
"""Bytes of the head and of the body, and whether the body lies in shared memory."""
REHEARSE = LENGTHS.pack(0, 0, False)
"""In place of a call, whose head is never empty."""
MOST_HEAD = 1 << 20
MOST_BODY = 256 << 20
MOST_SECONDS = 1e8
PIECE = 1 << 20
CONTENT_TYPES = ("application/json", "application/vnd.apache.arrow.stream")
REFUSALS = (
    "BadArgument",
    "BadUserArgument",
    "InvalidOperation",
    "ModuleExecutionError",
    "MemoryQuotaViolation",
)
"""The codes that a copy may refuse a call with; it cannot say that Studio has failed, or that a key is
wrong."""
PHASES = ("reading", "running", "writing")


class Nonsense(ValueError):
    """What came out of a door is no answer."""


class Call(BaseModel):
    """The head of a call."""

    form: Form
    query: Mapping[str, str] = {}


class Refusal(BaseModel):
    """Why there is no answer. `node`, `line`: where, if a step failed; the line is the script's own."""

    model_config = ConfigDict(extra="forbid")

    code: str
    message: str = Field(max_length=20_000)
    details: list[Detail] = Field([], max_length=200)
    node: str | None = Field(None, max_length=200)
    line: int | None = Field(None, ge=0, lt=1 << 31)


class Said(BaseModel):
    """The head of an answer."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    content_type: str = CONTENT_TYPES[0]
    refusal: Refusal | None = None
    timings: dict[str, float] = Field({}, max_length=10)


def send_call(door: socket.socket, call: Call, body: bytes, shared: SharedBody | None) -> None:
    """All of it; OSError where nobody listens any more. `shared`: where the body lies already."""
    text = call.model_dump_json().encode()
    lengths = LENGTHS.pack(len(text), len(body), shared is not None)
    if shared is None:
        door.sendall(lengths + text + body)
    else:
        socket.send_fds(door, [lengths], [shared.fd])
        door.sendall(text)


def send_rehearse(door: socket.socket) -> None:
    """Has the copy there get ready for its call. It does not matter whether anybody listens."""
    with suppress(OSError):
        door.sendall(REHEARSE)


def receive_call(
    door: socket.socket, rehearse: Callable[[], None]
) -> tuple[Call, bytes, SharedBody | None] | None:
    """The next call; None where the other end is gone. If the copy is told to, it does `rehearse` before."""
    while True:
        data, fds, _, _ = socket.recv_fds(door, LENGTHS.size, 1)
        rest = _exactly(door, LENGTHS.size - len(data)) if data else None
        if rest is None:
            return None
        if data + rest != REHEARSE:
            break
        rehearse()
    text, size, is_shared = LENGTHS.unpack(data + rest)
    shared = SharedBody.received(fds[0], size) if is_shared else None
    head = _exactly(door, text)
    body = shared.body() if shared else _exactly(door, size)
    return None if head is None or body is None else (Call.model_validate_json(head), body, shared)


def send_answer(door: socket.socket, said: Said, body: bytes, shared: SharedBody | None) -> None:
    """All of it; OSError where nobody listens any more. An answer that is longer than there is room for goes
    without its body: its length alone is a reason to refuse it."""
    text = said.model_dump_json().encode()
    if shared is not None:
        shared.put_answer(body)
    door.sendall(LENGTHS.pack(len(text), len(body), shared is not None) + text)
    if shared is None and body:
        door.sendall(body)


class Reader:
    """An answer as it comes in, piece by piece. `most`: bytes that its body may have. `shared`: where a body
    may lie that is not sent."""

    def __init__(self, most: int, shared: SharedBody | None = None) -> None:
        self.most, self._data, self._shared = min(most, MOST_BODY), bytearray(), shared
        self._lengths: tuple[int, int, bool] | None = None

    def add(self, data: bytes) -> bool:
        """Takes bytes in; True once the answer is whole. Nonsense where it is none, TooLong where it is
        longer than it may be."""
        self._data += data
        if self._lengths is None and len(self._data) >= LENGTHS.size:
            head, body, is_shared = LENGTHS.unpack_from(self._data)
            if head > MOST_HEAD:
                raise Nonsense("its head is too long")
            if body > self.most:
                raise TooLong
            if is_shared and self._shared is None:
                raise Nonsense("its body is said to lie where nothing can")
            self._lengths = head, body, is_shared
        if self._lengths is None:
            return False
        head, body, is_shared = self._lengths
        return len(self._data) >= LENGTHS.size + head + (0 if is_shared else body)

    def answer(self) -> tuple[Said, bytes]:
        """What was said, held to what our own code says. Nonsense where it is not."""
        assert self._lengths is not None
        start, (head, body, is_shared) = LENGTHS.size, self._lengths
        try:
            said = Said.model_validate_json(bytes(self._data[start : start + head]))
        except ValidationError as error:
            raise Nonsense("its head is not readable") from error
        if said.content_type not in CONTENT_TYPES or (said.refusal and said.refusal.code not in REFUSALS):
            raise Nonsense("its head says what no answer says")
        said.timings = {
            phase: seconds
            for phase, seconds in said.timings.items()
            if phase in PHASES and math.isfinite(seconds) and 0 <= seconds <= MOST_SECONDS
        }
        if is_shared and self._shared is not None:
            return said, self._shared.answer(body)
        return said, bytes(memoryview(self._data)[start + head : start + head + body])


class TooLong(Nonsense):
    """The answer has more bytes than it may."""


def say(control: socket.socket, **message: Any) -> None:
    """One message of an interpreter to its worker, without descriptors: those cannot be sent everywhere."""
    control.send(json.dumps(message).encode())


def _exactly(door: socket.socket, size: int) -> bytes | None:
    data = bytearray()
    while len(data) < size:
        part = door.recv(min(size - len(data), PIECE))
        if not part:
            return None
        data += part
    return bytes(data)
