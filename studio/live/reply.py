"""What a worker answers the web process: one shape, whatever was asked."""

from __future__ import annotations

from typing import Any, Self

from pydantic import BaseModel


class Trouble(BaseModel):
    """Why there is no answer, in a sentence for the user. `line`, `column`: where in a file. `gone`: what was
    asked about is no longer in the store. `fault`: Studio itself failed, not what was asked. `busy`: another
    time it may be done."""

    message: str
    line: int | None = None
    column: int | None = None
    gone: bool = False
    fault: bool = False
    busy: bool = False


class Reply(BaseModel):
    """`data` or `failure`; before them, `writing` may name the draft in which a file is being written."""

    data: Any = None
    failure: Trouble | None = None
    writing: str | None = None

    @classmethod
    def failed(cls, message: str, **more: Any) -> Self:
        return cls(failure=Trouble(message=message, **more))
