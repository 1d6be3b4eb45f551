"""What a child leaves behind when it is done: `result.json` among its drafts. It is not trusted."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict

from modules.sdk.manifest import Manifest
from workers.sandbox.job import Failure

RESULT = "result.json"
MOST_BYTES = 64 << 20
REFUSED = 70
"""The exit code of a child that could not begin, or not hand in its answer."""


class Answer(BaseModel):
    model_config = ConfigDict(extra="forbid")

    outputs: dict[str, Manifest] = {}
    data: Any = None
    failure: Failure | None = None
    timings: dict[str, float] = {}
