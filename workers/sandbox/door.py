"""What is said at the door of one call: the call, and its answer. What a copy answers is bounded, and not
trusted.

Both are a short head in JSON and a body of bytes, each after its length.
"""

from __future__ import annotations

import json
import math
import socket
import struct
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from modules.exchange.call import Form
from modules.exchange.problems import Detail

LENGTHS = struct.Struct("!IQ")
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


def send(door: socket.socket, head: BaseModel, body: bytes) -> None:
    """All of it; OSError where nobody listens any more."""
    text = head.model_dump_json().encode()
    door.sendall(LENGTHS.pack(len(text), len(body)) + text)
    if body:
        door.sendall(body)


def receive(door: socket.socket) -> tuple[bytes, bytes] | None:
    """Head and body of the next message; None where the other end is gone."""
    lengths = _exactly(door, LENGTHS.size)
    if lengths is None:
        return None
    text, body = LENGTHS.unpack(lengths)
    head, rest = _exactly(door, text), _exactly(door, body)
    return None if head is None or rest is None else (head, rest)


def read_call(head: bytes) -> Call:
    return Call.model_validate_json(head)


class Reader:
    """An answer as it comes in, piece by piece. `most`: bytes that its body may have."""

    def __init__(self, most: int) -> None:
        self.most, self._data = min(most, MOST_BODY), bytearray()
        self._lengths: tuple[int, int] | None = None

    def add(self, data: bytes) -> bool:
        """Takes bytes in; True once the answer is whole. Nonsense where it is none, TooLong where it is
        longer than it may be."""
        self._data += data
        if self._lengths is None and len(self._data) >= LENGTHS.size:
            head, body = LENGTHS.unpack_from(self._data)
            if head > MOST_HEAD:
                raise Nonsense("its head is too long")
            if body > self.most:
                raise TooLong
            self._lengths = head, body
        return self._lengths is not None and len(self._data) >= LENGTHS.size + sum(self._lengths)

    def answer(self) -> tuple[Said, bytes]:
        """What was said, held to what our own code says. Nonsense where it is not."""
        assert self._lengths is not None
        start, (head, body) = LENGTHS.size, self._lengths
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
