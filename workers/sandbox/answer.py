"""What a child leaves behind when it is done: `result.json` among its drafts. It is not trusted.

A short text can say things that take minutes and gigabytes to read. So its bytes and the values in it are
counted before it is parsed, and what lands in a run's document (failure, timings) is cut to what our own code
says.
"""

from __future__ import annotations

import math
import re
import threading
from collections.abc import Iterator
from contextlib import nullcontext
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from modules.scripting.line_values import MOST_LINES, LineValue
from modules.wire_types import Manifest
from workers.sandbox.job import MESSAGE, Failure, Verb

RESULT = "result.json"
MOST_BYTES = 64 << 20
MOST_VALUES = 4_000_000
MOST_MADE = 2_200_000
"""Values that manifests may have: each column has seven, a node may leave two tables of 150,000."""
MOST_PORTS = MOST_ERRORS = 100
MOST_FRAMES = 20
FRAMES_BYTES, LINES_BYTES = 64 << 10, 512 << 10
"""Of the frames of a failure, and of what a script's lines made, as JSON."""
LARGE = 4 << 20
"""Bytes from which on an answer is read by itself: one of as many values as there may be takes up to 500 MB
while it is parsed."""
LONGEST_TEXT = 64 << 10
LONGEST_NAME = 200
MOST_SECONDS = 1e8
PHASES = ("reading", "running", "writing")
REFUSED = 70
"""The exit code of a child that could not begin, or not hand in its answer."""

PIECE, OVERLAP = 1 << 20, 64
SEPARATORS = (b",", b"[", b"{")
STRANGE = re.compile(rb"NaN|Infinity|[eE]\+?0*(?:309|3[1-9][0-9]|[4-9][0-9]{2}|[1-9][0-9]{3})|[0-9]{30}")
"""Numbers that JSON has not, or that few programs hold."""

Told = TypeVar("Told", bound=BaseModel)

_alone = threading.Lock()


class Unreadable(ValueError):
    """What a child said cannot be what our own code says. The message completes "… is not readable"."""


class Answer(BaseModel):
    """`fullest`: bytes of memory of its own that the child's process had at once. `lines`: what each line of
    a script made, if that was wanted."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    outputs: dict[str, Manifest] = Field({}, max_length=MOST_PORTS)
    data: Any = None
    failure: Failure | None = None
    timings: dict[str, float] = Field({}, max_length=MOST_PORTS)
    fullest: int = Field(0, ge=0, le=1 << 60)
    lines: list[LineValue] = Field([], max_length=MOST_LINES)


def read(said: bytes, verb: Verb) -> Answer:
    """The answer in these bytes; Unreadable where it is none, or more than there is to say."""
    made = verb in ("node", "import", "call")
    if len(said) > MOST_BYTES:
        raise Unreadable(f"it has more than {MOST_BYTES >> 20} MB")
    if _count(said) > MOST_MADE or STRANGE.search(said):
        _look_outside_texts(said, MOST_MADE if made else MOST_VALUES)
    try:
        with _alone if len(said) > LARGE else nullcontext():
            answer = Answer.model_validate_json(said)
    except ValidationError as error:
        raise Unreadable(_first_of(error)) from None
    if made and verb != "call" and answer.data is not None:
        raise Unreadable("it has data nobody asked for")
    return answer.model_copy(
        update={
            "failure": answer.failure and _cut(answer.failure),
            "timings": _times(answer.timings),
            "lines": _fitting(answer.lines, LINES_BYTES) if verb in ("node", "sample") else [],
        }
    )


def _first_of(error: ValidationError) -> str:
    """What is wrong first; if very much is, its description would take more memory than the answer did."""
    if (count := error.error_count()) > MOST_ERRORS:
        return f"{count:,} things in it are wrong"
    return str(error.errors(include_input=False)[0]["msg"])


def _count(said: bytes) -> int:
    """About how many values there are."""
    return sum(map(said.count, SEPARATORS))


def _look_outside_texts(said: bytes, most: int) -> None:
    """Unreadable where there are too many values, or a number that is none."""
    count, before = 0, b""
    for piece in _outside_texts(said):
        count += _count(piece)
        if count > most:
            raise Unreadable("it has too many values")
        if STRANGE.search(before + piece):
            raise Unreadable("it has a number that is none")
        before = piece[-OVERLAP:]


def _outside_texts(said: bytes) -> Iterator[bytes]:
    """What is in no text, piece by piece: two million texts at once would take a gigabyte."""
    bare = said.replace(b"\\\\", b"").replace(b'\\"', b"")
    inside = False
    for place in range(0, len(bare), PIECE):
        parts = bare[place : place + PIECE].split(b'"')
        yield b" ".join(parts[inside::2])
        inside ^= len(parts) % 2 == 0


def _times(timings: dict[str, float]) -> dict[str, float]:
    return {
        phase: timings[phase]
        for phase in PHASES
        if math.isfinite(timings.get(phase, math.nan)) and 0 <= timings[phase] <= MOST_SECONDS
    }


def _cut(failure: Failure) -> Failure:
    return Failure(
        type=failure.type[:LONGEST_NAME],
        message=failure.message[:MESSAGE],
        line=_place(failure.line),
        column=_place(failure.column),
        param=failure.param[:LONGEST_NAME] if failure.param else None,
        traceback=failure.traceback[: LONGEST_TEXT + 1],
        node=failure.node[:LONGEST_NAME] if failure.node else None,
        frames=_fitting(failure.frames[:MOST_FRAMES], FRAMES_BYTES),
    )


def _fitting(told: list[Told], most: int) -> list[Told]:
    """Those of our own code fit; of more than that nothing is believed."""
    size = sum(len(each.model_dump_json(exclude_none=True)) for each in told)
    return told if size <= most else []


def _place(number: int | None) -> int | None:
    return number if number is not None and 0 <= number < 1 << 31 else None
