"""Why a call is refused, in the words of ML Studio (classic): a code, a status, and what is wrong where."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel

STATUSES = {
    "BadArgument": 400,
    "BadUserArgument": 400,
    "InvalidOperation": 400,
    "ModuleExecutionError": 400,
    "Unauthorized": 401,
    "NotFound": 404,
    "RequestTimeout": 408,
    "MemoryQuotaViolation": 413,
    "InternalError": 500,
    "ServiceUnavailable": 503,
    "RequestThrottled": 503,
}
"""The status that each code is answered with."""


class Detail(BaseModel):
    """One thing that is wrong. `target`: where (`input1`, `input1, row 2, column age`, a node)."""

    code: str
    target: str = ""
    message: str


class CallProblem(Exception):
    """A call that is refused. `code` is one of STATUSES."""

    def __init__(self, code: str, message: str, details: Iterable[Detail] = ()) -> None:
        super().__init__(message)
        self.code, self.message, self.details = code, message, tuple(details)

    @classmethod
    def one(cls, code: str, detail: str, target: str, message: str) -> CallProblem:
        """A problem with one detail, whose sentence is the problem's."""
        return cls(code, message, [Detail(code=detail, target=target, message=message)])

    @classmethod
    def from_json(cls, said: dict[str, Any]) -> CallProblem:
        """What `as_json` wrote under "error"."""
        details = [Detail.model_validate(detail) for detail in said["details"]]
        return cls(said["code"], said["message"], details)

    @property
    def status(self) -> int:
        return STATUSES.get(self.code, 500)

    def as_json(self) -> dict[str, Any]:
        """As classic answers."""
        details = [detail.model_dump() for detail in self.details]
        return {"error": {"code": self.code, "message": self.message, "details": details}}
