"""A call as it was read, and an answer as it is written; the same for every form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from modules.sdk.values import Table

Form = Literal["classic", "records", "arrow", "inference"]


@dataclass(frozen=True)
class ReadCall:
    """`inputs`: the checked rows by input. `parameters`: the checked values of those that the call gives.
    `outputs`: which columns it asks for, where the form can say so (`inference`). `id`: what it calls
    itself, to be said again in the answer."""

    inputs: Mapping[str, Table]
    parameters: Mapping[str, Any] = field(default_factory=dict)
    outputs: tuple[str, ...] | None = None
    id: str | None = None


class WrittenAnswer(NamedTuple):
    content_type: str
    body: bytes
