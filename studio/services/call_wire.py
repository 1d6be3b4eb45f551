"""A call and its reply between the web process and the workers, in Redis.

A call lies under a key of its own, which expires; the list of its version names it, and whoever takes the
name takes the call with it. So a call that nobody waits for any more is never run, and none is run twice. Its
reply goes to the list that it names, under its number. What is read here anybody may have written: it is held
to its shape."""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from modules.exchange.call import Form
from modules.exchange.problems import Detail

PREFIX = "studio:service"
WAKE = f"{PREFIX}:wake"
"""A list of versions that are called while nobody serves them, or too few."""
WORKERS = f"{PREFIX}:worker:"
"""Of each worker that serves, a key that expires soon: the numbers of the calls that are under way there."""
HEAD = struct.Struct("!I")
NAME = re.compile(r"[a-z0-9]{8,64}")
REPLY = re.compile(rf"{PREFIX}:answers:[a-z0-9]{{8,64}}")
REPLY_SECONDS = 60
"""How long a reply waits for whoever asked."""


class Garbled(ValueError):
    """What lies there is no call, or no reply."""


class CallHead(BaseModel):
    """`seconds`: how long it may take once it has begun. `most`: bytes that its answer may have. `reply`: the
    list that waits for it."""

    model_config = ConfigDict(extra="forbid")

    id: str = Field(pattern=NAME.pattern)
    form: Form
    query: Mapping[str, str] = {}
    seconds: float = Field(gt=0, le=1e6)
    most: int = Field(ge=0)
    reply: str = Field(pattern=REPLY.pattern)


class CallError(BaseModel):
    """Why a call has no answer: a code of classic's, a sentence, and where. `line`: of the script of
    `node`."""

    code: str
    message: str
    details: list[Detail] = []
    node: str | None = None
    line: int | None = None


class ReplyHead(BaseModel):
    """`retry_after`: seconds, where the same call may go well then."""

    id: str
    content_type: str = "application/json"
    error: CallError | None = None
    retry_after: int | None = None
    log: str = ""
    timings: dict[str, float] = {}


def calls_of(version: str) -> str:
    """The list of the calls of a version."""
    return f"{PREFIX}:calls:{version}"


def warm_mark(version: str) -> str:
    """A key that is there as long as some worker serves the version."""
    return f"{PREFIX}:warm:{version}"


def call_key(id: str) -> str:
    return f"{PREFIX}:call:{id}"


def reply_list(name: str) -> str:
    return f"{PREFIX}:answers:{name}"


def pack(head: BaseModel, body: bytes) -> bytes:
    text = head.model_dump_json().encode()
    return HEAD.pack(len(text)) + text + body


M = TypeVar("M", bound=BaseModel)


def unpack(kind: type[M], data: bytes) -> tuple[M, bytes]:
    """Head and body. Garbled where they are none."""
    try:
        (size,) = HEAD.unpack_from(data)
        head = kind.model_validate_json(data[HEAD.size : HEAD.size + size])
    except (struct.error, ValidationError) as error:
        raise Garbled("what lies in Redis is no call and no reply; look who else writes to it") from error
    return head, data[HEAD.size + size :]


def read_worker(said: bytes | str) -> set[str]:
    """The calls that a worker has under way."""
    try:
        told: Any = json.loads(said)
        return {id for id in told if isinstance(id, str)}
    except (ValueError, TypeError):
        return set()
